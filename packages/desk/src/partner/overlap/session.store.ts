import type { Problem } from '@gongjo/contract';
import { instant } from '../../kernel/index.ts';
import type { Clock, Db } from '../../platform/index.ts';

/** A session as its record keeps it: counts and commitments on both sides, never an identifier. */
export interface OverlapSession {
  readonly id: string;
  readonly desk: string;
  readonly side: 'asker' | 'answerer';
  readonly state: 'open' | 'done' | 'failed';
  /** Questions, filler included: what the other side saw. */
  readonly asked: number;
  readonly wentBack: number;
  readonly overlaps: number;
  readonly ourEpoch: number;
  readonly theirEpoch: number;
  readonly list: string | null;
  /** SHA-256 of each message, by its kind: the same on both sides. */
  readonly digests: Readonly<Record<string, string>>;
  readonly purpose: string;
  readonly legalBasis: string | null;
  readonly by: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly problem: Problem | null;
}

/** With what a session under way needs to go on. */
export interface KeptSession extends OverlapSession {
  readonly kept: string | null;
  readonly reply: string | null;
  /** The asker's `return`, kept before it is looked at. */
  readonly came: string | null;
}

interface Row {
  id: string;
  desk: string;
  side: OverlapSession['side'];
  state: OverlapSession['state'];
  asked: number;
  went_back: number;
  in_common: number;
  our_epoch: number;
  their_epoch: number;
  list: string | null;
  digests: Record<string, string>;
  purpose: string;
  legal_basis: string | null;
  by_whom: string;
  started_at: Date;
  ended_at: Date | null;
  kept: string | null;
  reply: string | null;
  came: string | null;
  problem: Problem | null;
}

const sessionOf = (row: Row): KeptSession => ({
  id: row.id,
  desk: row.desk,
  side: row.side,
  state: row.state,
  asked: row.asked,
  wentBack: row.went_back,
  overlaps: row.in_common,
  ourEpoch: row.our_epoch,
  theirEpoch: row.their_epoch,
  list: row.list,
  digests: row.digests,
  purpose: row.purpose,
  legalBasis: row.legal_basis,
  by: row.by_whom,
  startedAt: instant(row.started_at.getTime()),
  endedAt: row.ended_at && instant(row.ended_at.getTime()),
  kept: row.kept,
  reply: row.reply,
  came: row.came,
  problem: row.problem,
});

/** False where a session of that name is there already: then nothing is written. */
export async function addSession(
  tx: Db,
  clock: Clock,
  session: Pick<
    KeptSession,
    | 'id'
    | 'desk'
    | 'side'
    | 'asked'
    | 'ourEpoch'
    | 'theirEpoch'
    | 'purpose'
    | 'legalBasis'
    | 'by'
    | 'kept'
    | 'reply'
    | 'digests'
  > &
    Partial<Pick<KeptSession, 'wentBack' | 'list'>>,
): Promise<boolean> {
  const added = await tx.query(
    `insert into overlap_sessions (id, desk, side, state, asked, went_back, our_epoch, their_epoch, list, digests, purpose,
       legal_basis, by_whom, started_at, kept, reply)
     values ($1, $2, $3, 'open', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     on conflict (id) do nothing returning id`,
    [
      session.id,
      session.desk,
      session.side,
      session.asked,
      session.wentBack ?? 0,
      session.ourEpoch,
      session.theirEpoch,
      session.list ?? null,
      JSON.stringify(session.digests),
      session.purpose,
      session.legalBasis,
      session.by,
      instant(clock.now()),
      session.kept,
      session.reply,
    ],
  );
  return added.length > 0;
}

export async function findSession(db: Db, desk: string, id: string): Promise<KeptSession | null> {
  const [row] = await db.query<Row>('select * from overlap_sessions where id = $1 and desk = $2', [id, desk]);
  return row ? sessionOf(row) : null;
}

