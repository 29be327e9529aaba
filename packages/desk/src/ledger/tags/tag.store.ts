import type { Address, AddressTags, ChainId, Instant, Tag, TagImport, TagRun, TagRunDetail } from '@gongjo/contract';
import { epochMs, GongjoError, instant } from '../../kernel/index.ts';
import type { Columns } from '../../platform/index.ts';
import { addressTexts, endsOf } from '../address/index.ts';
import { addressHex, addressOfHex } from '../bytes.ts';
import { namespaceOf } from '../namespace.ts';
import { diffOf, tagKey } from './diff.ts';
import type { TagList, TagRow } from './model.ts';
import { readList, tagDigest } from './read-list.ts';
import { runStore } from './run.store.ts';

export interface TagStore {
  /**
   * Puts tags that come without a list. Where they are `all` that the desk's settings say, what the settings said before
   * and say no more is taken back; otherwise it stays, as does whatever was imported.
   */
  putTags(tags: readonly Tag[], extent?: 'some' | 'all'): Promise<void>;
  /** Takes back every tag of a source that `putTags` put. */
  takeBackTags(source: string): Promise<void>;
  /** The tags that count, the surest first; contradicting ones side by side. */
  tags(chain: ChainId, addresses: readonly Address[]): Promise<Map<Address, Tag[]>>;
  /** Addresses of a chain that a tag of one of these categories names; those that were taken back may be among them. */
  tagged(chain: ChainId, categories: readonly Tag['category'][]): Promise<Address[]>;
  /** Which of these any list ever named, on whatever chain; those that were taken back may be among them. */
  named(asked: readonly AddressOn[]): Promise<AddressOn[]>;
  /**
   * Addresses that lists name and that have the same ends (`endsOf`) as one of these, the first of them. On chains of the EVM
   * only: elsewhere the last letters are a checksum, which is not kept.
   */
  namedAlike(asked: readonly AddressOn[]): Promise<AddressOn[]>;
  /** All tags of one address, also those that a list has taken back. */
  tagHistory(chain: ChainId, address: Address): Promise<AddressTags>;
  /**
   * Imports a list as a new run of its source: what it says now against what it said at its last run. The same list again
   * changes nothing. Throws `tag-list-unreadable`, `tag-list-too-large`, `tag-list-empty`; then nothing is changed.
   */
  importTags(list: TagList, at: Instant): Promise<TagImport>;
  /** The last run of every source, by name. */
  tagSources(): Promise<TagRun[]>;
  /** All runs of a source, newest first. Throws `tag-source-unknown`. */
  tagRuns(source: string): Promise<TagRun[]>;
  /** What a run changed. Throws `tag-source-unknown`. */
  tagRun(source: string, run: number): Promise<TagRunDetail>;
}

/** An address with its chain. */
export interface AddressOn {
  readonly chain: ChainId;
  readonly address: Address;
}

/** Two bytes at each end are the four letters that people compare. */
const endBytes = 2;
/** More look-alikes than a person can look at. */
const alikeMax = 1_000;

interface StoredTag
  extends Omit<Tag, 'abuse' | 'creator' | 'modified' | 'uri' | 'programmes' | 'firstSeen' | 'holder'> {
  readonly actor: string;
  readonly abuse: Tag['abuse'] | '';
  readonly creator: string;
  readonly modified: string;
  readonly uri: string;
  readonly programmes: string[];
  readonly first_seen: number;
  readonly run: number;
  readonly change: number;
}

const storedColumns =
  'chain, hex(t.address) AS address, source, label, run, change, category, abuse, actor, creator, confidence, modified, uri, programmes, first_seen';

