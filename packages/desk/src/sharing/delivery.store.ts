import type { Delivery, Instant, Problem, Reason, Refused } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import { type Clock, type Db, sha256Hex } from '../platform/index.ts';
import type { SharedObject } from './object.store.ts';

/** One bundle on its way to a partner or from one. `envelope` is the TAXII 2.1 envelope in canonical JSON: the signed bytes. */
export interface StoredDelivery {
  readonly id: string;
  readonly direction: 'out' | 'in';
  readonly partner: string;
  readonly incident: string | null;
  readonly state: Delivery['state'];
  /** What it is: objects, a recall, a question; the property `gongjo.kind` of its envelope. */
  readonly kind: string;
  readonly decidedAt: string;
  readonly envelope: string;
  readonly envelopeSha256: string;
  readonly signature: string | null;
  readonly attempts: number;
  readonly problem: Problem | null;
  readonly receipt: Delivery['receipt'];
  readonly reasons: Reason[];
  readonly objects: SharedObject[];
  /** What the receiving desk did not admit of it. */
  readonly refused: Refused[];
  /** The recall that it carries. */
  readonly recall: string | null;
}

interface Row {
  id: string;
  direction: 'out' | 'in';
  partner: string;
  incident: string | null;
  state: Delivery['state'];
  kind: string;
  decided_at: Date;
  envelope: string;
  envelope_sha256: string;
  signature: string | null;
  attempts: number;
  problem: Problem | null;
  receipt: Delivery['receipt'];
  reasons: Reason[];
  objects: SharedObject[];
  refused: Refused[];
  recall: string | null;
}

/** The pages show this many deliveries of a partner, the newest first; the rest stays in the record. */
const deliveriesListedMax = 200;

/** What a partner can fill our disk and its page with by sending what fails: the newest of its quarantined bundles are kept. */
const quarantinedKeptMax = 50;
const quarantinedBytesMax = 64 * 1024 * 1024;

export type NewDelivery = Pick<
  StoredDelivery,
  'id' | 'direction' | 'partner' | 'incident' | 'state' | 'envelope' | 'reasons' | 'objects'
> &
  Partial<Pick<StoredDelivery, 'signature' | 'problem' | 'receipt' | 'kind' | 'refused' | 'recall'>>;

