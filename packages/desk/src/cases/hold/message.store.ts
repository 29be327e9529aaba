import {
  type HoldAsked,
  type HoldWarning,
  type HoldWay,
  type Instant,
  type Problem,
  zHoldAsked,
} from '@gongjo/contract';
import { instant } from '../../kernel/index.ts';
import type { Clock, Db, Random } from '../../platform/index.ts';
import type { Way } from '../notice.ts';
import { type DueWarning, hoursLeft, isStillSo } from './clocks.ts';
import type { StoredHold } from './hold.store.ts';
import { maySend } from './states.ts';

/** Something to be sent on account of a request: the request itself (`request`), or a warning, by its key. */
export interface HoldMessage {
  readonly id: string;
  readonly hold: string;
  readonly key: string;
  /** The round of approval whose documents it carries. */
  readonly round: number;
  readonly agency: string;
  readonly contact: string;
  readonly channel: 'email' | 'webhook' | 'page' | 'phone' | 'api' | 'desk';
  readonly target: string;
  readonly state: 'due' | 'failed' | 'sent' | 'by-hand' | 'dropped';
  readonly attempts: number;
  readonly at: Instant;
  readonly nextAt: Instant | null;
  readonly askedBy: string;
  readonly problem: Problem | null;
  /** The note that asks the addressee's desk, once it was put together. */
  readonly object: string | null;
  /** That note, or documents as well, are with the courier to the addressee's desk: they leave, whatever becomes of the request. */
  readonly handed: boolean;
}

/** What is asked of the addressee's desk, and the note that carries it. */
export interface Asking {
  readonly object: string;
  readonly asked: HoldAsked;
}

interface Row {
  id: string;
  hold: string;
  key: string;
  round: number;
  agency: string;
  contact: string;
  channel: HoldMessage['channel'];
  target: string;
  state: HoldMessage['state'];
  attempts: number;
  at: Date;
  next_at: Date | null;
  asked_by: string;
  problem: Problem | null;
  asking_object: string | null;
  handed: boolean;
}

export const requestKey = 'request';

const isHanded = '(m.note_left or exists (select 1 from hold_parcels p where p.object = m.asking_object))';
const messages = `select m.*, ${isHanded} as handed from hold_messages m`;
const isPending = `m.state in ('due', 'failed')`;

/**
 * Puts the request on its way; a second time by the same way it is sent anew. What is with a courier still is looked at to its end.
 * Answers the notes that are not to go any more, for this one takes their place.
 */
export async function queueRequest(
  tx: Db,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  { hold, round, way, to, by }: { hold: string; round: number; way: Exclude<HoldWay, 'print'>; to: string; by: string },
): Promise<string[]> {
  await tx.query(
    `update hold_messages m set key = m.key || '|' || m.id where m.hold = $1 and m.key = $2 and m.channel = $3
       and (m.round, m.target) <> ($4, $5) and ${isPending} and ${isHanded}`,
    [hold, requestKey, way, round, to],
  );
  const replaced = await tx.query<{ object: string }>(
    `select m.asking_object as object from hold_messages m where m.hold = $1 and m.key = $2 and m.channel = $3
       and (m.round, m.target) <> ($4, $5) and ${isPending} and m.asking_object is not null`,
    [hold, requestKey, way, round, to],
  );
  await tx.query(
    `insert into hold_messages as m (id, hold, key, round, agency, contact, channel, target, state, at, next_at, asked_by)
     values ($1, $2, $3, $4, '', '', $5, $6, 'due', $7, $7, $8)
     on conflict (hold, key, agency, contact, channel) do update set id = excluded.id, round = excluded.round,
       asking = case when (m.round, m.target) = (excluded.round, excluded.target) then m.asking end,
       asking_object = case when (m.round, m.target) = (excluded.round, excluded.target) then m.asking_object end,
       note_left = m.note_left and (m.round, m.target) = (excluded.round, excluded.target),
       target = excluded.target, state = 'due', attempts = 0, at = excluded.at, next_at = excluded.next_at,
       asked_by = excluded.asked_by, problem = null, sent_at = null`,
    [`message--${random.uuid()}`, hold, requestKey, round, way, to, instant(clock.now()), by],
  );
  return replaced.map(({ object }) => object);
}

