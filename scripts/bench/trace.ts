import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Address, AssetId, BlockHash, ChainId, TxId } from '@gongjo/contract';
import { ledgerRows } from '../../packages/desk/src/cases/index.ts';
import { type BlockEntry, type Movement, openLedger } from '../../packages/desk/src/ledger/index.ts';
import { openColumns } from '../../packages/desk/src/platform/index.ts';
import { type Ask, answer, type Rows, trace } from '../../packages/desk/src/trace/index.ts';
import { type Figure, percentile, rate, timed } from './figure.ts';

const chain = 'eip155:1' as ChainId;
const asset = 'eip155:1/slip44:60' as AssetId;
const fanOut = 10;
const levels = 3;

/** Holdings followed a second through the embedded ledger: a theft split ten ways, three times over, among other people's transfers. */
export async function benchTrace(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-bench-'));
  const columns = await openColumns({ folder: path.join(folder, 'ledger') });
  try {
    const ledger = await openLedger(columns);
    const { entries, lead, holdings } = tree();
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

const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}` as Address;
const hash = (n: number) => `0x${n.toString(16).padStart(64, '0')}`;

function tree() {
  const entries: BlockEntry[] = [];
  const block = (moves: readonly (readonly [from: number, to: number, units: bigint])[]) => {
    const height = entries.length;
    const time = new Date(1_700_000_000_000 + height * 12_000).toISOString();
    entries.push({
      block: {
        chain,
        height,
        hash: hash(height + 1) as BlockHash,
        parent: hash(height) as BlockHash,
        time,
        transactionCount: moves.length,
      },
      movements: moves.map(
        ([from, to, units], txIndex): Movement => ({
          chain,
          height,
          txIndex,
          ord: 0,
          txid: hash(height * 100_000 + txIndex + 1_000_000) as TxId,
          time,
          kind: 'native',
          from: address(from),
          to: address(to),
          asset,
          units,
          call: false,
        }),
      ),
    });
  };
  const bystander = (n: number) => 10_000_000 + (n % 5000);
  let noise = 0;
  const noisy = (moves: readonly (readonly [number, number, bigint])[]) =>
    block([...moves, ...Array.from({ length: 50 }, () => [bystander(noise++), bystander(noise * 7), 1n] as const)]);
  const whole = 10n ** 18n;
  block([[0, 1, whole]]);
  noisy([[1, 2, whole]]);
  const lead = entries[1]!.movements[0]!.txid;
  let holders = [2];
  let next = 3;
  let share = whole;
  let holdings = 1;
  for (let level = 0; level < levels; level += 1) {
    share /= BigInt(fanOut);
    const reached: number[] = [];
    for (const holder of holders) {
      const to = Array.from({ length: fanOut }, () => next++);
      noisy(to.map((it) => [holder, it, share] as const));
      reached.push(...to);
    }
    holders = reached;
    holdings += reached.length;
  }
  return { entries, lead, holdings };
}
