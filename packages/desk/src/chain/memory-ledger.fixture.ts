import assert from 'node:assert/strict';
import type { Asset, AssetId, ChainId } from '@gongjo/contract';
import type { BlockEntry, LedgerWriter } from '../ledger/index.ts';

export interface MemoryLedger extends LedgerWriter {
  readonly entries: BlockEntry[];
  readonly described: Map<AssetId, Asset>;
  /** Heights given to `rollbackTo`. */
  readonly rollbacks: number[];
  /** Called at the start of each append; may throw or wait. */
  beforeAppend: (entries: readonly BlockEntry[]) => void | Promise<void>;
}

/** A ledger of one chain in memory, which holds its writer to the contract of `LedgerWriter`. */
export function memoryLedger(): MemoryLedger {
  const entries: BlockEntry[] = [];
  const described = new Map<AssetId, Asset>();
  const rollbacks: number[] = [];
  const tip = () => entries.at(-1)?.block;
  const ledger: MemoryLedger = {
    entries,
    described,
    rollbacks,
    beforeAppend: () => {},
    async coverage(chain: ChainId) {
      const [first] = entries;
      const last = tip();
      return first === undefined || last === undefined ? null : { chain, from: first.block.height, tip: last };
    },
    async blockAt(_chain, height) {
      return entries.find(({ block }) => block.height === height)?.block ?? null;
    },
    async append(added) {
      await ledger.beforeAppend(added);
      assert.ok(added.length > 0, 'something is appended');
      for (const entry of added) {
        const before = tip();
        if (before !== undefined) {
          assert.equal(entry.block.height, before.height + 1);
          assert.equal(entry.block.parent, before.hash);
        }
        for (const { asset } of entry.movements)
          assert.ok(described.has(asset), `${asset} is described before it moves`);
        entries.push(entry);
      }
    },
    async rollbackTo(_chain, height) {
      rollbacks.push(height);
      while ((tip()?.height ?? Number.NEGATIVE_INFINITY) > height) entries.pop();
    },
    async assets(ids) {
      const wanted = new Set(ids);
      return new Map([...described].filter(([id]) => wanted.has(id)));
    },
    async putAssets(assets) {
      for (const asset of assets) described.set(asset.id, asset);
    },
  };
  return ledger;
}
