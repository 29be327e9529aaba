import { changeHeuristics, type EntityView, fill, type Join, type Seen, terms } from '@gongjo/contract';
import type { Command } from 'commander';
import { amountText, GongjoError } from '../kernel/index.ts';
import { chainNamed } from './chain-name.ts';
import { listed, tagRows } from './lookup.ts';
import type { Kit } from './program.ts';
import type { Terminal } from './terminal.ts';
import { collect } from './up.command.ts';

export function entityCommand(program: Command, kit: Kit): void {
  const { text } = kit;
  kit
    .withDesk(
      kit.command(program, 'entity', 'entity', async ({ terminal, args, options, withDoor }) => {
        const [chainText = '', address = ''] = args;
        const { change = [] } = options as { change?: readonly string[] };
        const wrong = change.find((name) => !changeHeuristics.some((known) => known === name));
        if (wrong !== undefined)
          throw new GongjoError('usage-wrong', { detail: `--change ${wrong} (${changeHeuristics.join(', ')})` });
        const path = [chainNamed(chainText), 'entities', address].map(encodeURIComponent).join('/');
        const query = change.length === 0 ? '' : `?${new URLSearchParams({ change: [...new Set(change)].join(',') })}`;
        const view = await withDoor((door) => door.call<EntityView>('GET', `/api/ledger/${path}${query}`));
        terminal.result(view, () => entityText(terminal, view));
        return undefined;
      }),
    )
    .argument('<chain>', text('chain'))
    .argument('<address>', text('lookupAddress'))
    .option('--change <name>', text('changeOption'), collect);
}

export function entityText(terminal: Terminal, { entity, asset, tags }: EntityView): string {
  const { language } = terminal;
  const { question, asOf, addresses, joins, refused, cuts, contradictions, totals, first, last } = entity;
  const amount = (units: string) => amountText(BigInt(units), asset);
  const placed = ({ txid, height }: Seen) => [txid, String(height)];
  const transaction = [terminal.say('columnTransaction'), terminal.say('columnHeight')];
  return [
    terminal.say('entityTitle', { address: question.address, count: addresses.length }),
    terminal.say('asOf', { height: asOf.height, time: asOf.time }),
    terminal.say('holdingLine', {
      balance: amount(totals.balanceUnits),
      received: amount(totals.receivedUnits),
      spent: amount(totals.spentUnits),
    }),
    first === null || last === null
      ? terminal.say('neverUsed')
      : terminal.say('usedFromTo', {
          first: first.height,
          firstTime: first.time,
          last: last.height,
          lastTime: last.time,
        }),
    ...entity.truncated.map(({ bound, number }) => fill(terms.entityBound[bound][language], { number })),
    ...tagRows(terminal, tags),
    ...listed(
      terminal,
      terminal.say('joinsTitle', { count: joins.length }),
      [...transaction, terminal.say('columnRule'), terminal.say('columnAddresses'), terminal.say('columnRole')],
      joins.map((join) => [
        ...placed(join),
        terms.joinRule[join.rule][language],
        String(join.addresses.length),
        terminal.say(roleOf(join)),
      ]),
    ),
    ...listed(
      terminal,
      terminal.say('refusedTitle', { count: refused.length }),
      [...transaction, terminal.say('columnType')],
      refused.map((each) => [...placed(each), terms.verdict[each.kind][language]]),
    ),
    ...listed(
      terminal,
      terminal.say('cutsTitle', { count: cuts.length }),
      [...transaction, terminal.say('columnRule')],
      cuts.map((cut) => [...placed(cut), cut.reason]),
    ),
    ...listed(
      terminal,
      terminal.say('contradictionsTitle', { count: contradictions.length }),
      [...transaction, terminal.say('columnRule')],
      contradictions.map((each) => [
        ...placed(each),
        each.suggestions
          .map(({ heuristic, output }) =>
            terminal.say('changeOutput', { output, heuristic: terms.changeHeuristic[heuristic][language] }),
          )
          .join('; '),
      ]),
    ),
    ...listed(
      terminal,
      terminal.say('addressesTitle'),
      [terminal.say('columnAddress')],
      addresses.map((address) => [address]),
    ),
  ].join('\n');
}

function roleOf({ bridge, spanning }: Join): 'joinBridge' | 'joinSpanning' | 'joinAgain' {
  return bridge ? 'joinBridge' : spanning ? 'joinSpanning' : 'joinAgain';
}
