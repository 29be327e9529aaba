import type { KeyRecord } from '@gongjo/contract';
import type { Command } from 'commander';
import type { Kit } from './program.ts';
import { type Terminal, table } from './terminal.ts';

/** The desk's own key: which it is, a new one, and taking one back. */
export function keyCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const key = program.command('key').description(text('key'));
  type Keys = { readonly keys: readonly KeyRecord[] };

  kit.withDesk(
    kit.command(key, 'show', 'keyShow', async ({ terminal, withDoor }) => {
      const answer = await withDoor((door) => door.call<Keys>('GET', '/api/keys'));
      terminal.result(answer, () => keyTable(terminal, answer.keys));
      return undefined;
    }),
  );

  kit.withDesk(
    kit.command(key, 'rotate', 'keyRotate', async ({ terminal, withDoor }) => {
      const answer = await withDoor((door) => door.call<Keys>('POST', '/api/keys/rotation', {}));
      terminal.result(answer, () => [keyTable(terminal, answer.keys), terminal.say('keyRotated')].join('\n\n'));
      return undefined;
    }),
  );

  kit
    .withDesk(
      kit.command(key, 'revoke', 'keyRevoke', async ({ terminal, options, withDoor }) => {
        const answer = await withDoor((door) =>
          door.call<Keys>('POST', '/api/keys/revocation', { kid: options.kid ?? null, reason: options.reason }),
        );
        terminal.result(answer, () => [keyTable(terminal, answer.keys), terminal.say('keyRevokedOwn')].join('\n\n'));
        return undefined;
      }),
    )
    .option('--kid <id>', text('kidOwn'))
    .requiredOption('--reason <text>', text('reasonKey'));
}

export function keyTable(terminal: Terminal, keys: readonly KeyRecord[]): string {
  return table(
    (['columnKey', 'columnState', 'columnSince', 'columnUntil', 'columnFingerprint'] as const).map((it) =>
      terminal.say(it),
    ),
    keys.map((it) => [
      it.kid,
      terminal.say(({ current: 'keyCurrent', previous: 'keyPrevious', revoked: 'keyIsRevoked' } as const)[it.state]),
      it.since,
      it.until ?? '–',
      it.fingerprint,
    ]),
  );
}
