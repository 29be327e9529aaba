import type { Instant, NoticeChannel, NoticeState, Notice as NoticeView, Problem, Text } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db, Random } from '../platform/index.ts';
import type { Way } from './notice.ts';

/** One way to one agency about one incident. */
export interface StoredNotice extends Way {
  readonly id: string;
  readonly incident: string;
  readonly cause: NoticeView['cause'];
  readonly insteadOf: string | null;
  readonly drill: boolean;
  readonly state: NoticeState;
  readonly at: Instant;
  readonly round: number;
  readonly attempts: number;
  readonly nextAt: Instant | null;
  readonly sentAt: Instant | null;
  readonly deliveredAt: Instant | null;
  readonly acknowledgedAt: Instant | null;
  readonly acknowledgedBy: string | null;
  readonly problem: Problem | null;
}

interface Row {
  id: string;
  incident: string;
  agency: string;
  contact: string;
  channel: NoticeChannel;
  cause: NoticeView['cause'];
  instead_of: string | null;
  drill: boolean;
  state: NoticeState;
  at: Date;
  round: number;
  attempts: number;
  next_at: Date | null;
  sent_at: Date | null;
  delivered_at: Date | null;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
  problem: Problem | null;
}

/** The pages show this many; older ones stay in the record. */
const noticesListedMax = 500;

/**
 * Adds the notices that are not there yet; answers the new ones. What is on a page of this desk has arrived with that; a
 * call waits for a person; the rest is due.
 */
export async function addNotices(
  tx: Db,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  about: { readonly incident: string; readonly drill: boolean; readonly insteadOf: string | null },
  ways: readonly (Way & { readonly problem: Problem | null })[],
): Promise<StoredNotice[]> {
  const now = instant(clock.now());
  const added: StoredNotice[] = [];
  for (const { agency, contact, channel, problem } of ways) {
    const isPage = channel === 'page';
    const state: NoticeState = isPage ? 'delivered' : channel === 'phone' ? 'by-hand' : 'due';
    const rows = await tx.query<Row>(
      `insert into notices (id, incident, agency, contact, channel, cause, instead_of, drill, state, at, next_at, sent_at, delivered_at, problem)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13)
       on conflict (incident, agency, contact, channel) do nothing returning *`,
      [
        `notice--${random.uuid()}`,
        about.incident,
        agency,
        contact,
        channel,
        about.insteadOf === null ? 'must-know' : 'escalated',
        about.insteadOf,
        about.drill,
        state,
        now,
        state === 'due' ? now : null,
        isPage ? now : null,
        problem ? JSON.stringify(problem) : null,
      ],
    );
    added.push(...rows.map(noticeOf));
  }
  return added;
}

/** The notices of an agency that nobody has acknowledged go out once more. Answers how many. */
export async function remind(tx: Db, clock: Clock, incident: string, ways: readonly Way[]): Promise<number> {
  let reminded = 0;
  for (const { agency, contact, channel } of ways)
    reminded += (
      await tx.query(
        `update notices set round = round + 1, attempts = 0, problem = null,
           state = case when channel in ('email', 'webhook') then 'due' else state end,
           next_at = case when channel in ('email', 'webhook') then $5 else next_at end
         where incident = $1 and agency = $2 and contact = $3 and channel = $4
           and acknowledged_at is null and state <> 'dropped' returning id`,
        [incident, agency, contact, channel, instant(clock.now())],
      )
    ).length;
  return reminded;
}

/** What is due on a channel, the oldest first. */
export async function dueNotices(db: Db, clock: Clock, channel: NoticeChannel, limit: number): Promise<StoredNotice[]> {
  const rows = await db.query<Row>(
    'select * from notices where channel = $1 and next_at <= $2 order by next_at, id limit $3',
    [channel, instant(clock.now()), limit],
  );
  return rows.map(noticeOf);
}

/** What became of a try. A notice that was reminded of meanwhile, or acknowledged, is not set back by an older try. */
export async function noteTry(
  tx: Db,
  clock: Clock,
  notice: Pick<StoredNotice, 'id' | 'round'>,
  outcome:
    | { readonly state: 'sent' | 'delivered' }
    | { readonly state: 'due' | 'failed'; readonly problem: Problem; readonly nextAt: Instant | null },
): Promise<boolean> {
  const now = instant(clock.now());
  const isDone = outcome.state === 'sent' || outcome.state === 'delivered';
  const rows = await tx.query(
    `update notices set state = $3, attempts = attempts + $4::integer, problem = $5, next_at = $6,
       sent_at = case when $7 then coalesce(sent_at, $8) else sent_at end,
       delivered_at = case when $3 = 'delivered' then coalesce(delivered_at, $8) else delivered_at end
     where id = $1 and round = $2 and state <> 'dropped' returning id`,
    [
      notice.id,
      notice.round,
      outcome.state,
      outcome.state === 'due' ? 0 : 1,
      'problem' in outcome ? JSON.stringify(outcome.problem) : null,
      'problem' in outcome ? outcome.nextAt : null,
      isDone,
      now,
    ],
  );
  return rows.length === 1;
}

