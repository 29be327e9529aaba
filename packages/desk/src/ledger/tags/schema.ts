/**
 * What lists say of addresses and actors, as changes: a row per tag and run that changed it, so that history stays. A tag
 * counts while the last of its rows (the highest `run`) is not one that took it away (`change`: an index into `changeKinds`).
 * A row in `tag_runs` is the commit point of its run: changes of a run that is not there do not exist for any reader.
 */
export const tagSchema: readonly string[] = [
  // Written by versions that knew tags of the settings only; they are put again at every start.
  'DROP TABLE IF EXISTS tags',

  `CREATE TABLE IF NOT EXISTS tag_changes (
    chain LowCardinality(String), address String, source LowCardinality(String), label String, run UInt32, change UInt8,
    category LowCardinality(String), abuse LowCardinality(String), actor String, creator LowCardinality(String),
    confidence UInt8, modified LowCardinality(String), uri String, programmes Array(String), first_seen UInt32,
    digest String
  ) ENGINE = MergeTree ORDER BY (chain, address, source, label, run)`,

  `CREATE TABLE IF NOT EXISTS actor_changes (
    id String, source LowCardinality(String), run UInt32, change UInt8, name String, countries Array(String), uri String,
    first_seen UInt32, digest String
  ) ENGINE = MergeTree ORDER BY (id, source, run)`,

  `CREATE TABLE IF NOT EXISTS tag_runs (
    source String, run UInt32, kind LowCardinality(String), at UInt32, tags UInt32, actors UInt32, added UInt32,
    changed UInt32, removed UInt32, refused UInt32
  ) ENGINE = MergeTree ORDER BY (source, run)`,
];

export const tagStructure =
  'chain String, address String, source String, label String, run UInt32, change UInt8, category String, abuse String, actor String, creator String, confidence UInt8, modified String, uri String, programmes Array(String), first_seen UInt32, digest String';

export const actorStructure =
  'id String, source String, run UInt32, change UInt8, name String, countries Array(String), uri String, first_seen UInt32, digest String';

export const runStructure =
  'source String, run UInt32, kind String, at UInt32, tags UInt32, actors UInt32, added UInt32, changed UInt32, removed UInt32, refused UInt32';
