import type { Problem } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';

/** Checkpoints of our own that are kept: a week of one a minute. Witnesses keep the newest for longer than that. */
const checkpointsKeptMax = 10_000;

export interface KeptCheckpoint {
  readonly size: number;
  /** Hexadecimal. */
  readonly root: string;
  readonly note: string;
  readonly at: string;
}

interface CheckpointRow {
  size: number;
  root: string;
  note: string;
  at: Date;
}

export async function newestCheckpoint(db: Db): Promise<KeptCheckpoint | null> {
  const [row] = await db.query<CheckpointRow>('select * from audit_checkpoints order by size desc limit 1');
  return row ? { ...row, at: instant(row.at.getTime()) } : null;
}

/** Keeps what this desk signed. A checkpoint of a size that it signed before is kept in its place. */
export async function keepCheckpoint(tx: Db, kept: KeptCheckpoint): Promise<void> {
  await tx.query(
    `insert into audit_checkpoints (size, root, note, at) values ($1, $2, $3, $4)
     on conflict (size) do update set root = excluded.root, note = excluded.note, at = excluded.at`,
    [kept.size, kept.root, kept.note, kept.at],
  );
  await tx.query(
    'delete from audit_checkpoints where size < (select size from audit_checkpoints order by size desc offset $1 limit 1)',
    [checkpointsKeptMax - 1],
  );
}

/** What a partner last said to our record. */
export interface Witness {
  readonly desk: string;
  /** The size of ours that it last cosigned; 0 before the first time. */
  readonly size: number;
  /** Its signature line on our checkpoint of that size. */
  readonly cosignature: string | null;
  readonly witnessedAt: string | null;
  readonly askedAt: string | null;
  readonly problem: Problem | null;
}

interface WitnessRow {
  desk: string;
  size: number;
  cosignature: string | null;
  witnessed_at: Date | null;
  asked_at: Date | null;
  problem: Problem | null;
}

const time = (at: Date | null) => at && instant(at.getTime());

export async function listWitnesses(db: Db): Promise<Witness[]> {
  const rows = await db.query<WitnessRow>('select * from audit_witnesses order by desk');
  return rows.map(({ desk, size, cosignature, witnessed_at, asked_at, problem }) => ({
    ...{ desk, size, cosignature, problem },
    witnessedAt: time(witnessed_at),
    askedAt: time(asked_at),
  }));
}

export async function noteCosigned(tx: Db, clock: Clock, desk: string, size: number, line: string): Promise<void> {
  await tx.query(
    `insert into audit_witnesses (desk, size, cosignature, witnessed_at, asked_at) values ($1, $2, $3, $4, $4)
     on conflict (desk) do update set size = $2, cosignature = $3, witnessed_at = $4, asked_at = $4, problem = null`,
    [desk, size, line, instant(clock.now())],
  );
}

export async function noteUnwitnessed(db: Db, clock: Clock, desk: string, problem: Problem): Promise<void> {
  await db.query(
    `insert into audit_witnesses (desk, size, asked_at, problem) values ($1, 0, $2, $3)
     on conflict (desk) do update set asked_at = $2, problem = $3`,
    [desk, instant(clock.now()), JSON.stringify(problem)],
  );
}

/** The newest checkpoint of a partner's record that continues the one before. */
export interface Held {
  readonly desk: string;
  readonly size: number;
  readonly note: string;
  /** When the partner said it, by its own clock. */
  readonly witnessedAt: string;
  /** When this desk last saw that it holds. */
  readonly seenAt: string;
}

interface HeldRow {
  desk: string;
  size: number;
  note: string;
  witnessed_at: Date;
  seen_at: Date;
}

const heldOf = ({ witnessed_at, seen_at, ...rest }: HeldRow): Held => ({
  ...rest,
  witnessedAt: instant(witnessed_at.getTime()),
  seenAt: instant(seen_at.getTime()),
});

export async function listHeld(db: Db, desk: string | null = null): Promise<Held[]> {
  const rows = await db.query<HeldRow>(
    'select * from witnessed_checkpoints where $1::text is null or desk = $1 order by desk',
    [desk],
  );
  return rows.map(heldOf);
}

