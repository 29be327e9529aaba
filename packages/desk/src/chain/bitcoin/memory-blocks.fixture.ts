import assert from 'node:assert/strict';
import type { ChainWriter } from '../../ledger/index.ts';
import type { RawBlock } from './raw-block.ts';

/** A ledger of raw blocks of one chain in memory, which holds its writer to the contract of `ChainWriter`. */
export function memoryBlocks(): ChainWriter<RawBlock> & { readonly entries: RawBlock[] } {
  const entries: RawBlock[] = [];
  const tip = () => entries.at(-1)?.block;
  return {
    entries,
    async coverage(chain) {
      const last = tip();
      return last === undefined ? null : { chain, from: entries[0]?.block.height ?? 0, tip: last };
    },
    async blockAt(_chain, height) {
      return entries.find(({ block }) => block.height === height)?.block ?? null;
    },
    async append(added) {
      assert.ok(added.length > 0);
      for (const entry of added) {
        const before = tip();
        if (before !== undefined)
          assert.deepEqual([entry.block.height, entry.block.parent], [before.height + 1, before.hash]);
        entries.push(entry);
      }
    },
    async rollbackTo(_chain, height) {
      while ((tip()?.height ?? -1) > height) entries.pop();
    },
  };
}
