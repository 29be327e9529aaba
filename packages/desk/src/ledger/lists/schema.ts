import type { Definition } from '../definition.ts';

/**
 * Addresses of long lists, in the text that the ledger gives them everywhere. Lists are numbered by whoever keeps what they
 * are for; a list that nobody there knows does not exist.
 */
export const listSchema: readonly Definition[] = [
  {
    table: 'listed_addresses',
    columns: `
    chain LowCardinality(String), address String, list UInt32
  `,
    order: '(chain, address, list)',
    engine: 'ReplacingMergeTree',
    shard: 'sipHash64(address)',
  },
];

export const listStructure = 'address String, list UInt32';
