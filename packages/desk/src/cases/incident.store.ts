import type { ChainId, Incident, IncidentRecord, NewIncident, Text, Tlp, Trace as WireTrace } from '@gongjo/contract';
import { instant, type Wire, wireJson } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import { type PlaceNow, placesNow, type Trace } from '../trace/index.ts';

/** What an incident says of itself, whoever opened it. */
export type IncidentFacts = Pick<NewIncident, 'chain' | 'txids' | 'kind' | 'title' | 'occurredAt'> &
  IncidentRecord & {
    readonly victim: string | null;
    readonly tlp: Tlp;
    /** The desk that opened it; null is this one. */
    readonly origin: Incident['origin'];
    /** When this desk last changed what it says of it; absent: never since it was opened. */
    readonly revisedAt?: string;
  };

export interface StoredIncident extends IncidentFacts {
  readonly id: string;
  readonly openedAt: string;
  readonly updatedAt: string;
  /** Its transactions have been looked for in what the ledger held; from then on only new blocks can bring them. */
  readonly looked: boolean;
  /** A trace has been made; until then its transactions are not in the ledger. */
  readonly traced: boolean;
  /** The desk that opened it took it back: it is followed no more. */
  readonly recalledAt: string | null;
}

interface Row {
  id: string;
  body: IncidentFacts;
  opened_at: Date;
  updated_at: Date;
  looked: boolean;
  traced: boolean;
  recalled_at: Date | null;
}

/** Adds an incident; false where one of this id is here already. */
export async function addIncident(tx: Db, clock: Clock, id: string, facts: IncidentFacts): Promise<boolean> {
  const now = instant(clock.now());
  const rows = await tx.query(
    `insert into incidents (id, chain, origin, body, opened_at, updated_at) values ($1, $2, $3, $4, $5, $5)
     on conflict do nothing returning id`,
    [id, facts.chain, facts.origin?.desk ?? null, JSON.stringify(facts), now],
  );
  return rows.length === 1;
}

/** A partner's incident as its desk tells it now; false where nothing that is kept of it changed. It is followed anew from other transactions. */
export async function reviseIncident(tx: Db, clock: Clock, id: string, facts: IncidentFacts): Promise<boolean> {
  const rows = await tx.query(
    `update incidents set body = $2, updated_at = $3,
       looked = looked and body -> 'txids' = $2::jsonb -> 'txids', traced = traced and body -> 'txids' = $2::jsonb -> 'txids'
     where id = $1 and origin = $4 and body <> $2::jsonb returning id`,
    [id, JSON.stringify(facts), instant(clock.now()), facts.origin?.desk ?? ''],
  );
  return rows.length === 1;
}

/** The incident, which another desk had passed on, comes from the desk that opened it: from now on it is that desk's here. */
export async function takeOverIncident(tx: Db, clock: Clock, id: string, facts: IncidentFacts): Promise<void> {
  await tx.query(
    `update incidents set body = $2, origin = $4, updated_at = $3, recalled_at = null,
       looked = looked and body -> 'txids' = $2::jsonb -> 'txids', traced = traced and body -> 'txids' = $2::jsonb -> 'txids'
     where id = $1 and origin is not null`,
    [id, JSON.stringify(facts), instant(clock.now()), facts.origin?.desk ?? ''],
  );
}

/** From now on these incidents of this desk are parts of another. They are followed anew, so that partners are told. */
export async function makeParts(tx: Db, clock: Clock, main: string, ids: readonly string[]): Promise<void> {
  const now = instant(clock.now());
  await tx.query(
    `update incidents set body = body || $3::jsonb, updated_at = $2, looked = false, traced = false
     where id = any($1) and origin is null and id <> $4`,
    [ids, now, JSON.stringify({ mainId: main, revisedAt: now }), main],
  );
}

/** The incident and its parts, the main one first. */
export async function partsOf(db: Db, main: string): Promise<StoredIncident[]> {
  const rows = await db.query<Row>(
    `select * from incidents where id = $1 or body ->> 'mainId' = $1 order by id <> $1, opened_at, id`,
    [main],
  );
  return rows.map(incidentOf);
}

/** The desk that opened these incidents took them back. */
export async function recallIncidents(tx: Db, clock: Clock, ids: readonly string[], origin: string): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    'update incidents set recalled_at = $2, updated_at = $2 where id = any($1) and origin = $3 and recalled_at is null',
    [ids, instant(clock.now()), origin],
  );
}

export async function findIncident(db: Db, id: string): Promise<StoredIncident | null> {
  const [row] = await db.query<Row>('select * from incidents where id = $1', [id]);
  return row ? incidentOf(row) : null;
}

