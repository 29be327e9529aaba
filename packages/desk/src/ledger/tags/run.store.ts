import type { Address, ChainId, Instant, Tag, TagChange, TagRun } from '@gongjo/contract';
import { epochMs, GongjoError, instant } from '../../kernel/index.ts';
import type { Columns } from '../../platform/index.ts';
import { addressBytes, addressOfHex } from '../bytes.ts';
import { RowBinaryWriter } from '../row-binary.ts';
import { type Change, changeKinds, type Diff, type Held, tagKey } from './diff.ts';
import type { ActorRow, TagRow } from './model.ts';
import { actorStructure, runStructure, tagStructure } from './schema.ts';

/** A run with what it changed, to be written. */
export interface RunToWrite extends Omit<TagRun, 'added' | 'changed' | 'removed'> {
  readonly counts: Diff<unknown>['counts'];
  readonly tagChanges: readonly Change<TagRow>[];
  readonly actorChanges: readonly Change<ActorRow>[];
}

export interface RunStore {
  last(source: string): Promise<TagRun | null>;
  sources(): Promise<TagRun[]>;
  of(source: string): Promise<TagRun[]>;
  /** The last committed run of each source; changes of a later one are the remains of a crash, or being written. */
  lastRuns(): Promise<ReadonlyMap<string, number>>;
  /** When each run was, under `source`, NUL, `run`. */
  times(): Promise<Map<string, Instant | null>>;
  heldTags(source: string): Promise<Map<string, Held>>;
  heldActors(source: string): Promise<Map<string, Held>>;
  /** Every actor that counts; of several sources' words the one of the last name counts. */
  actors(): Promise<ReadonlyMap<string, Tag['holder']>>;
  changes(source: string, run: number): Promise<{ changes: TagChange[]; truncated: boolean }>;
  write(run: RunToWrite): Promise<void>;
}

/** Rows that are read or written at once: other work of the desk waits for no more than these. */
const rowsAtOnce = 20_000;
/** Changes that are told one by one; the addresses of a longer list are better read from the list. */
const changesMax = 10_000;

const runColumns = 'source, run, kind, at, tags, actors, added, changed, removed, refused';
type RunRow = Omit<TagRun, 'at'> & { readonly at: number };
const runOf = ({ at, ...run }: RunRow): TagRun => ({ ...run, at: at === 0 ? null : instant(at * 1000) });
const committed = '(source, run) IN (SELECT source, run FROM tag_runs)';

