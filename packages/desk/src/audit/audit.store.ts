import { createHash } from 'node:crypto';
import { canonicalJson, instant } from '../kernel/index.ts';
import type { Clock, Db, Schema } from '../platform/index.ts';

export const auditSchema: Schema = {
  module: 'audit',
  steps: [
    `create table audit_entries (
       seq integer primary key,
       at timestamptz not null,
       actor text not null,
       action text not null,
       subject text not null,
       details jsonb not null,
       link text not null
     )`,
  ],
};

/** What is recorded: who did what to what. `details` holds no secrets and no text of a case. */
export interface AuditEvent {
  readonly actor: string;
  readonly action: `${string}.${string}`;
  readonly subject: string;
  readonly details: Readonly<Record<string, unknown>>;
}

interface Row {
  seq: number;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  details: Record<string, unknown>;
  link: string;
}

/** The link before the first entry. */
const origin = '0'.repeat(64);

/**
 * Appends to the record, in the caller's transaction. Each entry's link is SHA-256 over the previous link and the entry in
 * canonical JSON (RFC 8785), so that an entry cannot be changed, removed or put in between without breaking every later link.
 */
export async function recordAudit(tx: Db, clock: Clock, event: AuditEvent): Promise<void> {
  const [last] = await tx.query<{ seq: number; link: string }>(
    'select seq, link from audit_entries order by seq desc limit 1',
  );
  const seq = (last?.seq ?? 0) + 1;
  const at = instant(clock.now());
  const link = linkOf(last?.link ?? origin, { seq, at, ...event });
  await tx.query('insert into audit_entries values ($1, $2, $3, $4, $5, $6, $7)', [
    seq,
    at,
    event.actor,
    event.action,
    event.subject,
    JSON.stringify(event.details),
    link,
  ]);
}

/** Entries are checked in portions of this many: a record that has grown for years does not fit into memory. */
const entriesPerQuery = 1000;

/** Recomputes every link. Answers how many entries hold, and the first that does not. */
export async function verifyAudit(db: Db): Promise<{ readonly entries: number; readonly brokenAt: number | null }> {
  let link = origin;
  let entries = 0;
  for (;;) {
    const rows = await db.query<Row>('select * from audit_entries where seq > $1 order by seq limit $2', [
      entries,
      entriesPerQuery,
    ]);
    for (const { seq, at, actor, action, subject, details, link: kept } of rows) {
      link = linkOf(link, { seq, at: instant(at.getTime()), actor, action, subject, details });
      if (link !== kept || seq !== entries + 1) return { entries, brokenAt: seq };
      entries += 1;
    }
    if (rows.length < entriesPerQuery) return { entries, brokenAt: null };
  }
}

function linkOf(previous: string, entry: unknown): string {
  return createHash('sha256').update(previous).update(canonicalJson(entry)).digest('hex');
}
