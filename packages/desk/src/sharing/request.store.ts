import type { Reason, ReleaseRequest } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import type { Purpose } from '../policy/index.ts';
import type { ObjectRef } from './object.store.ts';

/**
 * A release that waits: for persons here (`person`), for the desk that the objects came from (`origin`), or at that desk,
 * which another has asked (`consent`).
 */
export interface StoredRequest {
  readonly id: string;
  readonly kind: ReleaseRequest['kind'];
  readonly state: ReleaseRequest['state'];
  /** Who is to get the objects. */
  readonly recipient: string;
  /** Whose objects they are; of a `consent`, the desk that asks. */
  readonly origin: string;
  readonly incident: string | null;
  readonly purpose: Purpose;
  readonly legalBasis: string | null;
  /** What the decision to ask rested on. */
  readonly basis: string;
  /** How many persons must approve. */
  readonly persons: number;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly expiresAt: string;
  readonly facts: RequestFacts;
  readonly reasons: readonly Reason[];
}

export interface RequestFacts {
  /** Approvals that were given before the origin was asked. */
  readonly approvals?: number;
  /** Of a `consent`: who the recipient is, as the asking desk says. */
  readonly recipient?: { readonly id: string; readonly name: { en: string; ko: string }; readonly country: string };
  /** The person who asked for the release by hand. */
  readonly by?: string | null;
}

export type NewRequest = Omit<StoredRequest, 'state' | 'askedAt' | 'expiresAt'> & {
  readonly objects: readonly (ObjectRef & { readonly sha256: string })[];
};

interface Row {
  id: string;
  kind: StoredRequest['kind'];
  state: StoredRequest['state'];
  recipient: string;
  origin: string;
  incident: string | null;
  purpose: Purpose;
  legal_basis: string | null;
  basis: string;
  persons: number;
  asked_by: string;
  asked_at: Date;
  expires_at: Date;
  facts: RequestFacts;
  reasons: Reason[];
}

/** Who has not answered in a month will not; it is asked again, on what is known then. */
const requestLifeMs = 30 * 86_400_000;

export async function addRequest(tx: Db, clock: Clock, request: NewRequest): Promise<void> {
  const now = clock.now();
  await tx.query(
    `insert into release_requests (id, kind, state, recipient, origin, incident, purpose, legal_basis, basis, persons, asked_by,
       asked_at, expires_at, facts, reasons)
     values ($1, $2, 'open', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      request.id,
      request.kind,
      request.recipient,
      request.origin,
      request.incident,
      request.purpose,
      request.legalBasis,
      request.basis,
      request.persons,
      request.askedBy,
      instant(now),
      instant(now + requestLifeMs),
      JSON.stringify(request.facts),
      JSON.stringify(request.reasons),
    ],
  );
  const { objects } = request;
  await tx.query(
    `insert into release_request_objects (request, place, object_id, modified, origin, sha256)
     select $1, o.place, o.id, o.modified, o.origin, o.sha256
     from unnest($2::text[], $3::text[], $4::text[], $5::text[]) with ordinality as o (id, modified, origin, sha256, place)`,
    [
      request.id,
      objects.map(({ id }) => id),
      objects.map(({ modified }) => modified),
      objects.map(({ origin }) => origin),
      objects.map(({ sha256 }) => sha256),
    ],
  );
}

export async function findRequest(db: Db, id: string): Promise<StoredRequest | null> {
  const [row] = await db.query<Row>('select * from release_requests where id = $1', [id]);
  return row ? requestOf(row) : null;
}

/** Throws `request-unknown`, or `request-closed` where it has been answered, has expired or is about what was decided anew. */
export async function openRequest(db: Db, clock: Clock, id: string): Promise<StoredRequest> {
  const request = await findRequest(db, id);
  if (!request) throw new GongjoError('request-unknown', { id });
  const state = request.state === 'open' && Date.parse(request.expiresAt) <= clock.now() ? 'expired' : request.state;
  if (state !== 'open') throw new GongjoError('request-closed', { id, state });
  return request;
}

export async function requestRefs(db: Db, id: string): Promise<(ObjectRef & { readonly sha256: string })[]> {
  const rows = await db.query<{ object_id: string; modified: string; origin: string; sha256: string }>(
    'select object_id, modified, origin, sha256 from release_request_objects where request = $1 order by place',
    [id],
  );
  return rows.map(({ object_id, ...row }) => ({ id: object_id, ...row }));
}

/** What this desk still asks for objects of its own; the newest last. */
export async function openRequestsNaming(db: Db, origin: string, objects: readonly string[]): Promise<StoredRequest[]> {
  const rows = await db.query<Row>(
    `select * from release_requests where state = 'open' and kind <> 'consent' and id in (
       select request from release_request_objects where origin = $1 and object_id = any($2)) order by seq`,
    [origin, objects],
  );
  return rows.map(requestOf);
}

export async function closeRequest(
  tx: Db,
  clock: Clock,
  id: string,
  state: Exclude<StoredRequest['state'], 'open'>,
): Promise<void> {
  await tx.query(`update release_requests set state = $2, closed_at = $3 where id = $1 and state = 'open'`, [
    id,
    state,
    instant(clock.now()),
  ]);
}

/** Nobody answered in time. Answers how many. */
export async function expireRequests(tx: Db, clock: Clock): Promise<number> {
  const now = instant(clock.now());
  return (
    await tx.query(
      `update release_requests set state = 'expired', closed_at = $1 where state = 'open' and expires_at <= $1 returning id`,
      [now],
    )
  ).length;
}

/** Closes what was asked for these versions and this recipient: it is decided anew. */
export async function supersedeRequests(
  tx: Db,
  clock: Clock,
  recipient: string,
  refs: readonly ObjectRef[],
): Promise<void> {
  await tx.query(
    `update release_requests set state = 'superseded', closed_at = $2
     where recipient = $1 and state = 'open' and kind <> 'consent' and id in (
       select request from release_request_objects
       where (object_id, modified, origin) in (select * from unnest($3::text[], $4::text[], $5::text[])))`,
    [
      recipient,
      instant(clock.now()),
      refs.map(({ id }) => id),
      refs.map(({ modified }) => modified),
      refs.map(({ origin }) => origin),
    ],
  );
}

/** A person's answer; false where that person has answered before. */
export async function addApproval(
  tx: Db,
  clock: Clock,
  request: string,
  { person, verdict, reason }: { person: string; verdict: 'approve' | 'refuse'; reason: string | null },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into release_approvals (request, person, verdict, reason, at) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning person`,
    [request, person, verdict, reason, instant(clock.now())],
  );
  return rows.length === 1;
}