export async function addDelivery(tx: Db, clock: Clock, delivery: NewDelivery): Promise<void> {
  await tx.query(
    `insert into deliveries (id, direction, partner, incident, state, decided_at, envelope, envelope_sha256, signature, problem, receipt, reasons, objects, kind, refused, recall)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      delivery.id,
      delivery.direction,
      delivery.partner,
      delivery.incident,
      delivery.state,
      instant(clock.now()),
      delivery.envelope,
      sha256Hex(delivery.envelope),
      delivery.signature ?? null,
      delivery.problem ? JSON.stringify(delivery.problem) : null,
      delivery.receipt ? JSON.stringify(delivery.receipt) : null,
      JSON.stringify(delivery.reasons),
      JSON.stringify(delivery.objects),
      delivery.kind ?? 'objects',
      JSON.stringify(delivery.refused ?? []),
      delivery.recall ?? null,
    ],
  );
}

/** The oldest bundle that waits for a partner: bundles go out in the order of their decisions. */
export async function nextWaiting(db: Db, partner: string): Promise<StoredDelivery | null> {
  const [row] = await db.query<Row>(
    `select * from deliveries where partner = $1 and state = 'waiting' and direction = 'out' order by seq limit 1`,
    [partner],
  );
  return row ? deliveryOf(row) : null;
}

export async function findDelivery(
  db: Db,
  partner: string,
  direction: 'out' | 'in',
  id: string,
): Promise<StoredDelivery | null> {
  const [row] = await db.query<Row>('select * from deliveries where partner = $1 and direction = $2 and id = $3', [
    partner,
    direction,
    id,
  ]);
  return row ? deliveryOf(row) : null;
}

/** How a delivery to a partner fares, without what is in it. */
export type Carried = Pick<StoredDelivery, 'state' | 'problem' | 'refused'>;

/** Null where there is no such delivery. */
export async function carriedBy(db: Db, partner: string, id: string): Promise<Carried | null> {
  const [row] = await db.query<Carried>(
    `select state, problem, refused from deliveries where partner = $1 and direction = 'out' and id = $2`,
    [partner, id],
  );
  return row ?? null;
}

/** The delivery by which an object went to a partner, decided at `since` or later; null where it did not. */
export async function carriedObject(db: Db, partner: string, object: string, since: Instant): Promise<Carried | null> {
  const [row] = await db.query<Carried>(
    `select state, problem, refused from deliveries where partner = $1 and direction = 'out' and kind = 'objects' and decided_at >= $3
       and objects @> $2::jsonb order by seq desc limit 1`,
    [partner, JSON.stringify([{ id: object }]), since],
  );
  return row ?? null;
}

/** Deliveries of either direction by their identifier, those that were exchanged before those that failed. */
export async function deliveriesNamed(db: Db, id: string): Promise<StoredDelivery[]> {
  const rows = await db.query<Row>('select * from deliveries where id = $1 order by direction desc, seq', [id]);
  return rows.map(deliveryOf);
}

/** Deliveries that one evidence package holds. */
const deliveriesAboutMax = 1000;

/** What was sent and admitted about an incident, in order; the first of it where there is more, and how much more there is. */
export async function deliveriesAbout(
  db: Db,
  incident: string,
): Promise<{ readonly deliveries: StoredDelivery[]; readonly omitted: number }> {
  const rows = await db.query<Row & { total: number }>(
    `select *, (count(*) over ())::integer as total from deliveries
     where incident = $1 and state in ('waiting', 'delivered', 'admitted') order by seq limit $2`,
    [incident, deliveriesAboutMax],
  );
  return { deliveries: rows.map(deliveryOf), omitted: (rows[0]?.total ?? 0) - rows.length };
}

/** A delivery that this desk sent, by its identifier alone. */
export async function deliveryNamed(db: Db, id: string): Promise<StoredDelivery | null> {
  const [row] = await db.query<Row>(`select * from deliveries where id = $1 and direction = 'out'`, [id]);
  return row ? deliveryOf(row) : null;
}

/** Signed once; a repeated sending carries the same signature. */
export async function keepSignature(tx: Db, partner: string, id: string, signature: string): Promise<void> {
  await tx.query(
    `update deliveries set signature = $3 where partner = $1 and direction = 'out' and id = $2 and signature is null`,
    [partner, id, signature],
  );
}

/** A delivery that waits is signed anew: the partner knows this desk by another key than when it was signed first. */
export async function signAnew(tx: Db, partner: string, id: string, signature: string): Promise<void> {
  await tx.query(
    `update deliveries set signature = $3 where partner = $1 and direction = 'out' and id = $2 and state = 'waiting'`,
    [partner, id, signature],
  );
}

export async function noteAttempt(
  tx: Db,
  partner: string,
  id: string,
  outcome: { readonly problem: Problem | null; readonly refused: boolean },
): Promise<void> {
  await tx.query(
    `update deliveries set attempts = attempts + 1, problem = $3, state = case when $4 then 'refused-by-partner' else state end
     where partner = $1 and direction = 'out' and id = $2 and state = 'waiting'`,
    [partner, id, outcome.problem ? JSON.stringify(outcome.problem) : null, outcome.refused],
  );
}

/** Puts what the partner refused back in line. Answers how many. */
export async function retryRefused(tx: Db, partner: string): Promise<number> {
  return (
    await tx.query(
      `update deliveries set state = 'waiting', problem = null where partner = $1 and direction = 'out' and state = 'refused-by-partner' returning id`,
      [partner],
    )
  ).length;
}

/** The partner holds it. False where that was known already. */
export async function markDelivered(
  tx: Db,
  partner: string,
  id: string,
  receipt: NonNullable<Delivery['receipt']>,
  refused: readonly Refused[],
): Promise<boolean> {
  const rows = await tx.query(
    `update deliveries set state = 'delivered', attempts = attempts + 1, problem = null, receipt = $3, refused = $4
     where partner = $1 and direction = 'out' and id = $2 and state <> 'delivered' returning id`,
    [partner, id, JSON.stringify(receipt), JSON.stringify(refused)],
  );
  return rows.length > 0;
}

export async function boundQuarantine(tx: Db, partner: string): Promise<void> {
  await tx.query(
    `delete from deliveries where seq in (
       select seq from (
         select seq, row_number() over newest as place, sum(octet_length(envelope)) over newest as bytes
         from deliveries where partner = $1 and direction = 'in' and state = 'quarantined'
         window newest as (order by seq desc)
       ) as quarantined where place > 1 and (place > $2 or bytes > $3))`,
    [partner, quarantinedKeptMax, quarantinedBytesMax],
  );
}

/** How an incident's objects fare on their way to a partner: delivered as soon as any were; null where none were sent. */
export async function incidentDelivery(
  db: Db,
  partner: string,
  incident: string,
): Promise<Pick<StoredDelivery, 'state' | 'problem'> | null> {
  const [row] = await db.query<Pick<StoredDelivery, 'state' | 'problem'>>(
    `select state, problem from deliveries
     where partner = $1 and direction = 'out' and incident = $2 and kind = 'objects'
     order by state <> 'delivered', seq limit 1`,
    [partner, incident],
  );
  return row ?? null;
}

/** A delivery as the pages show it. */
export type ListedDelivery = Omit<Delivery, 'incident'> & { readonly incident: string | null };

/** Newest first, without the envelopes: those are a megabyte each. */
export async function listDeliveries(db: Db, partner: string): Promise<ListedDelivery[]> {
  const rows = await db.query<Omit<ListedDelivery, 'decidedAt'> & { decided_at: Date }>(
    `select id, direction, incident, state, decided_at, attempts, problem, receipt, reasons, objects,
       kind, refused
     from deliveries where partner = $1 order by seq desc limit $2`,
    [partner, deliveriesListedMax],
  );
  return rows.map(({ decided_at, ...same }) => ({ ...same, decidedAt: instant(decided_at.getTime()) }));
}

export async function countDeliveries(
  db: Db,
  partner: string,
): Promise<{ waiting: number; sent: number; received: number }> {
  const [row] = await db.query<{ waiting: number; sent: number; received: number }>(
    `select count(*) filter (where direction = 'out' and state = 'waiting')::integer as waiting,
       count(*) filter (where direction = 'out' and state = 'delivered')::integer as sent,
       count(*) filter (where direction = 'in' and state = 'admitted')::integer as received
     from deliveries where partner = $1`,
    [partner],
  );
  return row ?? { waiting: 0, sent: 0, received: 0 };
}

function deliveryOf(row: Row): StoredDelivery {
  const { decided_at, envelope_sha256, ...same } = row;
  return { ...same, decidedAt: instant(decided_at.getTime()), envelopeSha256: envelope_sha256 };
}
