import { type AddressView, fill, terms } from '@gongjo/contract';
import type { Command } from 'commander';
import { amountText } from '../kernel/index.ts';
import { chainNamed } from './chain-name.ts';
import { listed, tagRows } from './lookup.ts';
import type { Kit } from './program.ts';
import type { Terminal } from './terminal.ts';

export function addressCommand(program: Command, kit: Kit): void {
  const { text } = kit;
  kit
    .withDesk(
      kit.command(program, 'address', 'address', async ({ terminal, args, withDoor }) => {
        const [chainText = '', address = ''] = args;
        const path = [chainNamed(chainText), 'addresses', address].map(encodeURIComponent).join('/');
        const view = await withDoor((door) => door.call<AddressView>('GET', `/api/ledger/${path}`));
        terminal.result(view, () => addressText(terminal, view));
        return undefined;
      }),
    )
    .argument('<chain>', text('chain'))
    .argument('<address>', text('lookupAddress'));
}

export function addressText(terminal: Terminal, view: AddressView): string {
  const { language } = terminal;
  const { chain, address, asOf, entity, first, last } = view;
  const assets = new Map(view.assets.map((asset) => [asset.id, asset]));
  const amount = (asset: AddressView['assets'][number]['id'], units: string) =>
    amountText(BigInt(units), assets.get(asset) ?? { symbol: asset, decimals: 0 });
  const used =
    first === null || last === null
      ? terminal.say('neverUsed')
      : terminal.say('usedLine', {
          count: view.transactions,
          first: first.height,
          firstTime: first.time,
          last: last.height,
          lastTime: last.time,
        });
  return [
    `${address} (${terminal.say('asOf', { height: asOf.height, time: asOf.time })})`,
    ...view.holdings.map(({ asset, balanceUnits, receivedUnits, spentUnits }) =>
      terminal.say('holdingLine', {
        balance: signed(balanceUnits, (units) => amount(asset, units)),
        received: amount(asset, receivedUnits),
        spent: amount(asset, spentUnits),
      }),
    ),
    used,
    ...(view.truncated ? [terminal.say('partly')] : []),
    ...(entity === null
      ? []
      : [
          terminal.say('entityLine', {
            addresses: entity.addresses,
            joins: entity.joins,
            refused: entity.refused,
            chain,
            address,
          }),
          ...entity.truncated.map(({ bound, number }) => fill(terms.entityBound[bound][language], { number })),
        ]),
    ...tagRows(terminal, view.tags),
    ...listed(
      terminal,
      terminal.say('counterparties'),
      [
        terminal.say('columnAddress'),
        terminal.say('columnGave'),
        terminal.say('columnTook'),
        terminal.say('columnTransactions'),
      ],
      view.counterparties.map(({ address: other, asset, gaveUnits, tookUnits, transactions }) => [
        other,
        amount(asset, gaveUnits),
        amount(asset, tookUnits),
        String(transactions),
      ]),
    ),
    ...(view.counterpartiesMore > 0 ? [terminal.say('andMore', { count: view.counterpartiesMore })] : []),
  ].join('\n');
}

/** Where the ledger starts late, an address may have spent more than the ledger saw it receive. */
function signed(units: string, written: (units: string) => string): string {
  return units.startsWith('-') ? `-${written(units.slice(1))}` : written(units);
}
