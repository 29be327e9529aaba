export type { CliHost, DemoOptions, Door, Started } from './host.ts';
export { runCli } from './program.ts';