/** Notes a warning, and tells it by every way that there is. False where it is noted already. */
export async function queueWarning(
  tx: Db,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  hold: string,
  { key, kind, hours, dueAt }: DueWarning,
  ways: readonly Way[],
): Promise<boolean> {
  const now = instant(clock.now());
  if (!(await noteWarning(tx, clock, hold, { key, kind, hours, dueAt }, true))) return false;
  for (const { agency, contact, channel } of ways) {
    if (channel === 'desk') continue;
    const isSent = channel === 'email' || channel === 'webhook';
    await tx.query(
      `insert into hold_messages (id, hold, key, round, agency, contact, channel, target, state, at, next_at, sent_at, asked_by)
       values ($1, $2, $3, 0, $4, $5, $6, '', $7, $8, $9, $10, 'desk') on conflict do nothing`,
      [
        `message--${random.uuid()}`,
        hold,
        key,
        agency,
        contact,
        channel,
        isSent ? 'due' : channel === 'page' ? 'sent' : 'by-hand',
        now,
        isSent ? now : null,
        channel === 'page' ? now : null,
      ],
    );
  }
  return true;
}

/** `told`: somebody hears of it; false: a later one made it needless. */
export async function noteWarning(
  tx: Db,
  clock: Clock,
  hold: string,
  { key, kind, hours, dueAt }: Pick<DueWarning, 'key' | 'kind' | 'hours' | 'dueAt'>,
  told: boolean,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into hold_warnings (hold, key, kind, hours, due_at, at, told) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict do nothing returning key`,
    [hold, key, kind, hours, dueAt, instant(clock.now()), told],
  );
  return rows.length === 1;
}

export async function warningsOf(db: Db, hold: string): Promise<HoldWarning[]> {
  const rows = await db.query<{ key: string; kind: HoldWarning['kind']; hours: number; due_at: Date; at: Date }>(
    'select * from hold_warnings where hold = $1 and told order by at, key',
    [hold],
  );
  const sent = await messagesOf(db, hold);
  return rows.map(({ key, kind, hours, due_at, at }) => ({
    kind,
    hours,
    hoursLeft: hoursLeft(instant(due_at.getTime()), instant(at.getTime())),
    dueAt: instant(due_at.getTime()),
    at: instant(at.getTime()),
    told: sent.flatMap((it) =>
      it.key !== key || it.channel === 'api' || it.channel === 'desk' || it.state === 'dropped'
        ? []
        : [{ agency: it.agency, contact: it.contact, channel: it.channel, state: it.state, problem: it.problem }],
    ),
  }));
}

export async function messagesOf(db: Db, hold: string): Promise<HoldMessage[]> {
  const rows = await db.query<Row>(`${messages} where m.hold = $1 order by m.at, m.id`, [hold]);
  return rows.map(messageOf);
}

/** What is due, the oldest first. */
export async function dueMessages(db: Db, clock: Clock, limit: number): Promise<HoldMessage[]> {
  const rows = await db.query<Row>(`${messages} where m.next_at <= $1 order by m.next_at, m.id limit $2`, [
    instant(clock.now()),
    limit,
  ]);
  return rows.map(messageOf);
}

/** A message that has not gone, and what it asks of a desk once that was put together. Null where it was replaced, stopped or has gone. */
export async function pendingMessage(
  tx: Db,
  id: string,
): Promise<{ readonly message: HoldMessage; readonly asking: Asking | null } | null> {
  const [row] = await tx.query<Row & { asking: unknown }>(`${messages} where m.id = $1 and ${isPending}`, [id]);
  if (!row) return null;
  const { asking, asking_object: object } = row;
  return { message: messageOf(row), asking: object === null ? null : { object, asked: zHoldAsked.parse(asking) } };
}

export async function keepAsking(tx: Db, id: string, { object, asked }: Asking): Promise<void> {
  await tx.query('update hold_messages set asking = $2, asking_object = $3 where id = $1', [
    ...[id, JSON.stringify(asked), object],
  ]);
}

/** These notes are with the courier to that desk. */
export async function noteHanded(tx: Db, desk: string, objects: readonly string[]): Promise<void> {
  await tx.query(
    `update hold_messages set note_left = true where asking_object = any($1) and channel = 'desk' and target = $2`,
    [objects, desk],
  );
}

/** What became of a try. False where the message was replaced or stopped meanwhile. */
export async function noteMessage(
  tx: Db,
  clock: Clock,
  { id }: HoldMessage,
  failed: { readonly problem: Problem; readonly nextAt: Instant | null } | null,
): Promise<boolean> {
  const rows = await tx.query(
    `update hold_messages set state = $2, attempts = attempts + 1, next_at = $3, problem = $4, sent_at = $5
     where id = $1 and state in ('due', 'failed') returning id`,
    [
      id,
      failed ? 'failed' : 'sent',
      failed?.nextAt ?? null,
      failed ? JSON.stringify(failed.problem) : null,
      failed ? null : instant(clock.now()),
    ],
  );
  return rows.length === 1;
}

/** It is on its way with somebody else's courier, and looked at again then. */
export async function waitForMessage(tx: Db, { id }: Pick<HoldMessage, 'id'>, nextAt: Instant): Promise<void> {
  await tx.query(`update hold_messages set next_at = $2 where id = $1 and state in ('due', 'failed')`, [id, nextAt]);
}

/** Whether a message is still to go as a request stands now. */
export function isNeeded(
  { key, round }: Pick<HoldMessage, 'key' | 'round'>,
  hold: Pick<StoredHold, 'progress' | 'round' | 'tlp' | 'roundTlp'>,
  now: Instant,
): boolean {
  if (key === requestKey) return maySend(hold.progress.state) && round === hold.round && hold.tlp === hold.roundTlp;
  return isStillSo(key, hold.progress, now);
}

/**
 * What has not gone yet and need not go as the request stands now does not go any more. What a courier has is not stopped. Answers
 * the notes of what was stopped: nobody is to let them go either.
 */
export async function stopNeedless(
  tx: Db,
  clock: Clock,
  hold: Pick<StoredHold, 'id' | 'progress' | 'round' | 'tlp' | 'roundTlp'>,
): Promise<string[]> {
  const now = instant(clock.now());
  const stopped: string[] = [];
  for (const message of await messagesOf(tx, hold.id)) {
    if (!isUnderWay(message) || message.handed || isNeeded(message, hold, now)) continue;
    await dropMessage(tx, message);
    if (message.object !== null) stopped.push(message.object);
  }
  return stopped;
}

export const isUnderWay = ({ state }: Pick<HoldMessage, 'state'>) => state === 'due' || state === 'failed';

/** It does not go any more. False where it has gone, or was replaced or stopped. */
export async function dropMessage(tx: Db, { id }: Pick<HoldMessage, 'id'>): Promise<boolean> {
  const rows = await tx.query(
    `update hold_messages set state = 'dropped', next_at = null where id = $1 and state in ('due', 'failed') returning id`,
    [id],
  );
  return rows.length === 1;
}

function messageOf(row: Row): HoldMessage {
  const { id, hold, key, round, agency, contact, channel, target, state, attempts, problem, handed } = row;
  return {
    ...{ id, hold, key, round, agency, contact, channel, target, state, attempts, problem, handed },
    at: instant(row.at.getTime()),
    nextAt: row.next_at && instant(row.next_at.getTime()),
    askedBy: row.asked_by,
    object: row.asking_object,
  };
}
