import type { Definition } from '../definition.ts';

/**
 * What lists say of addresses and actors, as changes: a row per tag and run that changed it, so that history stays. A tag
 * counts while the last of its rows (the highest `run`) is not one that took it away (`change`: an index into `changeKinds`).
 * A row in `tag_runs` is the commit point of its run: changes of a run that is not there do not exist for any reader.
 */
export const tagSchema: readonly Definition[] = [
  // Written by versions that knew tags of the settings only; they are put again at every start.
  { dropTable: 'tags' },

  {
    table: 'tag_changes',
    columns: `
    chain LowCardinality(String), address String, source LowCardinality(String), label String, run UInt32, change UInt8,
    category LowCardinality(String), abuse LowCardinality(String), actor String, creator LowCardinality(String),
    confidence UInt8, modified LowCardinality(String), uri String, programmes Array(String), first_seen UInt32,
    digest String
  `,
    order: '(chain, address, source, label, run)',
    shard: 'sipHash64(address)',
  },

  {
    table: 'actor_changes',
    columns: `
    id String, source LowCardinality(String), run UInt32, change UInt8, name String, countries Array(String), uri String,
    first_seen UInt32, digest String
  `,
    order: '(id, source, run)',
    shard: 'sipHash64(id)',
  },

  {
    table: 'tag_runs',
    columns: `
    source String, run UInt32, kind LowCardinality(String), at UInt32, tags UInt32, actors UInt32, added UInt32,
    changed UInt32, removed UInt32, refused UInt32
  `,
    order: '(source, run)',
    shard: 'sipHash64(source)',
  },
];

export const tagStructure =
  'chain String, address String, source String, label String, run UInt32, change UInt8, category String, abuse String, actor String, creator String, confidence UInt8, modified String, uri String, programmes Array(String), first_seen UInt32, digest String';

export const actorStructure =
  'id String, source String, run UInt32, change UInt8, name String, countries Array(String), uri String, first_seen UInt32, digest String';

export const runStructure =
  'source String, run UInt32, kind String, at UInt32, tags UInt32, actors UInt32, added UInt32, changed UInt32, removed UInt32, refused UInt32';
