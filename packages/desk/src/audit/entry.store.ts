import { GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { type AuditEntry, type EntryRow, entryOf } from './entry.ts';

/** What a page or a list shows at once. */
export const entriesListedMax = 500;

/** Which entries: all conditions hold together. */
export interface EntryFilter {
  /** Entries before this one. */
  readonly before?: number | undefined;
  readonly actor?: string | undefined;
  /** An action, or the part of it before the dot. */
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly limit: number;
}

/** The newest first. */
export async function listEntries(db: Db, filter: EntryFilter): Promise<AuditEntry[]> {
  const { before, actor, action, subject, since, until, limit } = filter;
  const rows = await db.query<EntryRow>(
    `select * from audit_entries
     where ($1::integer is null or seq < $1) and ($2::text is null or actor = $2)
       and ($3::text is null or action = $3 or starts_with(action, $3 || '.')) and ($4::text is null or subject = $4)
       and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at <= $6)
     order by seq desc limit $7`,
    [
      before ?? null,
      actor ?? null,
      action ?? null,
      subject ?? null,
      since ?? null,
      until ?? null,
      // One more than is shown tells that there are more.
      Math.min(limit, entriesListedMax + 1),
    ],
  );
  return rows.map(entryOf);
}

/** Throws `audit-entry-unknown`. */
export async function entryAt(db: Db, seq: number): Promise<AuditEntry> {
  const [row] = await db.query<EntryRow>('select * from audit_entries where seq = $1', [seq]);
  if (!row) throw new GongjoError('audit-entry-unknown', { seq });
  return entryOf(row);
}

/** What an evidence package takes of the record, at most. */
const excerptMax = 5000;

export interface Excerpt {
  readonly entries: AuditEntry[];
  /** How many older ones there are besides. */
  readonly omitted: number;
}

/** The entries about any of these subjects up to a size of the record, in order; the newest of them where there are too many. */
export async function entriesAbout(
  db: Db,
  subjects: readonly string[],
  size: number,
  max: number = excerptMax,
): Promise<Excerpt> {
  const rows = await db.query<EntryRow & { total: number }>(
    `select *, (count(*) over ())::integer as total from audit_entries where subject = any($1) and seq <= $2
     order by seq desc limit $3`,
    [subjects, size, max],
  );
  return { entries: rows.map(entryOf).reverse(), omitted: (rows[0]?.total ?? 0) - rows.length };
}

/** Entries are read in portions of this many: a record that has grown for years does not fit into memory. */
const entriesPerQuery = 1000;

export type StoredEntry = EntryRow & { readonly hashes: string | null; readonly link: string | null };

/** Every entry after `from` up to `to` in order, in portions, whatever gaps there are between them. */
export async function* entryRows(db: Db, from = 0, to = Number.MAX_SAFE_INTEGER): AsyncGenerator<StoredEntry[]> {
  let after = from;
  for (;;) {
    const rows = await db.query<StoredEntry>(
      'select * from audit_entries where seq > $1 and seq <= $2::bigint order by seq limit $3',
      [after, to, entriesPerQuery],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.seq;
  }
}
