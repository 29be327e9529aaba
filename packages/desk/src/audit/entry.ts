import { canonicalJson, instant } from '../kernel/index.ts';
import { type Hash, leafHash } from './merkle/hash.ts';

/** What is recorded: who did what to what. `details` holds no secrets and no text of a case. */
export interface AuditEvent {
  readonly actor: string;
  readonly action: `${string}.${string}`;
  readonly subject: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** An event in its place; the first is number 1, which is leaf 0 of the tree. */
export interface AuditEntry extends Omit<AuditEvent, 'action'> {
  readonly seq: number;
  readonly at: string;
  readonly action: string;
}

/** As the database keeps it. */
export interface EntryRow {
  seq: number;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  details: Record<string, unknown>;
}

export function entryOf({ seq, at, actor, action, subject, details }: EntryRow): AuditEntry {
  return { seq, at: instant(at.getTime()), actor, action, subject, details };
}

/** The bytes of an entry: canonical JSON (RFC 8785) of exactly these six fields. */
export function entryText({ seq, at, actor, action, subject, details }: AuditEntry): string {
  return canonicalJson({ seq, at, actor, action, subject, details });
}

export function entryLeaf(entry: AuditEntry): Hash {
  return leafHash(entryText(entry));
}
