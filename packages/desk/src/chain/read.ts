import type { BlockHash } from '@gongjo/contract';
import type { Connection } from './connection.ts';
import type { ChainEntry, ChainReader } from './reader.ts';

/** Blocks to write, and what must be in the ledger before them. */
interface Batch<Entry> {
  readonly entries: readonly Entry[];
  readonly before: () => Promise<void>;
}

/**
 * Reads the blocks `next`…`target` and appends them, each batch read while the one before is written. Ends early when the
 * node has no more, when the signal aborts, or (`otherBranch`) when what comes does not continue `parent`.
 */
export async function readUpTo<Entry extends ChainEntry, Reader extends ChainReader<Entry>>(
  connection: Connection<Entry, Reader>,
  parent: BlockHash | null,
  next: number,
  target: number,
): Promise<{ readonly read: number; readonly otherBranch: boolean }> {
  const { ledger, meter, batchBlocks, onProgress } = connection;
  // What is under way when a write fails is of no use to anybody.
  const unneeded = new AbortController();
  const signal = AbortSignal.any([connection.signal, unneeded.signal]);
  const start = (from: number): Promise<Batch<Entry>> | null => {
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
      const { entries, before } = await coming;
      const first = entries.at(0);
      const last = entries.at(-1);
      if (first === undefined || last === undefined) break;
      if (tip !== null && first.block.parent !== tip) return { read, otherBranch: true };
      coming = start(last.block.height + 1);
      await before();
      await ledger.append(entries);
      tip = last.block.hash;
      read += entries.length;
      onProgress(meter.add(entries, target));
    }
    return { read, otherBranch: false };
  } finally {
    unneeded.abort();
  }
}

async function prepare<Entry extends ChainEntry, Reader extends ChainReader<Entry>>(
  connection: Connection<Entry, Reader>,
  from: number,
  to: number,
  signal: AbortSignal,
): Promise<Batch<Entry>> {
  const entries = await connection.reader.blocks(from, to, signal);
  return { entries, before: await connection.prepare(connection.reader, entries, signal) };
}
