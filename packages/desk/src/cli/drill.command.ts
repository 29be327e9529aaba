import { resolve } from 'node:path';
import { type Drill, type DrillScore, terms } from '@gongjo/contract';
import type { Command } from 'commander';
import { GongjoError } from '../kernel/index.ts';
import { canonicalHex, chainNamed } from './chain-name.ts';
import type { Kit } from './program.ts';
import { type Terminal, table } from './terminal.ts';
import { collect } from './up.command.ts';

/** Deposits of one table that a person is shown; a program gets all. */
const depositsShown = 20;

export function drillCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const drill = program.command('drill').description(text('drillGroup'));

  kit
    .withDesk(
      kit.command(drill, 'start', 'drillStart', async ({ terminal, options, withDoor }) => {
        const {
          seed,
          addresses,
          pace,
          in: inSeconds,
          blocks,
          atOnce,
          notify,
        } = options as Record<string, string> & {
          atOnce?: boolean;
          notify?: boolean;
        };
        const asked = {
          ...numbers({ seed, addresses, pace, inSeconds }),
          ...(blocks !== undefined && { blocks: resolve(blocks) }),
          ...(atOnce && { atOnce }),
          ...(notify && { notify }),
        };
        const started = await withDoor((door) => door.call<Drill>('POST', '/api/drills', asked));
        terminal.result(started, () => terminal.say('drillStarted', { id: started.id, code: started.code }));
        return undefined;
      }),
    )
    .option('--seed <number>', text('seed'))
    .option('--addresses <count>', text('drillAddresses'))
    .option('--pace <times>', text('drillPace'))
    .option('--at-once', text('drillAtOnce'))
    .option('--blocks <folder>', text('drillBlocks'))
    .option('--in <seconds>', text('drillIn'))
    .option('--notify', text('drillNotify'));

  kit
    .withDesk(
      kit.command(drill, 'join', 'drillJoin', async ({ terminal, args, options, withDoor }) => {
        const [code = ''] = args;
        const { blocks } = options as { blocks?: string };
        const asked = { code, ...(blocks !== undefined && { blocks: resolve(blocks) }) };
        const joined = await withDoor((door) => door.call<Drill>('POST', '/api/drills/joined', asked));
        terminal.result(joined, () => terminal.say('drillJoined', { id: joined.id }));
        return undefined;
      }),
    )
    .argument('<code>', text('drillCode'))
    .option('--blocks <folder>', text('drillBlocks'));

  recordCommand(drill, kit);

  kit
    .withDesk(
      kit.command(drill, 'status', 'drillStatus', async ({ terminal, args, withDoor }) => {
        const found = await withDoor((door) => door.call<Drill>('GET', pathOf(args[0])));
        terminal.result(found, () => drillText(terminal, found));
        return undefined;
      }),
    )
    .argument('[id]', text('drillId'));

  kit.withDesk(
    kit.command(drill, 'list', 'drillList', async ({ terminal, withDoor }) => {
      const answer = await withDoor((door) => door.call<{ drills: Drill[] }>('GET', '/api/drills'));
      terminal.result(answer, () =>
        answer.drills.length === 0 ? terminal.say('none') : answer.drills.map((it) => head(terminal, it)).join('\n'),
      );
      return undefined;
    }),
  );

  kit
    .withDesk(
      kit.command(drill, 'end', 'drillEnd', async ({ terminal, args, withDoor }) => {
        const ended = await withDoor((door) => door.call<Drill>('DELETE', pathOf(args[0])));
        terminal.result(ended, () => drillText(terminal, ended));
        return undefined;
      }),
    )
    .argument('[id]', text('drillId'));
}

function recordCommand(drill: Command, kit: Kit): void {
  const { text } = kit;
  kit
    .withDesk(
      kit.command(drill, 'record', 'drillRecord', async ({ terminal, args, options, withDoor }) => {
        const chain = chainNamed(args[0] ?? '');
        const { tx, from, to, output } = options as { tx: readonly string[]; from: string; to: string; output: string };
        const asked = {
          ...{ chain, txids: tx.map((txid) => canonicalHex(chain, txid)), folder: resolve(output) },
          ...numbers({ from, to }),
        };
        const made = await withDoor((door) =>
          door.call<{ folder: string; blocks: number; movements: number }>('POST', '/api/drills/recordings', asked),
        );
        terminal.result(made, () => terminal.say('drillRecorded', made));
        return undefined;
      }),
    )
    .argument('<chain>', text('chain'))
    .requiredOption('--tx <hash>', text('txid'), collect)
    .requiredOption('--from <height>', text('drillFrom'))
    .requiredOption('--to <height>', text('drillTo'))
    .requiredOption('-o, --output <folder>', text('drillBlocks'));
}

