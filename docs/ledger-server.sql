-- The tables of the ledger on one server, and in the embedded engine.
-- Made from packages/desk/src/ledger by `npm run docs:ddl`; a desk runs it at every start.

CREATE TABLE IF NOT EXISTS blocks (
    chain LowCardinality(String), height UInt32, hash String, parent String, time DateTime('UTC'),
    transactions UInt32, movements UInt32, internals UInt8 DEFAULT 0, header String DEFAULT ''
  ) ENGINE = MergeTree ORDER BY (chain, height);

ALTER TABLE blocks ADD COLUMN IF NOT EXISTS internals UInt8 DEFAULT 0;

ALTER TABLE blocks ADD COLUMN IF NOT EXISTS header String DEFAULT '';

CREATE TABLE IF NOT EXISTS movements (
    chain LowCardinality(String), height UInt32, tx_index UInt32, ord UInt32, txid String, time DateTime('UTC'),
    kind UInt8, from String, to String, asset LowCardinality(String), units UInt256, call UInt8
  ) ENGINE = MergeTree ORDER BY (chain, height, tx_index, ord);

CREATE TABLE IF NOT EXISTS accounts (
    chain LowCardinality(String), address String, height UInt32, tx_index UInt32, ord UInt32, side UInt8, other String,
    txid String, time DateTime('UTC'), kind UInt8, asset LowCardinality(String), units UInt256, call UInt8
  ) ENGINE = MergeTree ORDER BY (chain, address, height, tx_index, ord);

CREATE TABLE IF NOT EXISTS transactions (
    chain LowCardinality(String), txid String, height UInt32, tx_index UInt32
  ) ENGINE = MergeTree ORDER BY (chain, txid);

CREATE MATERIALIZED VIEW IF NOT EXISTS accounts_from TO accounts AS
    SELECT chain, from AS address, height, tx_index, ord, 0 AS side, to AS other, txid, time, kind, asset, units, call
    FROM movements WHERE from != '';

CREATE MATERIALIZED VIEW IF NOT EXISTS accounts_to TO accounts AS
    SELECT chain, to AS address, height, tx_index, ord, 1 AS side, from AS other, txid, time, kind, asset, units, call
    FROM movements WHERE to != '';

CREATE MATERIALIZED VIEW IF NOT EXISTS transactions_of TO transactions AS
    SELECT chain, txid, height, tx_index
    FROM movements WHERE ord = 0;

CREATE TABLE IF NOT EXISTS assets (
    asset String, symbol String, decimals UInt8
  ) ENGINE = ReplacingMergeTree ORDER BY asset;

CREATE TABLE IF NOT EXISTS listed_addresses (
    chain LowCardinality(String), address String, list UInt32
  ) ENGINE = ReplacingMergeTree ORDER BY (chain, address, list);

DROP TABLE IF EXISTS tags;

CREATE TABLE IF NOT EXISTS tag_changes (
    chain LowCardinality(String), address String, source LowCardinality(String), label String, run UInt32, change UInt8,
    category LowCardinality(String), abuse LowCardinality(String), actor String, creator LowCardinality(String),
    confidence UInt8, modified LowCardinality(String), uri String, programmes Array(String), first_seen UInt32,
    digest String
  ) ENGINE = MergeTree ORDER BY (chain, address, source, label, run);

CREATE TABLE IF NOT EXISTS actor_changes (
    id String, source LowCardinality(String), run UInt32, change UInt8, name String, countries Array(String), uri String,
    first_seen UInt32, digest String
  ) ENGINE = MergeTree ORDER BY (id, source, run);

CREATE TABLE IF NOT EXISTS tag_runs (
    source String, run UInt32, kind LowCardinality(String), at UInt32, tags UInt32, actors UInt32, added UInt32,
    changed UInt32, removed UInt32, refused UInt32
  ) ENGINE = MergeTree ORDER BY (source, run);

CREATE TABLE IF NOT EXISTS utxo_transactions (
    chain LowCardinality(String), tx UInt64 CODEC(Delta, LZ4), txid FixedString(32) CODEC(NONE), height UInt32 CODEC(Delta, LZ4),
    tx_index UInt32 CODEC(Delta, LZ4), time DateTime('UTC') CODEC(Delta, LZ4), coinbase UInt8
  ) ENGINE = MergeTree ORDER BY (chain, tx) SETTINGS index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 16384;

CREATE TABLE IF NOT EXISTS utxo_outputs (
    chain LowCardinality(String), tx UInt64 CODEC(Delta, LZ4), n UInt32 CODEC(T64, LZ4), units UInt64 CODEC(T64, LZ4), type UInt8, address String CODEC(LZ4)
  ) ENGINE = MergeTree ORDER BY (chain, tx, n) SETTINGS index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 16384;

CREATE TABLE IF NOT EXISTS utxo_inputs (
    chain LowCardinality(String), tx UInt64 CODEC(Delta, LZ4), input UInt32 CODEC(T64, LZ4), known UInt8, of UInt64 CODEC(T64, LZ4), n UInt32 CODEC(T64, LZ4)
  ) ENGINE = MergeTree ORDER BY (chain, tx, input) SETTINGS index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 16384;

CREATE TABLE IF NOT EXISTS utxo_spends (
    chain LowCardinality(String), of UInt64 CODEC(Delta, LZ4), n UInt32 CODEC(T64, LZ4), tx UInt64 CODEC(T64, LZ4), input UInt32 CODEC(T64, LZ4)
  ) ENGINE = MergeTree ORDER BY (chain, of, n) SETTINGS index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 16384;

CREATE TABLE IF NOT EXISTS utxo_addresses (
    chain LowCardinality(String), hash UInt64 CODEC(Delta, ZSTD), tx UInt64 CODEC(T64, LZ4), n UInt32 CODEC(T64, LZ4)
  ) ENGINE = MergeTree ORDER BY (chain, hash, tx, n) SETTINGS index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 16384;

CREATE TABLE IF NOT EXISTS utxo_txids (
    chain LowCardinality(String), hash UInt64 CODEC(Delta, ZSTD), tx UInt64 CODEC(T64, LZ4)
  ) ENGINE = MergeTree ORDER BY (chain, hash, tx) SETTINGS index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 16384;

CREATE MATERIALIZED VIEW IF NOT EXISTS utxo_spends_of TO utxo_spends AS
    SELECT chain, of, n, tx, input
    FROM utxo_inputs WHERE known = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS utxo_addresses_of TO utxo_addresses AS
    SELECT chain, sipHash64(address) AS hash, tx, n
    FROM utxo_outputs WHERE address != '';

CREATE MATERIALIZED VIEW IF NOT EXISTS utxo_txids_of TO utxo_txids AS
    SELECT chain, sipHash64(txid) AS hash, tx
    FROM utxo_transactions;