/** How these incidents are marked. */
export async function markingsOf(db: Db, ids: readonly string[]): Promise<Map<string, Tlp>> {
  const rows = await db.query<{ id: string; tlp: Tlp }>(
    `select id, body->>'tlp' as tlp from incidents where id = any($1)`,
    [ids],
  );
  return new Map(rows.map(({ id, tlp }) => [id, tlp]));
}

/** Which of these incidents are here, and the desk that opened each; null is this one. */
export async function originsOf(db: Db, ids: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await db.query<{ id: string; origin: string | null }>(
    'select id, origin from incidents where id = any($1)',
    [ids],
  );
  return new Map(rows.map(({ id, origin }) => [id, origin]));
}

/** Newest first. */
export async function listStoredIncidents(db: Db, chain?: ChainId): Promise<StoredIncident[]> {
  const rows = await db.query<Row>(
    'select * from incidents where $1::text is null or chain = $1 order by opened_at desc, id',
    [chain ?? null],
  );
  return rows.map(incidentOf);
}

/** The incident of this desk that already names one of these transactions as its lead. What happened and an exercise never meet. */
export async function findByLead(
  db: Db,
  chain: ChainId,
  txids: readonly string[],
  drill = false,
): Promise<StoredIncident | null> {
  const [row] = await db.query<Row>(
    `select * from incidents where chain = $1 and origin is null and coalesce((body ->> 'drill')::boolean, false) = $3 and exists (
       select 1 from jsonb_array_elements_text(body -> 'txids') as lead where lead = any($2)) order by opened_at, id limit 1`,
    [chain, txids, drill],
  );
  return row ? incidentOf(row) : null;
}

/** The part of a trace that a list of incidents shows; the whole of it can be megabytes. */
export interface TraceSummary {
  readonly occurredAt: Incident['occurredAt'];
  readonly stolen: Incident['stolen'];
  readonly assets: Incident['assets'];
  /** The answer to "where is the money now?". */
  readonly places: Wire<PlaceNow>[];
}

/** Keeps the incident's newest trace in place of the one before. */
export async function keepTrace(tx: Db, clock: Clock, incident: string, trace: Trace): Promise<void> {
  const summary = {
    occurredAt: trace.hops[0]?.time ?? null,
    stolen: trace.balances.filter(({ lead }) => lead > 0n).map(({ asset, lead }) => ({ asset, units: lead })),
    assets: trace.assets,
    places: placesNow(trace),
  };
  await tx.query(
    `insert into incident_traces (incident, body, summary) values ($1, $2, $3)
     on conflict (incident) do update set body = excluded.body, summary = excluded.summary`,
    [incident, wireJson(trace), wireJson(summary)],
  );
  await tx.query('update incidents set traced = true, updated_at = $2 where id = $1', [incident, instant(clock.now())]);
}

/** Notes that the transactions of these incidents have been looked for. */
export async function noteLooked(tx: Db, incidents: readonly string[]): Promise<void> {
  await tx.query('update incidents set looked = true where id = any($1) and not looked', [incidents]);
}

/** The incident's transactions left the chain: what was followed from them is not known any more. */
export async function dropTrace(tx: Db, clock: Clock, incident: string): Promise<void> {
  await tx.query('delete from incident_traces where incident = $1', [incident]);
  await tx.query('update incidents set traced = false, updated_at = $2 where id = $1', [
    incident,
    instant(clock.now()),
  ]);
}

export async function readTrace(db: Db, incident: string): Promise<WireTrace | null> {
  const [row] = await db.query<{ body: string }>('select body from incident_traces where incident = $1', [incident]);
  return row ? (JSON.parse(row.body) as WireTrace) : null;
}

/** What lists show of these incidents' traces; without an incident, of all. */
export async function readSummaries(db: Db, incident?: string): Promise<Map<string, TraceSummary>> {
  const rows = await db.query<{ incident: string; summary: TraceSummary }>(
    'select incident, summary from incident_traces where $1::text is null or incident = $1',
    [incident ?? null],
  );
  return new Map(rows.map((row) => [row.incident, row.summary]));
}

/** The names people know these incidents by. */
export async function titlesOf(db: Db, ids: readonly string[]): Promise<Map<string, Text>> {
  const rows = await db.query<{ id: string; title: Text }>(
    `select id, body -> 'title' as title from incidents where id = any($1)`,
    [ids],
  );
  return new Map(rows.map(({ id, title }) => [id, title]));
}

function incidentOf(row: Row): StoredIncident {
  return {
    ...row.body,
    id: row.id,
    openedAt: instant(row.opened_at.getTime()),
    updatedAt: instant(row.updated_at.getTime()),
    looked: row.looked,
    traced: row.traced,
    recalledAt: row.recalled_at && instant(row.recalled_at.getTime()),
  };
}