export function tagStore(columns: Columns): TagStore {
  const runs = runStore(columns);
  /** One import at a time: a run is compared with the one before it. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };

  /** Every change of these addresses, by tag, the newest of each first. Runs that were never committed do not exist. */
  const changesOf = async (chain: ChainId, addresses: readonly Address[]): Promise<StoredTag[][]> => {
    const [rows, lastRuns] = await Promise.all([
      columns.rows<StoredTag>(
        `SELECT ${storedColumns} FROM tag_changes AS t
         WHERE t.chain = {chain:String} AND t.address IN (SELECT unhex(arrayJoin({addresses:Array(String)})))`,
        { chain, addresses: addresses.map((address) => addressHex(chain, address)) },
      ),
      runs.lastRuns(),
    ]);
    const byTag = Map.groupBy(
      rows.filter(({ source, run }) => run <= (lastRuns.get(source) ?? 0)),
      ({ address, source, label }) => [address, source, label].join('\u0000'),
    );
    return [...byTag.values()].map((changes) => changes.sort((a, b) => b.run - a.run || b.change - a.change));
  };

  return {
    putTags: (tags, extent = 'some') =>
      inTurn(async () => {
        const settings = new Set((await runs.sources()).filter((it) => it.kind === 'settings').map((it) => it.source));
        const sources = Map.groupBy(tags, ({ source }) => source);
        if (extent === 'all') for (const source of settings) if (!sources.has(source)) sources.set(source, []);
        for (const [source, own] of sources) {
          const next = new Map(own.map((item) => [tagKey(item), { item: item as TagRow, digest: tagDigest(item) }]));
          const held = await runs.heldTags(source);
          const whole = extent === 'all' && settings.has(source);
          const diff = diffOf(held, next, { now: 0, whole, stays: () => false });
          if (diff.changes.length === 0) continue;
          const before = await runs.last(source);
          await runs.write({
            ...{ source, run: (before?.run ?? 0) + 1, kind: before?.kind ?? 'settings', at: null, refused: 0 },
            ...{ tags: held.size + diff.counts.added - diff.counts.removed, actors: before?.actors ?? 0 },
            ...{ tagChanges: diff.changes, actorChanges: [], counts: diff.counts },
          });
        }
      }),

    takeBackTags: (source) =>
      inTurn(async () => {
        const held = await runs.heldTags(source);
        const before = await runs.last(source);
        const diff = diffOf<TagRow>(held, new Map(), { now: 0, whole: true, stays: () => false });
        if (before?.kind !== 'settings' || diff.changes.length === 0) return;
        await runs.write({
          ...{ source, run: before.run + 1, kind: before.kind, at: null, refused: 0 },
          ...{ tags: 0, actors: before.actors, tagChanges: diff.changes, actorChanges: [], counts: diff.counts },
        });
      }),

    tags: async (chain, addresses) => {
      const found = new Map<Address, Tag[]>();
      if (addresses.length === 0) return found;
      const rows = (await changesOf(chain, addresses)).flatMap(([newest]) =>
        newest && counts(newest) ? [newest] : [],
      );
      if (rows.length === 0) return found;
      const holders = rows.some(({ actor }) => actor !== '') ? await runs.actors() : new Map<string, Tag['holder']>();
      for (const row of rows) {
        const tag = tagOf(chain, row, holders);
        const list = found.get(tag.address);
        if (list) list.push(tag);
        else found.set(tag.address, [tag]);
      }
      for (const list of found.values()) list.sort(surestFirst);
      return found;
    },

    tagged: async (chain, categories) => {
      if (categories.length === 0) return [];
      const [found] = await columns.table<[string[]]>(
        `SELECT DISTINCT hex(address) FROM tag_changes
         WHERE chain = {chain:String} AND (category IN {categories:Array(String)} OR (abuse = 'sanction' AND has({categories:Array(String)}, 'sanctioned')))`,
        { chain, categories },
      );
      return found.map((hex) => addressOfHex(chain, hex));
    },

    named: async (asked) => {
      if (asked.length === 0) return [];
      const rows = await columns.rows<{ chain: ChainId; address: string }>(
        `SELECT DISTINCT chain, hex(t.address) AS address FROM tag_changes AS t
         WHERE t.chain IN {chains:Array(String)} AND t.address IN (SELECT unhex(arrayJoin({addresses:Array(String)})))`,
        {
          chains: [...new Set(asked.map(({ chain }) => chain))],
          addresses: [...new Set(asked.map(({ chain, address }) => addressHex(chain, address)))],
        },
      );
      const found = new Set(rows.map(({ chain, address }) => `${chain} ${address}`));
      return asked.filter(({ chain, address }) => found.has(`${chain} ${addressHex(chain, address)}`));
    },

    namedAlike: async (asked) => {
      const ends = asked.filter(({ chain }) => namespaceOf(chain) === 'eip155').map(({ address }) => endsOf(address));
      if (ends.length === 0) return [];
      const rows = await columns.rows<{ chain: ChainId; address: string }>(
        `SELECT DISTINCT chain, hex(t.address) AS address FROM tag_changes AS t
         WHERE startsWith(t.chain, 'eip155:') AND length(t.address) = 20
           AND concat(substring(t.address, 1, ${endBytes}), substring(t.address, -${endBytes}))
             IN (SELECT unhex(arrayJoin({ends:Array(String)}))) ORDER BY chain, address LIMIT ${alikeMax}`,
        { ends: [...new Set(ends)] },
      );
      return rows.map(({ chain, address }) => ({ chain, address: addressOfHex(chain, address) }));
    },

    tagHistory: async (chain, address) => {
      const [byTag, holders, sources] = await Promise.all([changesOf(chain, [address]), runs.actors(), runs.times()]);
      const tags: Tag[] = [];
      const past: AddressTags['past'] = [];
      for (const [newest, ...older] of byTag) {
        if (newest && counts(newest)) tags.push(tagOf(chain, newest, holders));
        const before = older.find(counts);
        if (newest && !counts(newest) && before)
          past.push({
            tag: tagOf(chain, before, holders),
            removedAt: sources.get(`${newest.source}\u0000${newest.run}`) ?? null,
            removedBy: newest.run,
          });
      }
      return { chain, address, tags: tags.sort(surestFirst), past };
    },

    importTags: (list, at) =>
      inTurn(async () => {
        const { source, kind } = list;
        const read = await readList(list);
        if (read.tags.size + read.actors.size === 0)
          throw new GongjoError('tag-list-empty', { source, refused: read.refused });
        const [before, heldTags, heldActors] = await Promise.all([
          runs.last(source),
          runs.heldTags(source),
          runs.heldActors(source),
        ]);
        const now = Math.floor(epochMs(at) / 1000);
        const tags = diffOf(heldTags, read.tags, {
          ...{ now, whole: read.whole },
          stays: (key) => wasRefused(read.refusedTexts, key),
        });
        const actors = diffOf(heldActors, read.actors, { now, whole: true, stays: () => false });
        const sum = (name: 'added' | 'changed' | 'removed') => tags.counts[name] + actors.counts[name];
        const told = {
          ...{ repeated: read.repeated, unchanged: tags.unchanged + actors.unchanged, refusals: [...read.refusals] },
          ...{ added: sum('added'), changed: sum('changed'), removed: sum('removed'), refused: read.refused },
        };
        if (before && tags.changes.length + actors.changes.length === 0) return { ...before, ...told };
        const run: TagRun = {
          ...{ source, run: (before?.run ?? 0) + 1, kind, at: instant(now * 1000), refused: read.refused },
          tags: heldTags.size + tags.counts.added - tags.counts.removed,
          actors: heldActors.size + actors.counts.added - actors.counts.removed,
          ...{ added: told.added, changed: told.changed, removed: told.removed },
        };
        await runs.write({ ...run, tagChanges: tags.changes, actorChanges: actors.changes, counts: run });
        return { ...run, ...told };
      }),

    tagSources: () => runs.sources(),
    tagRuns: (source) => runs.of(source),
    tagRun: async (source, run) => {
      const found = (await runs.of(source)).find((it) => it.run === run);
      if (!found) throw new GongjoError('not-found');
      return { ...found, ...(await runs.changes(source, run)) };
    },
  };
}

