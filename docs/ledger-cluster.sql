-- The tables of the ledger on a cluster named 'gongjo'.
-- Made from packages/desk/src/ledger by `npm run docs:ddl`; a desk runs it at every start.

CREATE TABLE IF NOT EXISTS blocks_local ON CLUSTER 'gongjo' (
    chain LowCardinality(String), height UInt32, hash String, parent String, time DateTime('UTC'),
    transactions UInt32, movements UInt32, internals UInt8 DEFAULT 0, header String DEFAULT ''
  ) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/blocks_local', '{replica}') ORDER BY (chain, height) SETTINGS replicated_deduplication_window = 0;

CREATE TABLE IF NOT EXISTS blocks ON CLUSTER 'gongjo' (
    chain LowCardinality(String), height UInt32, hash String, parent String, time DateTime('UTC'),
    transactions UInt32, movements UInt32, internals UInt8 DEFAULT 0, header String DEFAULT ''
  ) ENGINE = Distributed('gongjo', currentDatabase(), 'blocks_local', sipHash64(chain));

ALTER TABLE blocks_local ON CLUSTER 'gongjo' ADD COLUMN IF NOT EXISTS internals UInt8 DEFAULT 0;

ALTER TABLE blocks ON CLUSTER 'gongjo' ADD COLUMN IF NOT EXISTS internals UInt8 DEFAULT 0;

ALTER TABLE blocks_local ON CLUSTER 'gongjo' ADD COLUMN IF NOT EXISTS header String DEFAULT '';

ALTER TABLE blocks ON CLUSTER 'gongjo' ADD COLUMN IF NOT EXISTS header String DEFAULT '';

CREATE TABLE IF NOT EXISTS movements_local ON CLUSTER 'gongjo' (
    chain LowCardinality(String), height UInt32, tx_index UInt32, ord UInt32, txid String, time DateTime('UTC'),
    kind UInt8, from String, to String, asset LowCardinality(String), units UInt256, call UInt8
  ) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/movements_local', '{replica}') ORDER BY (chain, height, tx_index, ord) SETTINGS replicated_deduplication_window = 0;

CREATE TABLE IF NOT EXISTS movements ON CLUSTER 'gongjo' (
    chain LowCardinality(String), height UInt32, tx_index UInt32, ord UInt32, txid String, time DateTime('UTC'),
    kind UInt8, from String, to String, asset LowCardinality(String), units UInt256, call UInt8
  ) ENGINE = Distributed('gongjo', currentDatabase(), 'movements_local', intHash64(height));

CREATE TABLE IF NOT EXISTS accounts_local ON CLUSTER 'gongjo' (
    chain LowCardinality(String), address String, height UInt32, tx_index UInt32, ord UInt32, side UInt8, other String,
    txid String, time DateTime('UTC'), kind UInt8, asset LowCardinality(String), units UInt256, call UInt8
  ) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/accounts_local', '{replica}') ORDER BY (chain, address, height, tx_index, ord) SETTINGS replicated_deduplication_window = 0;

CREATE TABLE IF NOT EXISTS accounts ON CLUSTER 'gongjo' (
    chain LowCardinality(String), address String, height UInt32, tx_index UInt32, ord UInt32, side UInt8, other String,
    txid String, time DateTime('UTC'), kind UInt8, asset LowCardinality(String), units UInt256, call UInt8
  ) ENGINE = Distributed('gongjo', currentDatabase(), 'accounts_local', sipHash64(address));

CREATE TABLE IF NOT EXISTS transactions_local ON CLUSTER 'gongjo' (
    chain LowCardinality(String), txid String, height UInt32, tx_index UInt32
  ) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/transactions_local', '{replica}') ORDER BY (chain, txid) SETTINGS replicated_deduplication_window = 0;

CREATE TABLE IF NOT EXISTS transactions ON CLUSTER 'gongjo' (
    chain LowCardinality(String), txid String, height UInt32, tx_index UInt32
  ) ENGINE = Distributed('gongjo', currentDatabase(), 'transactions_local', sipHash64(txid));

CREATE MATERIALIZED VIEW IF NOT EXISTS accounts_from ON CLUSTER 'gongjo' TO accounts AS
    SELECT chain, from AS address, height, tx_index, ord, 0 AS side, to AS other, txid, time, kind, asset, units, call
    FROM movements_local WHERE from != '';

CREATE MATERIALIZED VIEW IF NOT EXISTS accounts_to ON CLUSTER 'gongjo' TO accounts AS
    SELECT chain, to AS address, height, tx_index, ord, 1 AS side, from AS other, txid, time, kind, asset, units, call
    FROM movements_local WHERE to != '';

CREATE MATERIALIZED VIEW IF NOT EXISTS transactions_of ON CLUSTER 'gongjo' TO transactions AS
    SELECT chain, txid, height, tx_index
    FROM movements_local WHERE ord = 0;

CREATE TABLE IF NOT EXISTS assets_local ON CLUSTER 'gongjo' (
    asset String, symbol String, decimals UInt8
  ) ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/assets_local', '{replica}') ORDER BY asset SETTINGS replicated_deduplication_window = 0;

