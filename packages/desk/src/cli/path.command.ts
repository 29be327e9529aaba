import { fill, type Path, type PathRequest, terms } from '@gongjo/contract';
import type { Command } from 'commander';
import { amountText } from '../kernel/index.ts';
import { addressTyped, chainNamed } from './chain-name.ts';
import { listed, tagRows } from './lookup.ts';
import type { Kit } from './program.ts';
import { boundOptions, boundsOf, type Options, untilOf } from './question-options.ts';
import { plain, type Terminal } from './terminal.ts';

export function pathCommand(program: Command, kit: Kit): void {
  const { text } = kit;
  const command = kit
    .withDesk(
      kit.command(program, 'path', 'path', async ({ terminal, args, options, withDoor }) => {
        const asked = pathRequestOf(args, options);
        const path = await withDoor((door) => door.call<Path>('POST', '/api/path', asked));
        terminal.result(path, () => pathText(terminal, path));
        return undefined;
      }),
    )
    .argument('<chain>', text('chain'))
    .argument('<from>', text('pathFrom'))
    .argument('<to>', text('pathTo'))
    .option('--until-height <height>', text('untilHeight'))
    .option('--until-time <time>', text('untilTime'))
    .option(`--${boundOptions.hopsMax} <number>`, text('pathHopsMax'))
    .option(`--${boundOptions.addressesMax} <number>`, text('pathAddressesMax'));
  for (const bound of ['movementsPerAddressMax', 'fanOutMax'] as const)
    command.option(`--${boundOptions[bound]} <number>`, text(bound));
}

/** The search that a command line asks for. Throws `usage-wrong` that names the option. */
export function pathRequestOf(args: readonly string[], options: Options): PathRequest {
  const [chainText = '', from = '', to = ''] = args;
  const chain = chainNamed(chainText);
  return {
    chain,
    from: addressTyped(from),
    to: addressTyped(to),
    bounds: boundsOf(options),
    ...untilOf(options),
  };
}

/** The answer for a person: the steps, or why there are none, and what could not be seen. */
export function pathText(terminal: Terminal, path: Path): string {
  const { language } = terminal;
  const assets = new Map(path.assets.map((asset) => [asset.id, asset]));
  const { asOf, ended, steps, gaps, bounds } = path;
  const reached = { arrived: steps?.length ?? 0, exhausted: 0, hops: bounds.hopsMax, width: bounds.addressesMax };
  // How the search ended says which bound was reached already.
  const unseen = gaps.filter(({ kind }) => kind !== 'bound-reached');
  return [
    plain(`${path.from} → ${path.to}`),
    terminal.say('asOf', { height: asOf.height, time: asOf.time }),
    fill(terms.pathEnd[ended][language], { number: reached[ended] }),
    ...listed(
      terminal,
      terminal.say('pathSteps'),
      [
        terminal.say('columnTime'),
        terminal.say('columnTransaction'),
        terminal.say('columnFrom'),
        terminal.say('columnTo'),
        terminal.say('columnAmount'),
      ],
      (steps ?? []).map(({ time, txid, ord, from, to, asset, units }) => [
        time,
        `${txid}:${ord}`,
        from,
        to,
        amountText(BigInt(units), assets.get(asset) ?? { symbol: asset, decimals: 0 }),
      ]),
    ),
    ...tagRows(terminal, path.tags),
    ...(steps === null ? [] : ['', terminal.say('pathCaution')]),
    ...(unseen.length > 0 ? ['', terminal.say('gaps')] : []),
    ...unseen.map(({ kind, address, number }) =>
      plain(fill(terms.gap[kind][language], { address: address ?? '–', number: number ?? '–' })),
    ),
  ].join('\n');
}