export async function keepHeld(tx: Db, held: Held): Promise<void> {
  await tx.query(
    `insert into witnessed_checkpoints (desk, size, note, witnessed_at, seen_at) values ($1, $2, $3, $4, $5)
     on conflict (desk) do update set size = $2, note = $3, witnessed_at = $4, seen_at = $5`,
    [held.desk, held.size, held.note, held.witnessedAt, held.seenAt],
  );
}

/**
 * `forked`: two checkpoints of one record that no history contains both of. `shortened`: a record that is shorter than it was.
 */
export interface Contradiction {
  readonly id: string;
  /** Whose record; this desk's own where a witness of ours found it. */
  readonly desk: string;
  readonly kind: 'forked' | 'shortened';
  /** The checkpoint that was held, and the one that contradicts it: notes, each signed by that desk. */
  readonly held: { readonly size: number; readonly note: string };
  readonly told: { readonly size: number; readonly note: string };
  /** The signed message that brought the second. */
  readonly message: string | null;
  readonly foundAt: string;
  readonly accepted: { readonly at: string; readonly by: string; readonly reason: string } | null;
}

interface ContradictionRow {
  id: string;
  desk: string;
  kind: Contradiction['kind'];
  held_size: number;
  held: string;
  told_size: number;
  told: string;
  message: string | null;
  found_at: Date;
  accepted_at: Date | null;
  accepted_by: string | null;
  reason: string | null;
}

/** Each needs a person before there can be another of the same desk, so few are ever listed. */
const contradictionsListedMax = 200;

/** Those that nobody has accepted first, then the newest. */
export async function listContradictions(db: Db): Promise<Contradiction[]> {
  const rows = await db.query<ContradictionRow>(
    'select * from audit_contradictions order by accepted_at is not null, found_at desc, id limit $1',
    [contradictionsListedMax],
  );
  return rows.map(contradictionOf);
}

/** How many there are, and how many of them nobody has accepted. */
export async function countContradictions(db: Db): Promise<{ readonly all: number; readonly open: number }> {
  const [row] = await db.query<{ all: number; open: number }>(
    `select count(*)::integer as all, (count(*) filter (where accepted_at is null))::integer as open
     from audit_contradictions`,
  );
  return row ?? { all: 0, open: 0 };
}

function contradictionOf(row: ContradictionRow): Contradiction {
  const { id, desk, kind, message, accepted_at: at, accepted_by: by, reason } = row;
  return {
    ...{ id, desk, kind, message },
    held: { size: row.held_size, note: row.held },
    told: { size: row.told_size, note: row.told },
    foundAt: instant(row.found_at.getTime()),
    accepted: at && { at: instant(at.getTime()), by: by ?? '', reason: reason ?? '' },
  };
}

/** The one of this desk that nobody has accepted. */
export async function openContradiction(db: Db, desk: string): Promise<Contradiction | null> {
  const [row] = await db.query<ContradictionRow>(
    'select * from audit_contradictions where desk = $1 and accepted_at is null',
    [desk],
  );
  return row ? contradictionOf(row) : null;
}

/** Answers whether it is news: while one of a desk is open, others of it say nothing new. */
export async function addContradiction(tx: Db, found: Omit<Contradiction, 'accepted'>): Promise<boolean> {
  const rows = await tx.query(
    `insert into audit_contradictions (id, desk, kind, held_size, held, told_size, told, message, found_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`,
    [
      found.id,
      found.desk,
      found.kind,
      found.held.size,
      found.held.note,
      found.told.size,
      found.told.note,
      found.message,
      found.foundAt,
    ],
  );
  return rows.length > 0;
}

/**
 * From now on that desk's next checkpoint is held, whatever it says; of this desk's own record (`own`), what is signed next
 * is measured by nothing that was signed before. Throws `contradiction-unknown`.
 */
export async function acceptContradiction(
  tx: Db,
  clock: Clock,
  { id, by, reason, own }: { readonly id: string; readonly by: string; readonly reason: string; readonly own: string },
): Promise<Contradiction> {
  const [row] = await tx.query<ContradictionRow>(
    `update audit_contradictions set accepted_at = $2, accepted_by = $3, reason = $4
     where id = $1 and accepted_at is null returning *`,
    [id, instant(clock.now()), by, reason],
  );
  if (!row) throw new GongjoError('contradiction-unknown', { id });
  await tx.query('delete from witnessed_checkpoints where desk = $1', [row.desk]);
  if (row.desk === own) await tx.query('delete from audit_checkpoints');
  return contradictionOf(row);
}