CREATE TABLE IF NOT EXISTS assets ON CLUSTER 'gongjo' (
    asset String, symbol String, decimals UInt8
  ) ENGINE = Distributed('gongjo', currentDatabase(), 'assets_local', sipHash64(asset));

CREATE TABLE IF NOT EXISTS listed_addresses_local ON CLUSTER 'gongjo' (
    chain LowCardinality(String), address String, list UInt32
  ) ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/{database}/listed_addresses_local', '{replica}') ORDER BY (chain, address, list) SETTINGS replicated_deduplication_window = 0;

CREATE TABLE IF NOT EXISTS listed_addresses ON CLUSTER 'gongjo' (
    chain LowCardinality(String), address String, list UInt32
  ) ENGINE = Distributed('gongjo', currentDatabase(), 'listed_addresses_local', sipHash64(address));

CREATE TABLE IF NOT EXISTS tag_changes_local ON CLUSTER 'gongjo' (
    chain LowCardinality(String), address String, source LowCardinality(String), label String, run UInt32, change UInt8,
    category LowCardinality(String), abuse LowCardinality(String), actor String, creator LowCardinality(String),
    confidence UInt8, modified LowCardinality(String), uri String, programmes Array(String), first_seen UInt32,
    digest String
  ) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/tag_changes_local', '{replica}') ORDER BY (chain, address, source, label, run) SETTINGS replicated_deduplication_window = 0;

CREATE TABLE IF NOT EXISTS tag_changes ON CLUSTER 'gongjo' (
    chain LowCardinality(String), address String, source LowCardinality(String), label String, run UInt32, change UInt8,
    category LowCardinality(String), abuse LowCardinality(String), actor String, creator LowCardinality(String),
    confidence UInt8, modified LowCardinality(String), uri String, programmes Array(String), first_seen UInt32,
    digest String
  ) ENGINE = Distributed('gongjo', currentDatabase(), 'tag_changes_local', sipHash64(address));

CREATE TABLE IF NOT EXISTS actor_changes_local ON CLUSTER 'gongjo' (
    id String, source LowCardinality(String), run UInt32, change UInt8, name String, countries Array(String), uri String,
    first_seen UInt32, digest String
  ) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/actor_changes_local', '{replica}') ORDER BY (id, source, run) SETTINGS replicated_deduplication_window = 0;

CREATE TABLE IF NOT EXISTS actor_changes ON CLUSTER 'gongjo' (
    id String, source LowCardinality(String), run UInt32, change UInt8, name String, countries Array(String), uri String,
    first_seen UInt32, digest String
  ) ENGINE = Distributed('gongjo', currentDatabase(), 'actor_changes_local', sipHash64(id));

CREATE TABLE IF NOT EXISTS tag_runs_local ON CLUSTER 'gongjo' (
    source String, run UInt32, kind LowCardinality(String), at UInt32, tags UInt32, actors UInt32, added UInt32,
    changed UInt32, removed UInt32, refused UInt32
  ) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/tag_runs_local', '{replica}') ORDER BY (source, run) SETTINGS replicated_deduplication_window = 0;

CREATE TABLE IF NOT EXISTS tag_runs ON CLUSTER 'gongjo' (
    source String, run UInt32, kind LowCardinality(String), at UInt32, tags UInt32, actors UInt32, added UInt32,
    changed UInt32, removed UInt32, refused UInt32
  ) ENGINE = Distributed('gongjo', currentDatabase(), 'tag_runs_local', sipHash64(source));

CREATE TABLE IF NOT EXISTS utxo_transactions_local ON CLUSTER 'gongjo' (
    chain LowCardinality(String), tx UInt64 CODEC(Delta, LZ4), txid FixedString(32) CODEC(NONE), height UInt32 CODEC(Delta, LZ4),
    tx_index UInt32 CODEC(Delta, LZ4), time DateTime('UTC') CODEC(Delta, LZ4), coinbase UInt8
  ) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/utxo_transactions_local', '{replica}') ORDER BY (chain, tx) SETTINGS index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 16384, replicated_deduplication_window = 0;

CREATE TABLE IF NOT EXISTS utxo_transactions ON CLUSTER 'gongjo' (
    chain LowCardinality(String), tx UInt64 CODEC(Delta, LZ4), txid FixedString(32) CODEC(NONE), height UInt32 CODEC(Delta, LZ4),
    tx_index UInt32 CODEC(Delta, LZ4), time DateTime('UTC') CODEC(Delta, LZ4), coinbase UInt8
  ) ENGINE = Distributed('gongjo', currentDatabase(), 'utxo_transactions_local', intDiv(tx, 1024));

CREATE TABLE IF NOT EXISTS utxo_outputs_local ON CLUSTER 'gongjo' (
    chain LowCardinality(String), tx UInt64 CODEC(Delta, LZ4), n UInt32 CODEC(T64, LZ4), units UInt64 CODEC(T64, LZ4), type UInt8, address String CODEC(LZ4)
  ) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/utxo_outputs_local', '{replica}') ORDER BY (chain, tx, n) SETTINGS index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 16384, replicated_deduplication_window = 0;

