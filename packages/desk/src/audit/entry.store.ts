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
      Math.min(limit, entriesListedMax),
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

/** The entries about any of these subjects, in order; the first of them where there are too many. */
export async function entriesAbout(db: Db, subjects: readonly string[]): Promise<AuditEntry[]> {
  const rows = await db.query<EntryRow>('select * from audit_entries where subject = any($1) order by seq limit $2', [
    subjects,
    excerptMax,
  ]);
  return rows.map(entryOf);
}
