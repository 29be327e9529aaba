import { tagSchema } from './tags/index.ts';

/**
 * The ledger's tables. `movements` is written; `accounts` (both sides of a movement under its address) and `transactions`
 * (where a transaction stands) follow from it through materialised views, for the other two orders in which the ledger is read.
 * A row in `blocks` is the commit point of its block.
 */
export const ledgerSchema: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS blocks (
    chain LowCardinality(String), height UInt32, hash String, parent String, time DateTime('UTC'),
    transactions UInt32, movements UInt32, internals UInt8 DEFAULT 0
  ) ENGINE = MergeTree ORDER BY (chain, height)`,

  // For ledgers from before internal transfers were read.
  `ALTER TABLE blocks ADD COLUMN IF NOT EXISTS internals UInt8 DEFAULT 0`,

  `CREATE TABLE IF NOT EXISTS movements (
    chain LowCardinality(String), height UInt32, tx_index UInt32, ord UInt32, txid String, time DateTime('UTC'),
    kind UInt8, from String, to String, asset LowCardinality(String), units UInt256, call UInt8
  ) ENGINE = MergeTree ORDER BY (chain, height, tx_index, ord)`,

  `CREATE TABLE IF NOT EXISTS accounts (
    chain LowCardinality(String), address String, height UInt32, tx_index UInt32, ord UInt32, side UInt8, other String,
    txid String, time DateTime('UTC'), kind UInt8, asset LowCardinality(String), units UInt256, call UInt8
  ) ENGINE = MergeTree ORDER BY (chain, address, height, tx_index, ord)`,

  `CREATE TABLE IF NOT EXISTS transactions (
    chain LowCardinality(String), txid String, height UInt32, tx_index UInt32
  ) ENGINE = MergeTree ORDER BY (chain, txid)`,

  `CREATE MATERIALIZED VIEW IF NOT EXISTS accounts_from TO accounts AS
    SELECT chain, from AS address, height, tx_index, ord, 0 AS side, to AS other, txid, time, kind, asset, units, call
    FROM movements WHERE from != ''`,

  `CREATE MATERIALIZED VIEW IF NOT EXISTS accounts_to TO accounts AS
    SELECT chain, to AS address, height, tx_index, ord, 1 AS side, from AS other, txid, time, kind, asset, units, call
    FROM movements WHERE to != ''`,

  `CREATE MATERIALIZED VIEW IF NOT EXISTS transactions_of TO transactions AS
    SELECT chain, txid, height, tx_index FROM movements WHERE ord = 0`,

  `CREATE TABLE IF NOT EXISTS assets (
    asset String, symbol String, decimals UInt8
  ) ENGINE = ReplacingMergeTree ORDER BY asset`,

  ...tagSchema,
];

/** Every table with rows of blocks; what stands above the last committed block in them is the remains of a crash. */
export const blockTables = ['movements', 'accounts', 'transactions'] as const;

export const movementStructure =
  "chain String, height UInt32, tx_index UInt32, ord UInt32, txid String, time DateTime('UTC'), kind UInt8, from String, to String, asset String, units UInt256, call UInt8";

export const blockStructure =
  "chain String, height UInt32, hash String, parent String, time DateTime('UTC'), transactions UInt32, movements UInt32, internals UInt8";
