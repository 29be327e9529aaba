import type { ChainStatus, Problem } from '@gongjo/contract';
import type { Command } from 'commander';
import { GongjoError } from '../kernel/index.ts';
import { ingestBitcoinCommand } from './ingest-bitcoin.command.ts';
import type { Kit } from './program.ts';
import { table } from './terminal.ts';

export interface Progress {
  readonly height: number;
  readonly target: number;
  readonly blocks: number;
  readonly transactions: number;
  readonly movements: number;
  readonly ratePerS: number;
  readonly secondsLeft: number;
}

type Line =
  | { readonly progress: Progress }
  | { readonly state: { readonly problem: Problem | null } }
  | { readonly done: Progress | null }
  | { readonly problem: Problem };

export function ingestCommands(program: Command, kit: Kit): void {
  const { text, host } = kit;
  const ingest = program.command('ingest').description(text('ingest'));
  kit
    .withDesk(
      kit.command(ingest, 'evm', 'ingestEvm', async ({ terminal, options, withDoor }) => {
        const { rpc, from, to, follow } = options as { rpc: string; from?: string; to?: string; follow?: boolean };
        const asked = { rpc, from: height('--from', from), to: height('--to', to), follow: follow === true };
        await withDoor(async (door) => {
          for await (const line of door.lines<Line>('/api/ledger/ingest', asked, host.signal)) {
            if ('problem' in line) throw GongjoError.of(line.problem);
            if ('state' in line) {
              if (line.state.problem) terminal.problem(line.state.problem);
            } else if ('progress' in line) {
              terminal.note(terminal.json ? JSON.stringify(line) : terminal.say('progress', shown(line.progress)));
            } else {
              terminal.result(line.done ?? { blocks: 0 }, () =>
                line.done ? terminal.say('ingested', { ...line.done }) : terminal.say('ingestedNothing'),
              );
            }
          }
        });
        if (host.signal.aborted) terminal.note(terminal.json ? '{"event":"stopped"}' : terminal.say('stopped'));
        return undefined;
      }),
    )
    .requiredOption('--rpc <url>', text('rpc'))
    .option('--from <height>', text('from'))
    .option('--to <height>', text('to'))
    .option('--follow', text('follow'));

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

export function height(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new GongjoError('usage-wrong', { detail: `${flag} ${text}` });
  return Number(text);
}

export function shown({ height, target, ratePerS, secondsLeft, transactions, movements }: Progress) {
  return { height, target, rate: Math.round(ratePerS), left: Math.ceil(secondsLeft), transactions, movements };
}