export function runStore(columns: Columns): RunStore {
  /** Kept because this process alone writes it, and every read of tags asks. */
  let actors: ReadonlyMap<string, Tag['holder']> | null = null;
  let lastRuns: Map<string, number> | null = null;

  const of = async (source: string): Promise<TagRun[]> =>
    (
      await columns.rows<RunRow>(
        `SELECT ${runColumns} FROM tag_runs WHERE tag_runs.source = {source:String} ORDER BY tag_runs.run DESC`,
        { source },
      )
    ).map(runOf);

  return {
    last: async (source) => (await of(source))[0] ?? null,
    of: async (source) => {
      const runs = await of(source);
      if (runs.length > 0) return runs;
      const known = await columns.rows<{ source: string }>(
        'SELECT DISTINCT source FROM tag_runs ORDER BY source LIMIT 100',
      );
      throw new GongjoError('tag-source-unknown', { source, known: known.map((it) => it.source).join(', ') || '–' });
    },
    sources: async () =>
      (
        await columns.rows<RunRow>(
          `SELECT ${runColumns} FROM tag_runs ORDER BY tag_runs.source, tag_runs.run DESC LIMIT 1 BY tag_runs.source`,
        )
      ).map(runOf),
    lastRuns: async () => {
      if (lastRuns) return lastRuns;
      const rows = await columns.rows<{ source: string; run: number }>(
        'SELECT source, max(tag_runs.run) AS run FROM tag_runs GROUP BY source',
      );
      lastRuns = new Map(rows.map((row) => [row.source, row.run]));
      return lastRuns;
    },
    times: async () => {
      const rows = await columns.rows<{ source: string; run: number; at: number }>(
        'SELECT source, run, at FROM tag_runs',
      );
      return new Map(
        rows.map(({ source, run, at }) => [`${source}\u0000${run}`, at === 0 ? null : instant(at * 1000)]),
      );
    },

    heldTags: async (source) => {
      const held = new Map<string, Held>();
      const parts = Math.ceil(((await of(source))[0]?.tags ?? 0) / rowsAtOnce);
      for (let part = 0; part < parts; part += 1) {
        const rows = await columns.rows<HeldRow & { chain: ChainId; address: string; label: string }>(
          `SELECT chain, hex(t.address) AS address, label, hex(argMax(digest, run)) AS digest, argMax(first_seen, run) AS first_seen
           FROM tag_changes AS t WHERE t.source = {source:String} AND ${committed}
             AND cityHash64(t.address) % {parts:UInt32} = {part:UInt32}
           GROUP BY chain, t.address, label HAVING argMax(change, run) IN (1, 2)`,
          { source, parts, part },
        );
        for (const row of rows)
          held.set(
            tagKey({ chain: row.chain, address: addressOfHex(row.chain, row.address), label: row.label }),
            heldOf(row),
          );
      }
      return held;
    },
    heldActors: async (source) => {
      const rows = await columns.rows<HeldRow & { id: string }>(
        `SELECT id, hex(argMax(digest, run)) AS digest, argMax(first_seen, run) AS first_seen
         FROM actor_changes AS t WHERE t.source = {source:String} AND ${committed}
         GROUP BY id HAVING argMax(change, run) IN (1, 2)`,
        { source },
      );
      return new Map(rows.map((row) => [row.id, heldOf(row)]));
    },

    actors: async () => {
      if (actors) return actors;
      const rows = await columns.rows<{ id: string; name: string; countries: string[] }>(
        `SELECT id, argMax(t.name, run) AS name, argMax(t.countries, run) AS countries FROM actor_changes AS t WHERE ${committed}
         GROUP BY id, source HAVING argMax(change, run) IN (1, 2) ORDER BY id, source`,
      );
      actors = new Map(rows.map(({ id, name, countries }) => [id, { name, countries }]));
      return actors;
    },

    changes: async (source, run) => {
      const rows = await columns.rows<{ chain: ChainId | ''; address: string; label: string; change: number }>(
        `SELECT chain, address, label, change FROM (
           SELECT chain, hex(t.address) AS address, label, change FROM tag_changes AS t
           WHERE t.source = {source:String} AND run = {run:UInt32} AND change != 3
           UNION ALL
           SELECT '' AS chain, '' AS address, id AS label, change FROM actor_changes AS t
           WHERE t.source = {source:String} AND run = {run:UInt32} AND change != 3)
         ORDER BY change, chain, address, label LIMIT {most:UInt32}`,
        { source, run, most: changesMax + 1 },
      );
      return {
        truncated: rows.length > changesMax,
        changes: rows.slice(0, changesMax).map(({ chain, address, label, change }) => ({
          change: changeKinds[change] as TagChange['change'],
          chain: chain === '' ? null : chain,
          address: chain === '' ? null : addressOfHex(chain, address),
          label,
        })),
      };
    },

    write: async ({ source, run, kind, at, tags, actors: actorCount, refused, counts, tagChanges, actorChanges }) => {
      await clearRemains(columns, source, run);
      for (let from = 0; from < tagChanges.length; from += rowsAtOnce)
        await columns.insert(
          'tag_changes',
          tagStructure,
          tagBytes(source, run, tagChanges.slice(from, from + rowsAtOnce)),
        );
      if (actorChanges.length > 0)
        await columns.insert('actor_changes', actorStructure, actorBytes(source, run, actorChanges));
      const writer = new RowBinaryWriter().string(source).uint32(run).string(kind);
      writer
        .uint32(at === null ? 0 : epochMs(at) / 1000)
        .uint32(tags)
        .uint32(actorCount);
      writer.uint32(counts.added).uint32(counts.changed).uint32(counts.removed).uint32(refused);
      await columns.insert('tag_runs', runStructure, writer.done());
      lastRuns = null;
      if (actorChanges.length > 0) actors = null;
    },
  };
}

interface HeldRow {
  readonly digest: string;
  readonly first_seen: number;
}

function heldOf({ digest, first_seen }: HeldRow): Held {
  return { digest: digest.toLowerCase(), firstSeen: first_seen };
}

/** Takes away what a crash left of a run that was never committed. */
async function clearRemains(columns: Columns, source: string, run: number): Promise<void> {
  for (const table of ['tag_changes', 'actor_changes']) {
    const [remains] = await columns.rows<{ n: string }>(
      `SELECT count() AS n FROM (SELECT 1 FROM ${table} AS t WHERE t.source = {source:String} AND run >= {run:UInt32} LIMIT 1)`,
      { source, run },
    );
    if (Number(remains?.n) > 0)
      await columns.remove(table, 'source = {source:String} AND run >= {run:UInt32}', {
        source,
        run,
      });
  }
}

function tagBytes(source: string, run: number, changes: readonly Change<TagRow>[]): Uint8Array {
  const writer = new RowBinaryWriter(1 << 20);
  for (const { kind, key, item, digest, firstSeen } of changes) {
    const [chain = '', address = '', label = ''] = key.split('\u0000');
    writer
      .string(chain)
      .string(addressBytes(chain as ChainId, address as Address))
      .string(source)
      .string(label)
      .uint32(run)
      .uint8(changeKinds.indexOf(kind))
      .string(item?.category ?? '')
      .string(item?.abuse ?? '')
      .string(item?.actor ?? '')
      .string(item?.creator ?? '')
      .uint8(item?.confidence ?? 0)
      .string(item?.modified ?? '')
      .string(item?.uri ?? '')
      .strings(item?.programmes ?? [])
      .uint32(firstSeen)
      .string(Buffer.from(digest, 'hex'));
  }
  return writer.done();
}

function actorBytes(source: string, run: number, changes: readonly Change<ActorRow>[]): Uint8Array {
  const writer = new RowBinaryWriter();
  for (const { kind, key, item, digest, firstSeen } of changes) {
    writer
      .string(key)
      .string(source)
      .uint32(run)
      .uint8(changeKinds.indexOf(kind))
      .string(item?.name ?? '');
    writer
      .strings(item?.countries ?? [])
      .string(item?.uri ?? '')
      .uint32(firstSeen)
      .string(Buffer.from(digest, 'hex'));
  }
  return writer.done();
}
