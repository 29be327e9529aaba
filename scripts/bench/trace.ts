import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ledgerRows } from '../../packages/desk/src/cases/index.ts';
import { openLedger } from '../../packages/desk/src/ledger/index.ts';
import { openColumns } from '../../packages/desk/src/platform/index.ts';
import { type Ask, answer, type Rows, trace } from '../../packages/desk/src/trace/index.ts';
import { type Figure, percentile, rate, timed } from './figure.ts';
import { chain, spread } from './spread.ts';

const levels = 3;

/** Holdings followed a second through the embedded ledger: a theft split ten ways, three times over, among other people's transfers. */
export async function benchTrace(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-bench-'));
  const columns = await openColumns({ folder: path.join(folder, 'ledger') });
  try {
    const ledger = await openLedger(columns);
    const { entries, lead, holdings } = spread(levels);
    for (let at = 0; at < entries.length; at += 500) await ledger.append(entries.slice(at, at + 500));
    const tip = entries.at(-1)!.block;
    const provide = ledgerRows(ledger, tip);
    const run = (host: (ask: Ask) => Promise<Rows>) =>
      timed(() => answer(trace({ chain, leads: [{ txid: lead, ord: null }] }), host));
    await run(provide);
    const times: number[] = [];
    for (let round = 0; round < 10; round += 1) times.push((await run(provide)).ms);
    times.sort((a, b) => a - b);
    const naive = await run(oneByOne(provide));
    return [
      {
        what: `trace of ${holdings.toLocaleString('en')} holdings, warm, chDB, ${entries.length.toLocaleString('en')} blocks: p50 / p95`,
        figure: `${percentile(times, 0.5).toFixed(0)} / ${percentile(times, 0.95).toFixed(0)} ms`,
        against: `${(naive.ms / percentile(times, 0.5)).toFixed(0)} × the same trace with one query an address`,
      },
      { what: 'trace, holdings a second', figure: rate(holdings, percentile(times, 0.5), 'holdings') },
    ];
  } finally {
    await columns.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The host that most people write first. */
function oneByOne(provide: (ask: Ask) => Promise<Rows>): (ask: Ask) => Promise<Rows> {
  return async (ask) => {
    const rows = await provide({ ...ask, accounts: [] });
    const accounts = new Map(rows.accounts);
    for (const account of ask.accounts) {
      const one = await provide({
        transactions: [],
        accounts: [account],
        histories: [],
        movementsMax: ask.movementsMax,
        tags: [],
        assets: [],
      });
      for (const [address, found] of one.accounts) accounts.set(address, found);
    }
    return { ...rows, accounts };
  };
}
