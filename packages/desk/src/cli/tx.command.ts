import { type AccountTransactionView, type ChangeTable, terms, type UtxoTransactionView } from '@gongjo/contract';
import type { Command } from 'commander';
import { amountText } from '../kernel/index.ts';
import { canonicalHex, chainNamed } from './chain-name.ts';
import { listed, reasonText, tagRows } from './lookup.ts';
import type { Kit } from './program.ts';
import type { Terminal } from './terminal.ts';

type View = UtxoTransactionView | AccountTransactionView;

export function txCommand(program: Command, kit: Kit): void {
  const { text } = kit;
  kit
    .withDesk(
      kit.command(program, 'tx', 'tx', async ({ terminal, args, withDoor }) => {
        const [chainText = '', txid = ''] = args;
        const chain = chainNamed(chainText);
        const path = [chain, 'transactions', canonicalHex(chain, txid)].map(encodeURIComponent).join('/');
        const view = await withDoor((door) => door.call<View>('GET', `/api/ledger/${path}`));
        terminal.result(view, () =>
          'movements' in view ? accountTransactionText(terminal, view) : utxoTransactionText(terminal, view),
        );
        return undefined;
      }),
    )
    .argument('<chain>', text('chain'))
    .argument('<txid>', text('txid'));
}

export function utxoTransactionText(terminal: Terminal, view: UtxoTransactionView): string {
  const { asset, coinbase, feeUnits } = view;
  const amount = (units: string) => amountText(BigInt(units), asset);
  const source = (of: { txid: string; index: number } | null) =>
    of ? `${of.txid}:${of.index}` : terminal.say(coinbase ? 'newCoins' : 'notInLedger');
  return [
    view.txid,
    [
      terminal.say('inBlock', { height: view.height, time: view.time }),
      ...(feeUnits === null ? [] : [terminal.say('feePaid', { amount: amount(feeUnits) })]),
    ].join(' · '),
    ...listed(
      terminal,
      terminal.say('inputs', { count: view.inputs.length }),
      [
        terminal.say('columnIndex'),
        terminal.say('columnAddress'),
        terminal.say('columnAmount'),
        terminal.say('columnSpends'),
      ],
      view.inputs.map(({ of, units, address }, index) => [
        String(index),
        address ?? '–',
        units === null ? '–' : amount(units),
        source(of),
      ]),
    ),
    ...listed(
      terminal,
      terminal.say('outputs', { count: view.outputs.length }),
      [
        terminal.say('columnIndex'),
        terminal.say('columnType'),
        terminal.say('columnAddress'),
        terminal.say('columnAmount'),
        terminal.say('columnSpentBy'),
      ],
      view.outputs.map(({ units, type, address, spentBy }, index) => [
        String(index),
        type,
        address ?? '–',
        amount(units),
        spentBy ? spentBy.txid : address === null ? '–' : terminal.say('unspent'),
      ]),
    ),
    ...verdictLines(terminal, view),
    ...(view.change === null ? [] : changeLines(terminal, view, view.change)),
    ...tagRows(terminal, view.tags),
  ].join('\n');
}

function verdictLines(terminal: Terminal, { verdicts, asset }: UtxoTransactionView): string[] {
  const { language } = terminal;
  if (verdicts.length === 0) return ['', terminal.say('looksPlain')];
  const told = verdicts.flatMap(({ kind, reasons }) => [
    terms.verdict[kind][language],
    ...reasons.map((reason) => `  ${reasonText(language, reason, asset)}`),
    `  ${terminal.say('mayBeWrong', { failure: terms.verdictFailure[kind][language] })}`,
  ]);
  return ['', terminal.say('looksLike'), ...told];
}

function changeLines(terminal: Terminal, { asset }: UtxoTransactionView, change: ChangeTable): string[] {
  const { language } = terminal;
  if (change.suggestions.length === 0) return ['', terminal.say('changeNone')];
  const told = change.suggestions.flatMap(({ heuristic, output, reasons }) => [
    terminal.say('changeOutput', { output, heuristic: terms.changeHeuristic[heuristic][language] }),
    ...reasons.map((reason) => `  ${reasonText(language, reason, asset)}`),
    `  ${terminal.say('mayBeWrong', { failure: terms.changeFailure[heuristic][language] })}`,
  ]);
  return [
    '',
    terminal.say('changeTitle'),
    ...told,
    ...(change.contradiction ? [terminal.say('changeContradiction')] : []),
  ];
}

export function accountTransactionText(terminal: Terminal, view: AccountTransactionView): string {
  const assets = new Map(view.assets.map((asset) => [asset.id, asset]));
  return [
    view.txid,
    terminal.say('inBlock', { height: view.height, time: view.time }),
    ...listed(
      terminal,
      terminal.say('movements', { count: view.movements.length }),
      [
        terminal.say('columnIndex'),
        terminal.say('columnType'),
        terminal.say('columnFrom'),
        terminal.say('columnTo'),
        terminal.say('columnAmount'),
      ],
      view.movements.map(({ ord, kind, from, to, asset, units }) => [
        String(ord),
        kind,
        from ?? '–',
        to ?? '–',
        amountText(BigInt(units), assets.get(asset) ?? { symbol: asset, decimals: 0 }),
      ]),
    ),
    ...tagRows(terminal, view.tags),
  ].join('\n');
}
