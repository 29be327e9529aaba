import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runCli } from '../cli/index.ts';
import { openDoor } from './door.ts';
import { serve } from './serve.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const program = fileURLToPath(new URL('../../bin/gongjo.js', import.meta.url));

/** The process `gongjo`: wires the command line to this machine and answers the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => ending.abort());
  }
  const out = (text: string) => void process.stdout.write(text);
  const err = (text: string) => void process.stderr.write(text);
  return runCli(argv, {
    version,
    env: process.env,
    signal: ending.signal,
    out,
    err,
    open: (settings) => openDoor(settings, version),
    up: (settings, ready) => serve(settings, version, ending.signal, ready),
    demo: async (options) => {
      const { runDemo } = await import('@gongjo/demo');
      return runDemo({
        ...options,
        gongjo: [process.execPath, program],
        ports: { seoul: 4510, washington: 4520 },
        out: process.stdout,
        err: process.stderr,
        signal: ending.signal,
      });
    },
  });
}
