import type { Command } from 'commander';
import { GongjoError } from '../kernel/index.ts';
import { zSource } from '../platform/index.ts';
import type { Kit } from './program.ts';

export function upCommands(program: Command, kit: Kit): void {
  const { text, host } = kit;
  kit
    .withDesk(
      kit.command(program, 'up', 'up', async ({ terminal, options, settings }) => {
        await host.up(settings(upFlags(options)), ({ desk, url, signInUrl }) => {
          terminal.result({ event: 'ready', desk, url, signInUrl }, () =>
            [
              terminal.say('running', { desk, url }),
              ...(signInUrl ? [terminal.say('signInAt', { url: signInUrl })] : []),
            ].join('\n'),
          );
        });
        terminal.note(terminal.json ? '{"event":"stopped"}' : terminal.say('stopped'));
        return undefined;
      }),
    )
    .option('--host <address>', text('host'))
    .option('--port <number>', text('port'))
    .option('--url <url>', text('url'))
    .option('--desk <id>', text('desk'))
    .option('--name-en <name>', text('nameEn'))
    .option('--name-ko <name>', text('nameKo'))
    .option('--country <code>', text('country'))
    .option('--time-zone <zone>', text('timeZone'))
    .option('--rpc <chain=url>', text('rpcSource'), collect)
    .option('--tags <file>', text('tags'), collect)
    .option('--directory <file>', text('directory'), collect);

  kit
    .withDesk(
      kit.command(program, 'sign-in-link', 'signInLink', async ({ terminal, options, withDoor }) => {
        const { name, role: roles, clearance } = options as { name?: string; role?: string[]; clearance?: string };
        const made = await withDoor((door) =>
          door.call<{ signInUrl: string }>('POST', '/api/sign-in-links', { name, roles, clearance }),
        );
        terminal.result(made, () => terminal.say('signInAt', { url: made.signInUrl }));
        return undefined;
      }),
    )
    .option('--name <name>', text('person'))
    .option('--role <role>', text('linkRole'), collect)
    .option('--clearance <level>', text('linkClearance'));
}

export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function upFlags(options: Readonly<Record<string, unknown>>) {
  const { host, port, url, desk, nameEn, nameKo, country, timeZone, rpc, tags, directory } = options as Record<
    string,
    string | undefined
  > & { rpc?: string[] };
  return {
    url,
    listen: { host, port: port === undefined ? undefined : Number(port) },
    desk: [desk, nameEn, nameKo, country, timeZone].every((it) => it === undefined)
      ? undefined
      : { id: desk, name: { en: nameEn, ko: nameKo }, country, timeZone },
    chains: rpc?.map(sourceOf),
    tags,
    directory,
  };
}

/** `eip155:1=http://node:8545` */
function sourceOf(text: string) {
  const at = text.indexOf('=');
  const parsed = zSource.safeParse({ chain: text.slice(0, at), rpc: text.slice(at + 1) });
  if (at < 0 || !parsed.success)
    throw new GongjoError('usage-wrong', { detail: `--rpc ${at < 0 ? '…' : text.slice(0, at)}: CHAIN=URL` });
  return parsed.data;
}