function pathOf(id: string | undefined): string {
  return `/api/drills/${encodeURIComponent(id ?? 'newest')}`;
}

function numbers(given: Readonly<Record<string, string | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, text]) => {
      if (text === undefined) return [];
      if (!/^\d{1,10}$/.test(text)) throw new GongjoError('usage-wrong', { detail: `${name}: ${text}` });
      return [[name, Number(text)]];
    }),
  );
}

function head(terminal: Terminal, drill: Drill): string {
  const { id, title, startedAt, done, events } = drill;
  const state = terminal.say(`drillState_${drill.state}` as const);
  return `${id}  ${state}  ${startedAt}  ${done}/${events}  ${title[terminal.language]}`;
}

function drillText(terminal: Terminal, drill: Drill): string {
  const { score } = drill;
  return [head(terminal, drill), ...(score ? ['', ...scoreText(terminal, score)] : [])].join('\n');
}

const seconds = (value: number | null) => (value === null ? '–' : `${value} s`);
const percent = (ppm: number) => `${(ppm / 10_000).toFixed(1)} %`;

function scoreText(terminal: Terminal, score: DrillScore): string[] {
  const { language } = terminal;
  const { measures } = score;
  const facts: (readonly [string, string])[] = [
    [terminal.say('drillDeposits'), `${score.warned}/${score.deposits.length}`],
    [terminal.say('drillBefore'), `${score.warnedBefore}/${score.deposits.length}`],
    [terminal.say('drillMissed'), String(score.missed)],
    ...(score.unknown > 0 ? [[terminal.say('drillUnknown'), String(score.unknown)] as const] : []),
    [terminal.say('drillHere'), `${score.here.alerted}/${score.here.deposits}`],
    [
      terminal.say('drillLead'),
      [score.shortestLeadSeconds, score.medianLeadSeconds, score.longestLeadSeconds].map(seconds).join(' / '),
    ],
    [terminal.say('drillFalse'), String(score.falseAlarms)],
    ...score.freezableWhenWarned.map(
      ({ asset, ppm }) =>
        [terminal.say('drillFreezable', { asset: asset.slice(asset.indexOf('/') + 1) }), percent(ppm)] as const,
    ),
    ...(measures
      ? ([
          [terminal.say('columnFirstTold'), seconds(measures.firstToldSeconds)],
          [terminal.say('columnAllTold'), seconds(measures.allToldSeconds)],
          [terminal.say('columnFirstAck'), seconds(measures.firstAcknowledgedSeconds)],
        ] as const)
      : []),
  ];
  const width = [terminal.say('columnMeasure'), terminal.say('columnValue')];
  const rules = table(
    (['columnRule', 'columnExpected', 'columnFound', 'columnAlerts', 'columnFalse'] as const).map((key) =>
      terminal.say(key),
    ),
    score.rules.map(({ rule, expected, found, alerts, falseAlarms }) => [
      terms.alert[rule][language],
      ...[expected, found, alerts, falseAlarms].map(String),
    ]),
  );
  const worst = [...score.deposits]
    .sort((a, b) => (a.leadSeconds ?? Number.NEGATIVE_INFINITY) - (b.leadSeconds ?? Number.NEGATIVE_INFINITY))
    .slice(0, depositsShown);
  const deposits = table(
    (['columnService', 'columnCountry', 'columnDeposited', 'columnLead'] as const).map((key) => terminal.say(key)),
    worst.map(({ service, country, depositedAt, leadSeconds }) => [
      service[language],
      country,
      depositedAt,
      seconds(leadSeconds),
    ]),
  );
  const unfinished = score.complete ? [] : [terminal.say('drillUnfinished')];
  if (score.book === 'own-trace') unfinished.push(terminal.say('drillOwnTrace'));
  return [...unfinished, table(width, facts), '', rules, '', terminal.say('drillWorst'), deposits];
}
