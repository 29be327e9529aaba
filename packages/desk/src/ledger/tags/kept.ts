import type { Address, ChainId, Tag } from '@gongjo/contract';
import type { TagStore } from './tag.store.ts';

/** Addresses whose tags, most often none, are kept in memory; some 100 bytes each. */
const keptMax = 500_000;

/** A tag store that remembers what it answered until tags change: a trace asks for the same addresses block after block. */
export function keptTags(store: TagStore): TagStore & { tagsVersion(): number } {
  const kept = new Map<ChainId, Map<Address, readonly Tag[]>>();
  let count = 0;
  /** Grows when tags change: an answer that was under way meanwhile is not kept. */
  let version = 0;
  const changing = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } finally {
      version += 1;
      kept.clear();
      count = 0;
    }
  };
  return {
    ...store,
    tagsVersion: () => version,
    putTags: (...put) => changing(() => store.putTags(...put)),
    takeBackTags: (source) => changing(() => store.takeBackTags(source)),
    importTags: (...all) => changing(() => store.importTags(...all)),
    tags: async (chain, addresses) => {
      const known = kept.get(chain) ?? new Map<Address, readonly Tag[]>();
      const missing = addresses.filter((address) => !known.has(address));
      const found = new Map<Address, Tag[]>();
      for (const address of addresses) {
        const tags = known.get(address);
        if (tags && tags.length > 0) found.set(address, [...tags]);
      }
      if (missing.length === 0) return found;
      const asked = version;
      const read = await store.tags(chain, missing);
      for (const [address, tags] of read) found.set(address, tags);
      if (asked !== version) return found;
      if (count + missing.length > keptMax) {
        kept.clear();
        known.clear();
        count = 0;
      }
      kept.set(chain, known);
      for (const address of missing) known.set(address, read.get(address) ?? []);
      count += missing.length;
      return found;
    },
  };
}