/** The list still has the address, in a form that was refused: in one letter case, most often. */
function wasRefused(refused: ReadonlySet<string>, key: string): boolean {
  const [chain = '', address = ''] = key.split('\u0000');
  if (refused.size === 0) return false;
  return addressTexts(chain as ChainId, address as Address).some((text) => refused.has(text.toLowerCase()));
}

/** The row does not take the tag away. */
function counts({ change }: Pick<StoredTag, 'change'>): boolean {
  return change === 1 || change === 2;
}

function surestFirst(a: Tag, b: Tag): number {
  return b.confidence - a.confidence || compare(a.label, b.label) || compare(a.source, b.source);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function tagOf(chain: ChainId, row: StoredTag, holders: ReadonlyMap<string, Tag['holder']>): Tag {
  const holder = row.actor === '' ? undefined : holders.get(row.actor);
  return {
    chain,
    address: addressOfHex(chain, row.address),
    label: row.label,
    category: row.category,
    actor: row.actor === '' ? null : row.actor,
    source: row.source,
    confidence: row.confidence,
    ...(row.creator === '' ? {} : { creator: row.creator }),
    ...(row.abuse === '' || row.abuse === undefined ? {} : { abuse: row.abuse }),
    ...(row.modified === '' ? {} : { modified: row.modified }),
    ...(row.first_seen === 0 ? {} : { firstSeen: instant(row.first_seen * 1000) }),
    ...(row.uri === '' ? {} : { uri: row.uri }),
    ...(row.programmes.length === 0 ? {} : { programmes: row.programmes }),
    ...(holder === undefined ? {} : { holder }),
  };
}
