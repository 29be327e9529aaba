import type { Asset, AssetId, BlockHash } from '@gongjo/contract';
import type { BlockEntry } from '../ledger/index.ts';
import type { Connection } from './connection.ts';

/** Assets remembered as known, to ask the ledger less; forgotten as a whole when there are this many (about 30 MB). */
const KNOWN_ASSETS_MAX = 200_000;

/** What a contract said that was not asked yet, or did not answer; it may answer now. */
const UNDESCRIBED = '?';

/** Blocks to write, and what the assets say of themselves that the ledger does not know yet. */
interface Batch {
  readonly entries: readonly BlockEntry[];
  readonly assets: readonly Asset[];
}

/**
 * Reads the blocks `next`…`target` and appends them, each batch read while the one before is written. Ends early when the
 * node has no more, when the signal aborts, or (`otherBranch`) when what comes does not continue `parent`.
 */
export async function readUpTo(
  connection: Connection,
  parent: BlockHash | null,
  next: number,
  target: number,
): Promise<{ readonly read: number; readonly otherBranch: boolean }> {
  const { ledger, meter, batchBlocks, onProgress } = connection;
  // What is under way when a write fails is of no use to anybody.
  const unneeded = new AbortController();
  const signal = AbortSignal.any([connection.signal, unneeded.signal]);
  const start = (from: number): Promise<Batch> | null => {
    if (from > target || signal.aborted) return null;
    const batch = prepare(connection, from, Math.min(target, from + batchBlocks - 1), signal);
    // A failure is met where the batch is awaited; until then it must not count as unhandled.
    batch.catch(() => {});
    return batch;
  };

  let tip = parent;
  let read = 0;
  try {
    for (let coming = start(next); coming !== null; ) {
      const { entries, assets } = await coming;
      const first = entries.at(0);
      const last = entries.at(-1);
      if (first === undefined || last === undefined) break;
      if (tip !== null && first.block.parent !== tip) return { read, otherBranch: true };
      coming = start(last.block.height + 1);
      if (assets.length > 0) await ledger.putAssets(assets);
      await ledger.append(entries);
      remember(connection.knownAssets, entries);
      tip = last.block.hash;
      read += entries.length;
      onProgress(meter.add(entries, target));
    }
    return { read, otherBranch: false };
  } finally {
    unneeded.abort();
  }
}

async function prepare(connection: Connection, from: number, to: number, signal: AbortSignal): Promise<Batch> {
  const { reader, ledger, knownAssets } = connection;
  const entries = await reader.blocks(from, to, signal);
  const unsure = [...assetsIn(entries)].filter((id) => !knownAssets.has(id));
  if (unsure.length === 0) return { entries, assets: [] };
  const inLedger = await ledger.assets(unsure);
  const unknown = unsure.filter((id) => (inLedger.get(id)?.symbol ?? UNDESCRIBED) === UNDESCRIBED);
  return { entries, assets: unknown.length === 0 ? [] : await reader.describe(unknown, signal) };
}

function assetsIn(entries: readonly BlockEntry[]): Set<AssetId> {
  return new Set(entries.flatMap(({ movements }) => movements.map(({ asset }) => asset)));
}

function remember(known: Set<AssetId>, entries: readonly BlockEntry[]): void {
  if (known.size > KNOWN_ASSETS_MAX) known.clear();
  for (const id of assetsIn(entries)) known.add(id);
}