/** Questions of sessions that this desk began with a partner since, filler included, answered or not. */
export async function askedOf(db: Db, desk: string, sinceMs: number): Promise<number> {
  const [row] = await db.query<{ asked: string | number | null }>(
    `select sum(asked) as asked from overlap_sessions where desk = $1 and side = 'asker' and started_at >= $2`,
    [desk, instant(sinceMs)],
  );
  return Number(row?.asked ?? 0);
}

/** Sessions that this desk began with a partner and that broke off. */
export async function openSessions(db: Db, desk: string): Promise<KeptSession[]> {
  const rows = await db.query<Row>(
    `select * from overlap_sessions where desk = $1 and side = 'asker' and state = 'open' order by started_at`,
    [desk],
  );
  return rows.map(sessionOf);
}

export async function keepCame(tx: Db, id: string, came: string): Promise<void> {
  await tx.query(`update overlap_sessions set came = coalesce(came, $2) where id = $1 and state = 'open'`, [id, came]);
}

/** Sessions of partners whose last message came and was not looked at yet. */
export async function unread(db: Db): Promise<KeptSession[]> {
  const rows = await db.query<Row>(
    `select * from overlap_sessions where side = 'answerer' and state = 'open' and came is not null order by started_at`,
  );
  return rows.map(sessionOf);
}

export async function noteMessages(
  tx: Db,
  id: string,
  noted: {
    readonly digests: Readonly<Record<string, string>>;
    readonly list?: string;
    readonly wentBack?: number;
    readonly overlaps?: number;
  },
): Promise<void> {
  await tx.query(
    `update overlap_sessions set digests = digests || $2::jsonb, list = coalesce($3, list),
       went_back = coalesce($4, went_back), in_common = greatest(in_common, coalesce($5, in_common)) where id = $1`,
    [id, JSON.stringify(noted.digests), noted.list ?? null, noted.wentBack ?? null, noted.overlaps ?? null],
  );
}

/** Claims go in pieces of a hundred; so many are twice what the largest session has. Without a bound its record could be filled. */
const tellingsMax = 100;

/**
 * Notes a `tell` and its `told`, once it is there; the first of a session has these names, the next `tell-2`, `told-2` and so on.
 * Answers whether it was new, `null` where there were too many.
 */
export async function noteTelling(tx: Db, id: string, tell: string, told: string | null): Promise<boolean | null> {
  const [row] = await tx.query<Pick<Row, 'digests'>>('select digests from overlap_sessions where id = $1 for update', [
    id,
  ]);
  const digests = row?.digests ?? {};
  const place = (n: number) => (n === 1 ? '' : `-${n}`);
  let n = 1;
  while (digests[`tell${place(n)}`] !== undefined && digests[`tell${place(n)}`] !== tell) n += 1;
  if (n > tellingsMax) return null;
  await noteMessages(tx, id, {
    digests: { [`tell${place(n)}`]: tell, ...(told !== null && { [`told${place(n)}`]: told }) },
  });
  return digests[`tell${place(n)}`] === undefined;
}

/** The end, good or not: what was secret of it is forgotten. The reply stays for a message that comes again. */
export async function endSession(tx: Db, clock: Clock, id: string, problem: Problem | null): Promise<void> {
  await tx.query('update overlap_sessions set state = $2, ended_at = $3, kept = null, problem = $4 where id = $1', [
    id,
    problem === null ? 'done' : 'failed',
    instant(clock.now()),
    problem === null ? null : JSON.stringify(problem),
  ]);
}

export async function listSessions(db: Db): Promise<OverlapSession[]> {
  const rows = await db.query<Row>('select * from overlap_sessions order by started_at desc, id limit 200');
  return rows.map(sessionOf).map(({ kept: _kept, reply: _reply, came: _came, ...session }) => session);
}

/** A message that did not arrive is sent again within minutes; after a day nobody waits for it. */
export const repliesKeptMs = 86_400_000;