/**
 * Somebody of the agency has seen it: all of its notices of this incident are answered. `isFirst`: nobody of it had before.
 * Throws `not-found`.
 */
export async function acknowledge(
  tx: Db,
  clock: Clock,
  id: string,
  by: string,
): Promise<StoredNotice & { readonly isFirst: boolean }> {
  const now = instant(clock.now());
  const [before] = await tx.query<{ answered: boolean }>(
    `select bool_or(n.acknowledged_at is not null) as answered from notices n join notices this
       on this.incident = n.incident and this.agency = n.agency where this.id = $1`,
    [id],
  );
  const [row] = await tx.query<Row>(
    `update notices set acknowledged_at = coalesce(acknowledged_at, $2), acknowledged_by = coalesce(acknowledged_by, $3),
       next_at = null
     where id = $1 returning *`,
    [id, now, by],
  );
  if (!row) throw new GongjoError('not-found');
  await tx.query(
    `update notices set acknowledged_at = $3, acknowledged_by = $4, next_at = null
     where incident = $1 and agency = $2 and acknowledged_at is null`,
    [row.incident, row.agency, now, by],
  );
  return { ...noticeOf(row), isFirst: before?.answered === false };
}

/**
 * The partner's desk says that its people have seen an incident: of `agency`, or, where that is none that it was to tell, of all
 * that it was to tell. Answers the agencies for which that is new.
 */
export async function acknowledgeThrough(
  tx: Db,
  { incident, desk, agency, at }: { incident: string; desk: string; agency: string; at: Instant },
): Promise<string[]> {
  const rows = await tx.query<{ agency: string }>(
    `update notices set acknowledged_at = greatest($4, at), acknowledged_by = $5, next_at = null
     where incident = $1 and channel = 'desk' and contact = $2 and acknowledged_at is null and state <> 'dropped'
       and (agency = $3 or not exists (
         select 1 from notices n where n.incident = $1 and n.channel = 'desk' and n.contact = $2 and n.agency = $3))
     returning agency`,
    [incident, desk, agency, at, `desk:${desk}`],
  );
  return [...new Set(rows.map((row) => row.agency))];
}

/** Notices of incidents that were taken back, or became part of another, are not sent any more. */
export async function dropNotices(tx: Db): Promise<void> {
  await tx.query(
    `update notices set state = 'dropped', next_at = null where state in ('due', 'failed', 'by-hand') and exists (
       select 1 from incidents i where i.id = notices.incident and (i.recalled_at is not null or i.body ->> 'mainId' is not null))`,
  );
}

/** Ways of which the directory now knows better: nobody was named, and now somebody is. */
export async function dropUnnamed(tx: Db, incident: string, agencies: readonly string[]): Promise<void> {
  await tx.query(
    `update notices set state = 'dropped', next_at = null
     where incident = $1 and agency = any($2) and contact = '' and channel = 'phone' and state = 'by-hand'`,
    [incident, agencies],
  );
}

/** Newest first; of one incident, or all that still waits, the longest waiting first. */
export async function listNotices(
  db: Db,
  asked: { readonly incident?: string | undefined; readonly waiting?: boolean | undefined } = {},
): Promise<(StoredNotice & { readonly title: Text })[]> {
  const rows = await db.query<Row & { title: Text }>(
    `select n.*, i.body -> 'title' as title from notices n join incidents i on i.id = n.incident
     where ($1::text is null or n.incident = $1)
       and (not $2 or (n.acknowledged_at is null and n.state in ('due', 'failed', 'by-hand')))
     order by case when $2 then n.at end, n.at desc, n.id limit $3`,
    [asked.incident ?? null, asked.waiting ?? false, noticesListedMax],
  );
  return rows.map((row) => ({ ...noticeOf(row), title: row.title }));
}

/** How many agencies were told of an incident, and how many have acknowledged. */
export async function toldCounts(db: Db, incident: string): Promise<{ told: number; acknowledged: number }> {
  const [row] = await db.query<{ told: number; acknowledged: number }>(
    `select count(distinct agency) filter (where sent_at is not null or delivered_at is not null)::integer as told,
       count(distinct agency) filter (where acknowledged_at is not null)::integer as acknowledged
     from notices where incident = $1`,
    [incident],
  );
  return row ?? { told: 0, acknowledged: 0 };
}

/** There is such a notice, for whoever reads. */
export async function isNotice(db: Db, id: string): Promise<boolean> {
  return (await db.query('select 1 from notices where id = $1', [id])).length > 0;
}

function noticeOf(row: Row): StoredNotice {
  const time = (at: Date | null) => at && instant(at.getTime());
  return {
    id: row.id,
    incident: row.incident,
    agency: row.agency,
    contact: row.contact,
    channel: row.channel,
    cause: row.cause,
    insteadOf: row.instead_of,
    drill: row.drill,
    state: row.state,
    at: instant(row.at.getTime()),
    round: row.round,
    attempts: row.attempts,
    nextAt: time(row.next_at),
    sentAt: time(row.sent_at),
    deliveredAt: time(row.delivered_at),
    acknowledgedAt: time(row.acknowledged_at),
    acknowledgedBy: row.acknowledged_by,
    problem: row.problem,
  };
}