export async function countApprovals(db: Db, request: string): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    `select count(*)::integer as n from release_approvals where request = $1 and verdict = 'approve'`,
    [request],
  );
  return row?.n ?? 0;
}

/** A page shows this many requests, the newest first; the rest stays in the record. */
const requestsListedMax = 200;
/** And this many objects of each. */
const objectsListedMax = 50;

export async function listRequests(
  db: Db,
  clock: Clock,
  state: ReleaseRequest['state'] | null,
): Promise<ReleaseRequest[]> {
  const rows = await db.query<
    Row & { objects: ReleaseRequest['objects']; object_count: number; approvals: ReleaseRequest['approvals'] }
  >(
    `select r.*,
       (select count(*)::integer from release_request_objects o where o.request = r.id) as object_count,
       coalesce((select jsonb_agg(jsonb_build_object('id', o.object_id, 'modified', nullif(o.modified, ''),
           'type', coalesce(s.type, split_part(o.object_id, '--', 1)), 'label', coalesce(s.label, o.object_id), 'tlp', s.tlp) order by o.place)
         from release_request_objects o left join shared_objects s
           on s.id = o.object_id and s.modified = o.modified and s.origin = o.origin
         where o.request = r.id and o.place <= $3), '[]') as objects,
       coalesce((select jsonb_agg(jsonb_build_object('person', a.person, 'verdict', a.verdict, 'reason', a.reason, 'at', a.at) order by a.at)
         from release_approvals a where a.request = r.id), '[]') as approvals
     from release_requests r where ($1::text is null or r.state = $1) order by r.seq desc limit $2`,
    [state, requestsListedMax, objectsListedMax],
  );
  return rows.map((row) => {
    const request = requestOf(row);
    const { facts, basis: _, ...shown } = request;
    return {
      ...shown,
      state: request.state === 'open' && Date.parse(request.expiresAt) <= clock.now() ? 'expired' : request.state,
      reasons: [...request.reasons],
      recipientName: facts.recipient?.name ?? null,
      recipientCountry: facts.recipient?.country ?? null,
      objects: row.objects,
      objectCount: row.object_count,
      approvals: row.approvals.map((it) => ({ ...it, at: instant(Date.parse(it.at)) })),
    };
  });
}

function requestOf(row: Row): StoredRequest {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    recipient: row.recipient,
    origin: row.origin,
    incident: row.incident,
    purpose: row.purpose,
    legalBasis: row.legal_basis,
    basis: row.basis,
    persons: row.persons,
    askedBy: row.asked_by,
    askedAt: instant(row.asked_at.getTime()),
    expiresAt: instant(row.expires_at.getTime()),
    facts: row.facts,
    reasons: row.reasons,
  };
}
