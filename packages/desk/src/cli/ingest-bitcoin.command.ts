import path from 'node:path';
import type { Problem } from '@gongjo/contract';
import type { Command } from 'commander';
import type { Progress } from '../chain/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { exitCodes } from './exit-codes.ts';
import { height, shown } from './ingest-progress.ts';
import type { Kit } from './program.ts';

interface Done {
  readonly chain: string;
  readonly progress: Progress | null;
  readonly files: {
    readonly blocks: number;
    readonly stale: number;
    readonly unlinked: number;
    readonly damage: readonly { readonly file: string; readonly offset: number; readonly detail: string }[];
  } | null;
}

type Line =
  | { readonly indexed: { readonly files: number; readonly of: number } }
  | { readonly progress: Progress }
  | { readonly state: { readonly problem: Problem | null } }
  | { readonly done: Done }
  | { readonly problem: Problem };

export function ingestBitcoinCommand(ingest: Command, kit: Kit): void {
  const { text, host } = kit;
  kit
    .withDesk(
      kit.command(ingest, 'bitcoin', 'ingestBitcoin', async ({ terminal, options, withDoor }) => {
        const { rpc, blocks, network, from, to, follow } = options as Partial<Record<string, string>>;
        if ((rpc === undefined) === (blocks === undefined))
          throw new GongjoError('usage-wrong', { detail: '--blocks DIR | --rpc URL' });
        if (blocks !== undefined && (follow !== undefined || from !== undefined))
          throw new GongjoError('usage-wrong', { detail: '--follow, --from: --rpc URL' });
        const asked = {
          network,
          to: height('--to', to),
          ...(blocks === undefined
            ? { rpc, from: height('--from', from), follow: follow !== undefined }
            : { blocks: path.resolve(blocks) }),
        };
        let damaged = false;
        const note = (line: object, say: () => string) => terminal.note(terminal.json ? JSON.stringify(line) : say());
        await withDoor(async (door) => {
          for await (const line of door.lines<Line>('/api/ledger/ingest/bitcoin', asked, host.signal)) {
            if ('problem' in line) throw GongjoError.of(line.problem);
            if ('state' in line) {
              if (line.state.problem) terminal.problem(line.state.problem);
            } else if ('indexed' in line) {
              note(line, () => terminal.say('indexed', line.indexed));
            } else if ('progress' in line) {
              note(line, () => terminal.say('progressBlocks', shown(line.progress)));
            } else {
              const { progress, files } = line.done;
              const beside = files && { blocks: files.blocks, stale: files.stale, unlinked: files.unlinked };
              for (const { file, offset, detail } of files?.damage ?? []) {
                damaged = true;
                if (!terminal.json) terminal.note(terminal.say('damaged', { file, offset, detail }));
              }
              terminal.result(line.done, () =>
                [
                  progress ? terminal.say('ingestedBlocks', { ...progress }) : terminal.say('ingestedNothing'),
                  ...(beside && beside.stale + beside.unlinked > 0 ? [terminal.say('besideChain', beside)] : []),
                ].join('\n'),
              );
            }
          }
        });
        if (host.signal.aborted) terminal.note(terminal.json ? '{"event":"stopped"}' : terminal.say('stopped'));
        return damaged ? exitCodes.failed : undefined;
      }),
    )
    .option('--blocks <folder>', text('blocks'))
    .option('--rpc <url>', text('rpcBitcoin'))
    .option('--network <network>', text('network'))
    .option('--from <height>', text('from'))
    .option('--to <height>', text('to'))
    .option('--follow', text('follow'));
}
