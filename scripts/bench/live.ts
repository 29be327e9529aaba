import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LiveTraces } from '../../packages/desk/src/cases/index.ts';
import { happenedBetween, openLedger } from '../../packages/desk/src/ledger/index.ts';
import { openColumns } from '../../packages/desk/src/platform/index.ts';
import { type Figure, percentile, timed } from './figure.ts';
import { chain, spread } from './spread.ts';

const levels = 4;
const blocks = 30;
const movedPerBlock = 10;

/** A trace of ten thousand holdings and the blocks that come after it, each of which moves ten of them. */
export async function benchLive(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-bench-'));
  const columns = await openColumns({ folder: path.join(folder, 'ledger') });
  try {
    const ledger = await openLedger(columns);
    const { entries, lead, holdings, holders, pay } = spread(levels);
    for (let at = 0; at < entries.length; at += 500) await ledger.append(entries.slice(at, at + 500));
    const facts = { chain, txids: [lead] };
    const traces = new LiveTraces();
    const follow = (held: LiveTraces) => timed(() => held.follow(ledger, 'incident', facts, entries.at(-1)!.block));
    await follow(traces);
    const times: number[] = [];
    for (let round = 0; round < blocks; round += 1) {
      const from = holders.slice(round * movedPerBlock, (round + 1) * movedPerBlock);
      pay(from.map((holder) => [holder, 20_000_000 + holder, 10n ** 14n] as const));
      const block = entries.at(-1)!;
      await ledger.append([block]);
      const { ms } = await timed(async () => {
        const { height } = block.block;
        traces.hear(chain, height, block.block, await happenedBetween(ledger, chain, height, height));
        await follow(traces);
      });
      times.push(ms);
    }
    times.sort((a, b) => a - b);
    const anew = (await follow(new LiveTraces())).ms;
    return [
      {
        what: `live trace of ${holdings.toLocaleString('en')} holdings, a block that moves ${movedPerBlock}: p50 / p95`,
        figure: `${percentile(times, 0.5).toFixed(0)} / ${percentile(times, 0.95).toFixed(0)} ms`,
        against: `${(anew / percentile(times, 0.5)).toFixed(0)} × the same trace made anew`,
      },
    ];
  } finally {
    await columns.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
