import type { RequestContent, RequestEvent, RequestHappening, SeenSet, Tlp } from '@gongjo/contract';
import { instant } from '../../kernel/index.ts';
import type { Clock, Db } from '../../platform/index.ts';
import type { HeldEvent } from './fold.ts';

export interface StoredRequest {
  readonly id: string;
  readonly asker: string;
  readonly asked: string;
  readonly tlp: Tlp;
  /** Not sent yet. */
  readonly draft: RequestContent | null;
  readonly openedAt: string;
}

export interface StoredEvent extends HeldEvent {
  readonly tlp: Tlp | null;
  readonly by: string | null;
}

/** A page of a list; what is older is found by its identifier. */
const requestsMax = 500;

interface RequestRow {
  id: string;
  asker: string;
  asked: string;
  tlp: Tlp;
  draft: RequestContent | null;
  opened_at: Date;
}

const requestOf = ({ opened_at, ...row }: RequestRow): StoredRequest => ({
  ...row,
  openedAt: instant(opened_at.getTime()),
});

export async function addRequestTo(
  tx: Db,
  clock: Clock,
  { id, asker, asked, tlp, draft, by }: Omit<StoredRequest, 'openedAt'> & { readonly by: string },
): Promise<void> {
  await tx.query(
    `insert into partner_requests (id, asker, asked, tlp, draft, opened_at, opened_by) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (id) do nothing`,
    [id, asker, asked, tlp, draft === null ? null : JSON.stringify(draft), instant(clock.now()), by],
  );
}

export async function noteSent(tx: Db, id: string): Promise<void> {
  await tx.query('update partner_requests set draft = null where id = $1', [id]);
}

export async function dropDraft(tx: Db, id: string): Promise<void> {
  await tx.query('delete from partner_requests where id = $1 and draft is not null', [id]);
}

export async function findRequest(db: Db, id: string): Promise<StoredRequest | null> {
  const [row] = await db.query<RequestRow>(
    'select id, asker, asked, tlp, draft, opened_at from partner_requests where id = $1',
    [id],
  );
  return row ? requestOf(row) : null;
}

export interface RequestsAbout {
  readonly case?: string;
  readonly incident?: string;
}

/** Newest first; of those about a case or an incident the newest as well. */
export async function storedRequests(db: Db, { case: about, incident }: RequestsAbout = {}): Promise<StoredRequest[]> {
  const isAbout = (key: string, at: string) =>
    `(${at}::text is null or draft ->> '${key}' = ${at} or exists (
       select 1 from request_events e where e.request = r.id and e.what -> 'content' ->> '${key}' = ${at}))`;
  const rows = await db.query<RequestRow>(
    `select id, asker, asked, tlp, draft, opened_at from partner_requests r
     where ${isAbout('case', '$1')} and ${isAbout('incident', '$2')} order by opened_at desc, id limit $3`,
    [about ?? null, incident ?? null, requestsMax],
  );
  return rows.map(requestOf);
}

/** Every request that this desk sent and has not closed or withdrawn, a page at a time. */
export async function* requestsWaiting(db: Db, asker: string): AsyncGenerator<StoredRequest[]> {
  for (let after = ''; ; ) {
    const rows = await db.query<RequestRow>(
      `select id, asker, asked, tlp, draft, opened_at from partner_requests r
       where asker = $1 and draft is null and id > $2 and not exists (
         select 1 from request_events e where e.request = r.id and e.desk = r.asker and e.recalled_at is null
           and e.what ->> 'event' in ('close', 'withdraw'))
       order by id limit $3`,
      [asker, after, requestsMax],
    );
    if (rows.length > 0) yield rows.map(requestOf);
    const last = rows.at(-1);
    if (!last || rows.length < requestsMax) return;
    after = last.id;
  }
}

/** Every request that was sent or received, the newest first. */
export async function storedRequestIds(db: Db): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    'select id from partner_requests where draft is null order by opened_at desc, id',
  );
  return rows.map(({ id }) => id);
}

/** The desks with which this one shares a case, or that ask it or are asked. */
export async function desksWorkedWith(db: Db): Promise<string[]> {
  const rows = await db.query<{ desk: string }>(
    `select desk from case_desks union select asked from partner_requests union select asker from partner_requests
     order by 1`,
  );
  return rows.map(({ desk }) => desk);
}

interface EventRow {
  object: string;
  request: string;
  from_desk: string;
  to_desk: string;
  desk: string;
  n: number;
  seen: SeenSet;
  at: Date;
  what: RequestHappening;
  tlp: Tlp | null;
  by: string | null;
}

/** By request, what counts: nothing that its author took back. */
export async function eventsOf(db: Db, ids: readonly string[]): Promise<Map<string, StoredEvent[]>> {
  const rows = await db.query<EventRow>(
    `select e.object, e.request, e.from_desk, e.to_desk, e.desk, e.n, e.seen, e.at, e.what, e.tlp, e.by
     from request_events e join partner_requests r on r.id = e.request and r.asker = e.from_desk and r.asked = e.to_desk
     where e.request = any($1) and e.recalled_at is null order by e.seq`,
    [ids],
  );
  const found = new Map<string, StoredEvent[]>();
  for (const { from_desk, to_desk, desk, at, ...row } of rows) {
    const event = { ...row, from: from_desk, to: to_desk, desk, at: instant(at.getTime()) } as StoredEvent;
    found.set(row.request, [...(found.get(row.request) ?? []), event]);
  }
  return found;
}

export async function countEvents(db: Db, request: string, desk: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    'select count(*)::integer as count from request_events where request = $1 and desk = $2',
    [request, desk],
  );
  return row?.count ?? 0;
}

/** The numbers that this desk has used for events of a request. */
export async function placesOfRequest(db: Db, request: string, desk: string): Promise<Set<number>> {
  const rows = await db.query<{ n: number }>('select n from request_events where request = $1 and desk = $2', [
    request,
    desk,
  ]);
  return new Set(rows.map(({ n }) => n));
}

export async function addRequestEvent(
  tx: Db,
  clock: Clock,
  { object, tlp, by, ...event }: RequestEvent & Pick<StoredEvent, 'object' | 'tlp' | 'by'>,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into request_events (object, request, from_desk, to_desk, desk, n, seen, at, what, tlp, by, kept_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (object) do nothing returning object`,
    [
      object,
      event.request,
      event.from,
      event.to,
      event.desk,
      event.n,
      JSON.stringify(event.seen),
      event.at,
      JSON.stringify(event.what),
      tlp,
      by,
      instant(clock.now()),
    ],
  );
  return rows.length > 0;
}

export async function recallRequestEvents(
  tx: Db,
  clock: Clock,
  desk: string,
  objects: readonly string[],
): Promise<void> {
  await tx.query(
    'update request_events set recalled_at = coalesce(recalled_at, $3) where desk = $1 and object = any($2)',
    [desk, objects, instant(clock.now())],
  );
}
