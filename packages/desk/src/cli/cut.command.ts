import type { EntityCutRecord, EntityCuts } from '@gongjo/contract';
import type { Command } from 'commander';
import { canonicalHex, chainNamed } from './chain-name.ts';
import type { Kit } from './program.ts';
import { type Terminal, table } from './terminal.ts';
import type { TextKey } from './texts.ts';

export function cutCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const cut = program.command('cut').description(text('cut'));
  decision(cut, kit, { usage: 'add', description: 'cutAdd', method: 'POST', done: 'cutAdded' });
  decision(cut, kit, { usage: 'remove', description: 'cutRemove', method: 'DELETE', done: 'cutRemoved' });
  kit
    .withDesk(
      kit.command(cut, 'list', 'cutList', async ({ terminal, args, withDoor }) => {
        const path = encodeURIComponent(chainNamed(args[0] ?? ''));
        const answer = await withDoor((door) => door.call<EntityCuts>('GET', `/api/ledger/${path}/cuts`));
        terminal.result(answer, () => cutsText(terminal, answer));
        return undefined;
      }),
    )
    .argument('<chain>', text('chain'));
}

/** An analyst decides about one transaction, and says why. */
function decision(
  parent: Command,
  kit: Kit,
  {
    usage,
    description,
    method,
    done,
  }: {
    readonly usage: string;
    readonly description: TextKey;
    readonly method: 'POST' | 'DELETE';
    readonly done: TextKey;
  },
): void {
  const { text } = kit;
  kit
    .withDesk(
      kit.command(parent, usage, description, async ({ terminal, args, options, withDoor }) => {
        const chain = chainNamed(args[0] ?? '');
        const txid = canonicalHex(chain, args[1] ?? '');
        const path = `/api/ledger/${encodeURIComponent(chain)}/cuts/${encodeURIComponent(txid)}`;
        const { reason } = options;
        const record = await withDoor((door) => door.call<EntityCutRecord>(method, path, { reason }));
        terminal.result(record, () => terminal.say(done, { txid: record.txid }));
        return undefined;
      }),
    )
    .argument('<chain>', text('chain'))
    .argument('<txid>', text('txid'))
    .requiredOption('--reason <text>', text('cutReason'));
}

function cutsText(terminal: Terminal, { cuts }: EntityCuts): string {
  const standing = cuts.filter(({ takenBack }) => takenBack === null);
  const past = cuts.flatMap(({ takenBack, ...cut }) => (takenBack === null ? [] : [{ ...cut, takenBack }]));
  const head = (['columnTransaction', 'columnReason', 'columnBy', 'columnTime'] as const).map((it) => terminal.say(it));
  const row = ({ txid, reason, by, at }: Omit<EntityCutRecord, 'takenBack'>) => [txid, reason, by, at];
  const now = standing.length === 0 ? terminal.say('none') : table(head, standing.map(row));
  if (past.length === 0) return now;
  const ended = (['columnTakenBackReason', 'columnTakenBackBy', 'columnTakenBack'] as const).map((it) =>
    terminal.say(it),
  );
  const history = table(
    [...head, ...ended],
    past.map(({ takenBack: { reason, by, at }, ...cut }) => [...row(cut), reason, by, at]),
  );
  return `${now}\n\n${terminal.say('cutsTakenBack')}\n${history}`;
}
