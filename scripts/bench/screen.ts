import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Address, AssetId, ChainId, TxId } from '@gongjo/contract';
import { openLedger, type Touch } from '../../packages/desk/src/ledger/index.ts';
import {
  migrate,
  openColumns,
  openRecords,
  systemClock,
  systemRandom,
} from '../../packages/desk/src/platform/index.ts';
import { completeList, orderWatch, Screening, watchSchema } from '../../packages/desk/src/watch/index.ts';
import { type Figure, rate, timed } from './figure.ts';

const chain = 'eip155:1' as ChainId;
const watchedCount = 10_000_000;
/** A block of Ethereum has some 400 of them. */
const movementCount = 500_000;
const sqlCount = 2_000;
/** Of those looked at; with more, the figure would be that of the stores. */
const watchedShare = 0.0001;

/** Screens movements against ten million watched addresses; the same with a `Set` of strings and with the join alone. */
export async function benchScreen(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-bench-'));
  const records = await openRecords({ folder: path.join(folder, 'records') });
  const columns = await openColumns({ folder: path.join(folder, 'ledger') });
  try {
    await migrate(records, [watchSchema], folder);
    const ledger = await openLedger(columns);
    const parts = { ledger, clock: systemClock, random: systemRandom, file: path.join(folder, 'screen.table') };
    const order = { kind: 'list', chain, name: 'bench', reason: 'bench' } as const;
    const list = await records.transaction((tx) => orderWatch(tx, parts, order, 'bench', null));
    const loaded = await timed(async () => {
      for (let at = 0; at < watchedCount; at += 200_000)
        await ledger.putListed(
          list.number,
          chain,
          Array.from({ length: 200_000 }, (_, n) => addressOf(at + n)),
        );
      await records.transaction((tx) => completeList(tx, list.id, watchedCount));
    });
    const first = new Screening(parts);
    const made = await timed(() => first.catchUp(records));
    await first.keep(records, true);
    const second = new Screening(parts);
    const opened = await timed(() => second.catchUp(records));
    const movements = Array.from({ length: movementCount }, (_, n) => movementOf(n));
    second.candidates(chain, movements);
    const screened = await timed(() => second.screen(records, chain, movements));

    const before = process.memoryUsage().heapUsed;
    const set = new Set<string>();
    for (let n = 0; n < watchedCount; n += 1) set.add(addressOf(n));
    const setBytes = process.memoryUsage().heapUsed - before;
    let inSet = 0;
    const bySet = await timed(async () => {
      for (const { from, to } of movements) {
        if (set.has(from ?? '')) inSet += 1;
        if (set.has(to ?? '')) inSet += 1;
      }
    });
    if (inSet !== screened.value.length) throw new Error(`${inSet} in the set, ${screened.value.length} hits`);
    const some = movements.slice(0, sqlCount).flatMap(({ from, to }) => [from as Address, to as Address]);
    const bySql = await timed(() => ledger.listsOf(chain, some));
    const ends = movementCount * 2;
    const perS = (count: number, ms: number) => (count * 1000) / ms;
    const against = perS(ends, screened.ms);
    return [
      {
        what: `screening against ${watchedCount.toLocaleString('en')} watched addresses, one thread`,
        figure: rate(ends, screened.ms, 'addresses'),
        against: `${(against / perS(ends, bySet.ms)).toFixed(1)} × a Set of strings, ${(against / perS(some.length, bySql.ms)).toFixed(0)} × the join in SQL`,
      },
      {
        what: 'memory of the table',
        figure: `${Math.round(second.status.bytes / 1e6)} MB`,
        against: `${(setBytes / second.status.bytes).toFixed(1)} × less than a Set of strings`,
      },
      {
        what: 'opening it at a start: from its file / from the stores',
        figure: `${(opened.ms / 1000).toFixed(2)} / ${(made.ms / 1000).toFixed(1)} s`,
      },
      { what: 'importing the list', figure: rate(watchedCount, loaded.ms, 'addresses') },
    ];
  } finally {
    await columns.close();
    await records.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text that a parser would make: flat, in memory of its own. */
function addressOf(n: number): Address {
  const words = Buffer.alloc(20);
  words.writeUInt32LE(Math.imul(n, 0x9e3779b1) >>> 0, 0);
  words.writeUInt32LE(n, 8);
  words.writeUInt32LE(Math.imul(n, 0x85ebca6b) >>> 0, 16);
  return `0x${words.toString('hex')}` as Address;
}

function movementOf(n: number): Touch {
  const isWatched = n % (1 / watchedShare) === 0;
  return {
    txid: `0x${n.toString(16).padStart(64, '0')}` as TxId,
    ord: 0,
    height: 1,
    time: '2026-01-01T00:00:00.000Z',
    from: addressOf(isWatched ? n : watchedCount + 2 * n),
    to: addressOf(watchedCount + 2 * n + 1),
    asset: `${chain}/slip44:60` as AssetId,
    units: 1n,
  };
}
