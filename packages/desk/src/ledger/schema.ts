import type { Definition } from './definition.ts';
import { listSchema } from './lists/index.ts';
import { tagSchema } from './tags/index.ts';
import { utxoSchema } from './utxo/schema.ts';

/**
 * The ledger's tables. `movements` is written; `accounts` (both sides of a movement under its address) and `transactions`
 * (where a transaction stands) follow from it through materialised views, for the other two orders in which the ledger is read.
 * A row in `blocks` is the commit point of its block; a chain's are on one shard, so that it is written at once or not at all.
 */
export const ledgerSchema: readonly Definition[] = [
  {
    table: 'blocks',
    columns: `
    chain LowCardinality(String), height UInt32, hash String, parent String, time DateTime('UTC'),
    transactions UInt32, movements UInt32, internals UInt8 DEFAULT 0, header String DEFAULT ''
  `,
    order: '(chain, height)',
    shard: 'sipHash64(chain)',
  },

  // For ledgers from before internal transfers were read.
  { table: 'blocks', addColumn: 'internals UInt8 DEFAULT 0' },

  // For ledgers from before headers were kept: what they held then stays without.
  { table: 'blocks', addColumn: "header String DEFAULT ''" },

  {
    table: 'movements',
    columns: `
    chain LowCardinality(String), height UInt32, tx_index UInt32, ord UInt32, txid String, time DateTime('UTC'),
    kind UInt8, from String, to String, asset LowCardinality(String), units UInt256, call UInt8
  `,
    order: '(chain, height, tx_index, ord)',
    shard: 'intHash64(height)',
  },

  {
    table: 'accounts',
    columns: `
    chain LowCardinality(String), address String, height UInt32, tx_index UInt32, ord UInt32, side UInt8, other String,
    txid String, time DateTime('UTC'), kind UInt8, asset LowCardinality(String), units UInt256, call UInt8
  `,
    order: '(chain, address, height, tx_index, ord)',
    shard: 'sipHash64(address)',
  },

  {
    table: 'transactions',
    columns: `
    chain LowCardinality(String), txid String, height UInt32, tx_index UInt32
  `,
    order: '(chain, txid)',
    shard: 'sipHash64(txid)',
  },

  {
    view: 'accounts_from',
    to: 'accounts',
    select:
      'chain, from AS address, height, tx_index, ord, 0 AS side, to AS other, txid, time, kind, asset, units, call',
    from: 'movements',
    where: "from != ''",
  },

  {
    view: 'accounts_to',
    to: 'accounts',
    select:
      'chain, to AS address, height, tx_index, ord, 1 AS side, from AS other, txid, time, kind, asset, units, call',
    from: 'movements',
    where: "to != ''",
  },

  {
    view: 'transactions_of',
    to: 'transactions',
    select: 'chain, txid, height, tx_index',
    from: 'movements',
    where: 'ord = 0',
  },

  {
    table: 'assets',
    columns: `
    asset String, symbol String, decimals UInt8
  `,
    engine: 'ReplacingMergeTree',
    order: 'asset',
    shard: 'sipHash64(asset)',
  },

  ...listSchema,
  ...tagSchema,
  ...utxoSchema,
];

/** Every table with rows of blocks; what stands above the last committed block in them is the remains of a crash. */
export const blockTables = ['movements', 'accounts', 'transactions'] as const;

export const movementStructure =
  "chain String, height UInt32, tx_index UInt32, ord UInt32, txid String, time DateTime('UTC'), kind UInt8, from String, to String, asset String, units UInt256, call UInt8";

export const blockStructure =
  "chain String, height UInt32, hash String, parent String, time DateTime('UTC'), transactions UInt32, movements UInt32, internals UInt8, header String";
