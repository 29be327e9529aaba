import type { HeldObjectView } from '@gongjo/contract';
import type { Db } from '../platform/index.ts';
import { type ListedRow, listedColumns, viewOf } from './listing.store.ts';

/** Answers are read by a person; whoever gets more has asked too little. */
const foundMax = 50;
/** Of one address or transaction, a page shows the first. */
const aboutMax = 200;
/** Fewer letters begin too many words. */
const lettersMin = 2;

const newest = `not exists (select 1 from shared_objects n where n.id = o.id and n.origin = o.origin and n.added_seq > o.added_seq)`;

/**
 * Objects by the words of their line – each a beginning of one of its words –, by the beginning of their identifier, or by the
 * identifiers given; what came last first. Words are those of PostgreSQL's plain text search: in no language, so both are found.
 */
export async function findObjects(db: Db, text: string | null, ids: readonly string[]): Promise<HeldObjectView[]> {
  const words = text === null ? [] : wordsOf(text);
  const prefix = text !== null && /^[a-z][a-z0-9-]*--[0-9a-f-]*$/.test(text) ? text : null;
  if (words.length === 0 && prefix === null && ids.length === 0) return [];
  const rows = await db.query<ListedRow>(
    `select ${listedColumns} from shared_objects o where (o.added_seq in (
         select added_seq from shared_objects where to_tsvector('simple', label) @@ to_tsquery('simple', $1) order by added_seq desc limit ${2 * foundMax})
       or o.id = any($2) or o.added_seq in (select added_seq from shared_objects where id like $3 order by added_seq desc limit ${2 * foundMax}))
       and ${newest} order by o.id = any($2) desc, o.added_seq desc limit ${foundMax}`,
    [words.map((word) => `'${word}':*`).join(' & '), ids, prefix === null ? null : `${prefix}%`],
  );
  return rows.map(viewOf);
}

/** Objects of these identifiers, and those whose line names one of these texts whole. */
export async function objectsNaming(
  db: Db,
  ids: readonly string[],
  texts: readonly string[],
): Promise<HeldObjectView[]> {
  const rows = await db.query<ListedRow>(
    `select ${listedColumns} from shared_objects o where (o.id = any($1) or exists (
         select 1 from unnest($2::text[]) as t where to_tsvector('simple', o.label) @@ phraseto_tsquery('simple', t)))
       and ${newest} order by o.added_seq desc limit ${aboutMax}`,
    [ids, texts],
  );
  return rows.map(viewOf);
}

/** Which of these identifiers the desk has an object of. */
export async function objectsHeld(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.query<{ id: string }>('select distinct id from shared_objects where id = any($1)', [ids]);
  return new Set(rows.map(({ id }) => id));
}

function wordsOf(text: string): string[] {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return words.filter((word) => word.length >= lettersMin).slice(0, 10);
}