CREATE TABLE IF NOT EXISTS utxo_outputs ON CLUSTER 'gongjo' (
    chain LowCardinality(String), tx UInt64 CODEC(Delta, LZ4), n UInt32 CODEC(T64, LZ4), units UInt64 CODEC(T64, LZ4), type UInt8, address String CODEC(LZ4)
  ) ENGINE = Distributed('gongjo', currentDatabase(), 'utxo_outputs_local', intDiv(tx, 1024));

CREATE TABLE IF NOT EXISTS utxo_inputs_local ON CLUSTER 'gongjo' (
    chain LowCardinality(String), tx UInt64 CODEC(Delta, LZ4), input UInt32 CODEC(T64, LZ4), known UInt8, of UInt64 CODEC(T64, LZ4), n UInt32 CODEC(T64, LZ4)
  ) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/utxo_inputs_local', '{replica}') ORDER BY (chain, tx, input) SETTINGS index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 16384, replicated_deduplication_window = 0;

CREATE TABLE IF NOT EXISTS utxo_inputs ON CLUSTER 'gongjo' (
    chain LowCardinality(String), tx UInt64 CODEC(Delta, LZ4), input UInt32 CODEC(T64, LZ4), known UInt8, of UInt64 CODEC(T64, LZ4), n UInt32 CODEC(T64, LZ4)
  ) ENGINE = Distributed('gongjo', currentDatabase(), 'utxo_inputs_local', intDiv(tx, 1024));

CREATE TABLE IF NOT EXISTS utxo_spends_local ON CLUSTER 'gongjo' (
    chain LowCardinality(String), of UInt64 CODEC(Delta, LZ4), n UInt32 CODEC(T64, LZ4), tx UInt64 CODEC(T64, LZ4), input UInt32 CODEC(T64, LZ4)
  ) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/utxo_spends_local', '{replica}') ORDER BY (chain, of, n) SETTINGS index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 16384, replicated_deduplication_window = 0;

CREATE TABLE IF NOT EXISTS utxo_spends ON CLUSTER 'gongjo' (
    chain LowCardinality(String), of UInt64 CODEC(Delta, LZ4), n UInt32 CODEC(T64, LZ4), tx UInt64 CODEC(T64, LZ4), input UInt32 CODEC(T64, LZ4)
  ) ENGINE = Distributed('gongjo', currentDatabase(), 'utxo_spends_local', intDiv(of, 1024));

CREATE TABLE IF NOT EXISTS utxo_addresses_local ON CLUSTER 'gongjo' (
    chain LowCardinality(String), hash UInt64 CODEC(Delta, ZSTD), tx UInt64 CODEC(T64, LZ4), n UInt32 CODEC(T64, LZ4)
  ) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/utxo_addresses_local', '{replica}') ORDER BY (chain, hash, tx, n) SETTINGS index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 16384, replicated_deduplication_window = 0;

CREATE TABLE IF NOT EXISTS utxo_addresses ON CLUSTER 'gongjo' (
    chain LowCardinality(String), hash UInt64 CODEC(Delta, ZSTD), tx UInt64 CODEC(T64, LZ4), n UInt32 CODEC(T64, LZ4)
  ) ENGINE = Distributed('gongjo', currentDatabase(), 'utxo_addresses_local', hash);

CREATE TABLE IF NOT EXISTS utxo_txids_local ON CLUSTER 'gongjo' (
    chain LowCardinality(String), hash UInt64 CODEC(Delta, ZSTD), tx UInt64 CODEC(T64, LZ4)
  ) ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/utxo_txids_local', '{replica}') ORDER BY (chain, hash, tx) SETTINGS index_granularity = 256, min_compress_block_size = 4096, max_compress_block_size = 16384, replicated_deduplication_window = 0;

CREATE TABLE IF NOT EXISTS utxo_txids ON CLUSTER 'gongjo' (
    chain LowCardinality(String), hash UInt64 CODEC(Delta, ZSTD), tx UInt64 CODEC(T64, LZ4)
  ) ENGINE = Distributed('gongjo', currentDatabase(), 'utxo_txids_local', hash);

CREATE MATERIALIZED VIEW IF NOT EXISTS utxo_spends_of ON CLUSTER 'gongjo' TO utxo_spends AS
    SELECT chain, of, n, tx, input
    FROM utxo_inputs_local WHERE known = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS utxo_addresses_of ON CLUSTER 'gongjo' TO utxo_addresses AS
    SELECT chain, sipHash64(address) AS hash, tx, n
    FROM utxo_outputs_local WHERE address != '';

CREATE MATERIALIZED VIEW IF NOT EXISTS utxo_txids_of ON CLUSTER 'gongjo' TO utxo_txids AS
    SELECT chain, sipHash64(txid) AS hash, tx
    FROM utxo_transactions_local;
