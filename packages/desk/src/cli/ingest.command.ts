import type { ChainStatus } from '@gongjo/contract';
import type { Command } from 'commander';
<<<<<<< HEAD
import { ingestBitcoinCommand } from './ingest-bitcoin.command.ts';
import { ingestEvmCommand } from './ingest-evm.command.ts';
import type { Kit } from './program.ts';
import { table } from './terminal.ts';
=======
import { GongjoError } from '../kernel/index.ts';
import { chainNamed } from './chain-name.ts';
import { exitCodes } from './exit-codes.ts';
import { ingestBitcoinCommand } from './ingest-bitcoin.command.ts';
import type { Acting, Kit } from './program.ts';
import { plain, type Terminal, table } from './terminal.ts';

export interface Progress {
  readonly height: number;
  readonly target: number;
  readonly blocks: number;
  readonly transactions: number;
  readonly movements: number;
  readonly ratePerS: number;
  readonly secondsLeft: number;
}

interface FileReport {
  readonly path: string;
  readonly format: string | null;
  readonly holds: Readonly<Record<string, number>>;
  readonly damaged: number;
  readonly damage: readonly { readonly line: number; readonly detail: string }[];
}

interface Survey {
  readonly files: number;
  readonly filesAll: number;
  readonly bytes: number;
  readonly bytesAll: number;
  readonly bytesPerS: number;
  readonly secondsLeft: number;
}

type Line =
  | { readonly progress: Progress }
  | { readonly state: { readonly problem: Problem | null } }
  | { readonly file: FileReport }
  | { readonly survey: Survey }
  | { readonly done: Progress | null; readonly damaged?: number; readonly stale?: number }
  | { readonly problem: Problem };

interface Options {
  readonly rpc?: string;
  readonly files?: readonly string[];
  readonly chain?: string;
  readonly from?: string;
  readonly to?: string;
  readonly follow?: boolean;
}
>>>>>>> issue3

export function ingestCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const ingest = program.command('ingest').description(text('ingest'));
  ingestEvmCommand(ingest, kit);
  ingestBitcoinCommand(ingest, kit);

  const ledger = program.command('ledger').description(text('ledger'));
  kit.withDesk(
    kit.command(ledger, 'status', 'ledgerStatus', async ({ terminal, withDoor }) => {
      const answer = await withDoor((door) => door.call<{ chains: ChainStatus[] }>('GET', '/api/ledger'));
      terminal.result(answer, () =>
        answer.chains.length === 0
          ? terminal.say('none')
          : table(
              [
                terminal.say('columnChain'),
                terminal.say('columnBlocks'),
                terminal.say('columnMovements'),
                terminal.say('columnSource'),
              ],
              answer.chains.map(({ chain, from, tip, movements, source }) => [
                chain,
                tip ? `${from}–${tip.height}` : '–',
                String(movements),
                source ? (source.problem?.text[terminal.language] ?? source.state) : '–',
              ]),
            ),
      );
      return undefined;
    }),
  );
}
<<<<<<< HEAD
=======

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
        if ((line.damaged ?? 0) > 0) code = exitCodes.failed;
        terminal.result(line.done ?? { blocks: 0 }, () =>
          line.done ? terminal.say('ingested', { ...line.done }) : terminal.say('ingestedNothing'),
        );
      }
    }
  });
  return code;
}

function fileLines(terminal: Terminal, { path: file, format, holds, damaged, damage }: FileReport): string {
  const what = Object.entries(holds)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(', ');
  return [
    terminal.say('fileHolds', { file: plain(file), format: format ?? '?', what: what || '–' }),
    ...damage.map(({ line, detail }) =>
      terminal.say('fileDamaged', { file: plain(file), line, detail: plain(detail) }),
    ),
    ...(damaged > damage.length
      ? [terminal.say('fileDamagedMore', { file: plain(file), more: damaged - damage.length })]
      : []),
  ].join('\n');
}

function surveyed({ files, filesAll, bytes, bytesAll, bytesPerS, secondsLeft }: Survey) {
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

export function height(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new GongjoError('usage-wrong', { detail: `${flag} ${text}` });
  return Number(text);
}

export function shown({ height, target, ratePerS, secondsLeft, transactions, movements }: Progress) {
  return { height, target, rate: Math.round(ratePerS), left: Math.ceil(secondsLeft), transactions, movements };
}
>>>>>>> issue3
