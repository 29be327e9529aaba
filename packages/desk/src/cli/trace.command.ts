import {
  feeRules,
  fill,
  type Place,
  type Totals,
  type Trace,
  type TraceRequest,
  terms,
  traceDirections,
  traceMethods,
} from '@gongjo/contract';
import type { Command } from 'commander';
import { amountText } from '../kernel/index.ts';
import { chainNamed, leadNamed } from './chain-name.ts';
import type { Kit } from './program.ts';
import { boundOptions, boundsOf, type Options, oneOf, untilOf } from './question-options.ts';
import { plain, type Terminal, table } from './terminal.ts';
import { totalsText } from './totals-text.ts';
import { fileOptions, filesOf, refuseExisting, writeTrace } from './trace-files.ts';

/** A place before the directory has named its holder. */
type BarePlace = Omit<Place, 'holder'> & {
  readonly tag?: { readonly label: string } | null;
  readonly holder?: Place['holder'];
};

export function traceCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const command = kit
    .withDesk(
      kit.command(program, 'trace', 'trace', async ({ terminal, args, options, withDoor }) => {
        const asked = requestOf(args, options);
        const files = filesOf(options);
        refuseExisting(files);
        const answer = await withDoor((door) =>
          door.call<{ trace: Trace; places: BarePlace[]; totals: Totals }>('POST', '/api/trace', asked),
        );
        for (const file of writeTrace(files, answer.trace, terminal.language))
          terminal.note(terminal.say('fileWritten', { file: plain(file) }));
        terminal.result(answer, () => traceText(terminal, answer.trace, answer.places, answer.totals));
        return undefined;
      }),
    )
    .argument('<chain>', text('chain'))
    .argument('<lead...>', text('lead'))
    .option(`--method <${traceMethods.join('|')}>`, text('method'))
    .option(`--direction <${traceDirections.join('|')}>`, text('direction'))
    .option(`--fees <${feeRules.join('|')}>`, text('fees'))
    .option('--until-height <height>', text('untilHeight'))
    .option('--until-time <time>', text('untilTime'));
  for (const [bound, option] of Object.entries(boundOptions))
    command.option(`--${option} <number>`, text(bound as keyof typeof boundOptions));
  command.option('--units-min <units>', text('unitsMin'));
  for (const option of fileOptions) command.option(`--${option} <file>`, text(`${option}File`));
}

/** The question that a command line puts. Throws `usage-wrong` that names the option. */
export function requestOf(args: readonly string[], options: Options): TraceRequest {
  const [chainText = '', ...leads] = args;
  const chain = chainNamed(chainText);
  return {
    chain,
    leads: leads.map((lead) => leadNamed(chain, lead)),
    method: oneOf(options, 'method', traceMethods),
    direction: oneOf(options, 'direction', traceDirections),
    fees: oneOf(options, 'fees', feeRules),
    bounds: boundsOf(options),
    ...untilOf(options),
  };
}

/** The answer for a person: every hop, where the money is now, and what could not be seen. */
export function traceText(terminal: Terminal, trace: Trace, places: readonly BarePlace[], totals?: Totals): string {
  const { language } = terminal;
  const assets = new Map(trace.assets.map((asset) => [asset.id, asset]));
  const amount = (asset: Trace['assets'][number]['id'], units: string) =>
    amountText(BigInt(units), assets.get(asset) ?? { symbol: asset, decimals: 0 });
  const hops = table(
    [
      terminal.say('columnTime'),
      terminal.say('columnRule'),
      terminal.say('columnFrom'),
      terminal.say('columnTo'),
      terminal.say('columnAmount'),
    ],
    trace.hops.map((hop) => [
      hop.time,
      terms.rule[hop.rule][language],
      hop.from ?? '–',
      hop.to ?? '–',
      [amount(hop.asset, hop.units), ...hop.received.map((it) => amount(it.asset, it.units))].join(' → '),
    ]),
  );
  const gaps = trace.gaps.map((gap) =>
    plain(
      fill(terms.gap[gap.kind][language], {
        address: gap.address ?? '–',
        txid: gap.txid ?? '–',
        number: gap.number ?? '–',
      }),
    ),
  );
  return [
    hops,
    '',
    `${terminal.say(trace.question.direction === 'forward' ? 'whereNow' : 'whereFrom')} (${terminal.say('asOf', { height: trace.asOf.height, time: trace.asOf.time })})`,
    placesText(terminal, places, amount),
    ...(totals === undefined ? [] : totalsText(terminal, totals, amount)),
    ...(gaps.length > 0 ? ['', terminal.say('gaps'), ...gaps] : []),
  ].join('\n');
}

export function placesText(
  terminal: Terminal,
  places: readonly BarePlace[],
  amount: (asset: Place['asset'], units: string) => string,
): string {
  const { language } = terminal;
  return table(
    [
      terminal.say('columnPlace'),
      terminal.say('columnHolder'),
      terminal.say('columnAmount'),
      terminal.say('columnShare'),
    ],
    places.map(({ stop, holder, tag, address, asset, units, sharePpm }) => [
      terms.stop[stop][language],
      holder?.name?.[language] ?? holder?.tag.label ?? tag?.label ?? address ?? '–',
      amount(asset, units),
      `${(sharePpm / 10_000).toFixed(1)} %`,
    ]),
  );
}
