import type { HeldObjectView } from '@gongjo/contract';
import type { Db } from '../platform/index.ts';
import { type ListedRow, listedColumns, viewOf } from './listing.store.ts';

/** Not of these incidents. What else hides an object from a reader is asked of what was found (`objectsSeen`). */
const notOfAny = (incidents: string) => `(o.incident is null or o.incident <> all(${incidents}))`;

/** Answers are read by a person; whoever gets more has asked too little. */
export const objectsFoundMax = 50;
/** Of one address or transaction, a page shows the first. */
export const objectsAboutMax = 200;
/** What the reader does not see is left out of so many before the answer is cut. */
const consideredMax = 1_000;
/** Fewer letters begin too many words. */
const lettersMin = 2;

/** A word that more objects have than this finds some of them, not the last. */
const candidatesMax = 5_000;

/**
 * The last objects for which a condition holds. The inner limit keeps the planner from walking through all objects from the last
 * on, which for a rare word is every one: it takes the index of the condition.
 */
const lastOf = (condition: string) =>
  `(select added_seq from (select added_seq from shared_objects where ${condition} offset 0) as c limit ${candidatesMax}) as d order by added_seq desc limit ${consideredMax}`;

const newest = `not exists (select 1 from shared_objects n where n.id = o.id and n.origin = o.origin and n.added_seq > o.added_seq)`;

/**
 * Objects by the identifiers given, by the words of their line – whole, then each a beginning of one of its words –, or by the
 * beginning of their identifier; what came last first. Words are those of PostgreSQL's plain text search: in no language, so both are found.
 */
export async function findObjects(
  db: Db,
  text: string | null,
  ids: readonly string[],
  notOf: readonly string[],
): Promise<HeldObjectView[]> {
  const words = text === null ? [] : wordsOf(text);
  const prefix = text !== null && /^[a-z][a-z0-9-]*--[0-9a-f-]*$/.test(text) ? text : null;
  if (words.length === 0 && prefix === null && ids.length === 0) return [];
  const having = (query: string) => `to_tsvector('simple', label) @@ to_tsquery('simple', ${query})`;
  // Each part has an index of its own; joined by "or" none would be used.
  const rows = await db.query<ListedRow>(
    `with found (rank, seq) as (
       select 0, added_seq from shared_objects where id = any($1)
       union all (select 1, added_seq from ${lastOf(having('$2'))})
       union all (select 2, added_seq from ${lastOf(having('$3'))})
       union all (select 2, added_seq from ${lastOf('id like $4')})),
     best (rank, seq) as (select min(rank), seq from found group by seq)
     select ${listedColumns} from best join shared_objects o on o.added_seq = best.seq
     where ${newest} and ${notOfAny('$5')} order by best.rank, o.added_seq desc limit ${consideredMax}`,
    [
      ids,
      words.map((word) => `'${word}'`).join(' & '),
      words.map((word) => `'${word}':*`).join(' & '),
      prefix === null ? null : `${prefix}%`,
      notOf,
    ],
  );
  return rows.map(viewOf);
}

/** Objects of these identifiers, and those whose line names one of these texts whole. */
export async function objectsNaming(
  db: Db,
  ids: readonly string[],
  texts: readonly string[],
  notOf: readonly string[],
): Promise<HeldObjectView[]> {
  const naming = texts.map(
    (_, index) =>
      `union all (select added_seq from ${lastOf(`to_tsvector('simple', label) @@ phraseto_tsquery('simple', $${index + 3})`)})`,
  );
  const rows = await db.query<ListedRow>(
    `with found (seq) as (select added_seq from shared_objects where id = any($1) ${naming.join(' ')})
     select ${listedColumns} from (select distinct seq from found) as f join shared_objects o on o.added_seq = f.seq
     where ${newest} and ${notOfAny('$2')} order by o.added_seq desc limit ${consideredMax}`,
    [ids, notOf, ...texts],
  );
  return rows.map(viewOf);
}

/** Which of these identifiers the desk has an object of. */
export async function objectsHeld(db: Db, ids: readonly string[], notOf: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.query<{ id: string }>(
    `select distinct o.id from shared_objects o where o.id = any($1) and ${newest} and ${notOfAny('$2')}`,
    [ids, notOf],
  );
  return new Set(rows.map(({ id }) => id));
}

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return words.filter((word) => word.length >= lettersMin).slice(0, 10);
}
