import type { Definition } from '../definition.ts';

/**
 * The ledger of outputs. Transactions have dense numbers in chain order, so every table is keyed by integers that lie close
 * together, and an outpoint costs a few bytes instead of 36. `utxo_transactions`, `utxo_outputs` and `utxo_inputs` are
 * written; the three other orders follow from them through materialised views: by identifier, by address, and by what was
 * spent. Identifiers and addresses are looked up by a 64-bit hash and compared in full where they stand in order.
 *
 * Reads are of thousands of single rows in one query, so granules and compressed blocks are small: a row costs the
 * decompression of 16 KB instead of 1 MB.
 */
const scattered = ['index_granularity = 256', 'min_compress_block_size = 4096', 'max_compress_block_size = 16384'];

/** Transactions that stand close together are asked for together: as many as the reader takes at once share a shard. */
const byTransaction = 'intDiv(tx, 1024)';

export const utxoSchema: readonly Definition[] = [
  {
    table: 'utxo_transactions',
    columns: `
    chain LowCardinality(String), tx UInt64 CODEC(Delta, LZ4), txid FixedString(32) CODEC(NONE), height UInt32 CODEC(Delta, LZ4),
    tx_index UInt32 CODEC(Delta, LZ4), time DateTime('UTC') CODEC(Delta, LZ4), coinbase UInt8
  `,
    order: '(chain, tx)',
    settings: scattered,
    shard: byTransaction,
  },
  {
    table: 'utxo_outputs',
    columns: `
    chain LowCardinality(String), tx UInt64 CODEC(Delta, LZ4), n UInt32 CODEC(T64, LZ4), units UInt64 CODEC(T64, LZ4), type UInt8, address String CODEC(LZ4)
  `,
    order: '(chain, tx, n)',
    settings: scattered,
    shard: byTransaction,
  },
  {
    table: 'utxo_inputs',
    columns: `
    chain LowCardinality(String), tx UInt64 CODEC(Delta, LZ4), input UInt32 CODEC(T64, LZ4), known UInt8, of UInt64 CODEC(T64, LZ4), n UInt32 CODEC(T64, LZ4)
  `,
    order: '(chain, tx, input)',
    settings: scattered,
    shard: byTransaction,
  },
  {
    table: 'utxo_spends',
    columns: `
    chain LowCardinality(String), of UInt64 CODEC(Delta, LZ4), n UInt32 CODEC(T64, LZ4), tx UInt64 CODEC(T64, LZ4), input UInt32 CODEC(T64, LZ4)
  `,
    order: '(chain, of, n)',
    settings: scattered,
    shard: 'intDiv(of, 1024)',
  },
  {
    table: 'utxo_addresses',
    columns: `
    chain LowCardinality(String), hash UInt64 CODEC(Delta, ZSTD), tx UInt64 CODEC(T64, LZ4), n UInt32 CODEC(T64, LZ4)
  `,
    order: '(chain, hash, tx, n)',
    settings: scattered,
    shard: 'hash',
  },
  {
    table: 'utxo_txids',
    columns: `
    chain LowCardinality(String), hash UInt64 CODEC(Delta, ZSTD), tx UInt64 CODEC(T64, LZ4)
  `,
    order: '(chain, hash, tx)',
    settings: scattered,
    shard: 'hash',
  },
  {
    view: 'utxo_spends_of',
    to: 'utxo_spends',
    select: 'chain, of, n, tx, input',
    from: 'utxo_inputs',
    where: 'known = 1',
  },
  {
    view: 'utxo_addresses_of',
    to: 'utxo_addresses',
    select: 'chain, sipHash64(address) AS hash, tx, n',
    from: 'utxo_outputs',
    where: "address != ''",
  },
  {
    view: 'utxo_txids_of',
    to: 'utxo_txids',
    select: 'chain, sipHash64(txid) AS hash, tx',
    from: 'utxo_transactions',
  },
];

/** Tables with a column `tx` of numbers; what stands at or above the number after the last committed block is the remains of a crash. */
export const utxoTables = [
  'utxo_transactions',
  'utxo_outputs',
  'utxo_inputs',
  'utxo_spends',
  'utxo_addresses',
  'utxo_txids',
] as const;

/** What a batch writes; the chain is the same for all of its rows. */
export const transactionStructure =
  "tx UInt64, txid FixedString(32), height UInt32, tx_index UInt32, time DateTime('UTC'), coinbase UInt8";
export const outputStructure = 'tx UInt64, n UInt32, units UInt64, type UInt8, address String';
export const inputStructure = 'tx UInt64, input UInt32, known UInt8, of UInt64, n UInt32';
