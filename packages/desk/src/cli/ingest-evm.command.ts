import path from 'node:path';
import type { Problem } from '@gongjo/contract';
import type { Command } from 'commander';
import type { FileReport, Progress, SurveyProgress } from '../chain/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { chainNamed } from './chain-name.ts';
import { exitCodes } from './exit-codes.ts';
import { height, shown } from './ingest-progress.ts';
import type { Acting, Kit } from './program.ts';
import { plain, type Terminal } from './terminal.ts';

type Line =
  | { readonly progress: Progress }
  | { readonly state: { readonly problem: Problem | null } }
  | { readonly file: FileReport }
  | { readonly survey: SurveyProgress }
  | ({ readonly done: Progress | null } & Partial<Extra>)
  | { readonly problem: Problem };

/** What reading files tells besides. */
interface Extra {
  readonly damaged: number;
  readonly stale: number;
  readonly listedTransfers: number;
}

interface Options {
  readonly rpc?: string;
  readonly files?: readonly string[];
  readonly chain?: string;
  readonly from?: string;
  readonly to?: string;
  readonly follow?: boolean;
}

export function ingestEvmCommand(ingest: Command, kit: Kit): void {
  const { text, host } = kit;
  kit
    .withDesk(
      kit.command(ingest, 'evm', 'ingestEvm', async ({ terminal, options, withDoor }) => {
        const code = await ingestLines(asked(options), kit, terminal, withDoor);
        if (host.signal.aborted) terminal.note(terminal.json ? '{"event":"stopped"}' : terminal.say('stopped'));
        return code;
      }),
    )
    .option('--rpc <url>', text('rpc'))
    .option('--files <path...>', text('files'))
    .option('--chain <chain>', text('filesChain'))
    .option('--from <height>', text('from'))
    .option('--to <height>', text('to'))
    .option('--follow', text('follow'));
}

/** The body of the request. One source: a node or files, whose paths count from where the command was given. */
function asked(options: Options): object {
  const { rpc, files, chain, follow } = options;
  const range = { from: height('--from', options.from), to: height('--to', options.to) };
  if ((rpc === undefined) === (files === undefined))
    throw new GongjoError('usage-wrong', { detail: '--rpc URL | --files PATH…' });
  if (rpc !== undefined) {
    if (chain !== undefined) throw new GongjoError('usage-wrong', { detail: '--chain: --files' });
    return { rpc, ...range, follow: follow === true };
  }
  if (follow === true) throw new GongjoError('usage-wrong', { detail: '--follow: --rpc' });
  return { files: files?.map((file) => path.resolve(file)), chain: chainNamed(chain ?? 'ethereum'), ...range };
}

async function ingestLines(
  body: object,
  { host }: Kit,
  terminal: Terminal,
  withDoor: Acting['withDoor'],
): Promise<number | undefined> {
  let code: number | undefined;
  const note = (line: Line, human: () => string) => terminal.note(terminal.json ? JSON.stringify(line) : human());
  await withDoor(async (door) => {
    for await (const line of door.lines<Line>('/api/ledger/ingest', body, host.signal)) {
      if ('problem' in line) throw GongjoError.of(line.problem);
      if ('state' in line) {
        if (line.state.problem) terminal.problem(line.state.problem);
      } else if ('progress' in line) note(line, () => terminal.say('progress', shown(line.progress)));
      else if ('survey' in line) note(line, () => terminal.say('survey', surveyed(line.survey)));
      else if ('file' in line) note(line, () => fileLines(terminal, line.file));
      else {
        const { done, ...extra } = line;
        if ((extra.damaged ?? 0) > 0) code = exitCodes.failed;
        terminal.result({ ...(done ?? { blocks: 0 }), ...extra }, () => ended(terminal, done, extra));
      }
    }
  });
  return code;
}

function ended(terminal: Terminal, done: Progress | null, extra: Partial<Extra>): string {
  const { damaged = 0, stale = 0, listedTransfers = 0 } = extra;
  return [
    done ? terminal.say('ingested', { ...done }) : terminal.say('ingestedNothing'),
    ...(listedTransfers > 0 ? [terminal.say('ingestedListed', { count: listedTransfers })] : []),
    ...(stale > 0 ? [terminal.say('ingestedStale', { count: stale })] : []),
    ...(damaged > 0 ? [terminal.say('ingestedDamaged', { count: damaged })] : []),
  ].join('\n');
}

function fileLines(terminal: Terminal, { path: file, format, sources, holds, damaged, damage }: FileReport): string {
  const what = Object.entries(holds)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ');
  return [
    terminal.say('fileHolds', { file: plain(file), format: [...sources, format ?? '?'].join(', '), what: what || '–' }),
    ...damage.map(({ line, detail }) =>
      terminal.say('fileDamaged', { file: plain(file), line, detail: plain(detail) }),
    ),
    ...(damaged > damage.length
      ? [terminal.say('fileDamagedMore', { file: plain(file), more: damaged - damage.length })]
      : []),
  ].join('\n');
}

function surveyed({ files, filesAll, bytes, bytesAll, bytesPerS, secondsLeft }: SurveyProgress) {
  const megabytes = (count: number) => Math.round(count / 1_000_000);
  return {
    files: files + 1,
    filesAll,
    bytes: megabytes(bytes),
    bytesAll: megabytes(bytesAll),
    rate: megabytes(bytesPerS),
    left: Math.ceil(secondsLeft),
  };
}
