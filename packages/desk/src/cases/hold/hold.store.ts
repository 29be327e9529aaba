import {
  type Address,
  type ChainId,
  type HoldAddressee,
  type HoldFacts,
  type HoldHappening,
  type HoldProgress,
  holdStates,
  type Instant,
  type Text,
  type Tlp,
} from '@gongjo/contract';
import { canonicalJson, GongjoError, instant } from '../../kernel/index.ts';
import { type Clock, type Db, sha256Hex } from '../../platform/index.ts';
import { type Happened, notBegun } from './progress.ts';
import { isHeld } from './states.ts';

export interface StoredHold {
  readonly id: string;
  readonly incident: string;
  readonly title: Text;
  readonly alert: string | null;
  readonly tlp: Tlp;
  readonly drill: boolean;
  readonly addressee: HoldAddressee;
  readonly facts: HoldFacts;
  readonly progress: HoldProgress;
  readonly approvalsNeeded: number;
  readonly number: string | null;
  /** Counts the times that it was approved in full: each has documents of its own. */
  readonly round: number;
  readonly draftedBy: string;
  readonly draftedAt: string;
  readonly updatedAt: string;
  /** The marking that the letters of its round carry; the incident's may have become another. */
  readonly roundTlp: Tlp | null;
}

interface Row {
  id: string;
  incident: string;
  title: Text;
  alert: string | null;
  tlp: Tlp;
  drill: boolean;
  addressee_body: HoldAddressee;
  facts: HoldFacts;
  progress: HoldProgress;
  approvals_needed: number;
  number: string | null;
  round: number;
  drafted_by: string;
  drafted_at: Date;
  updated_at: Date;
  round_tlp: Tlp | null;
}

/** A running request with the keys of the warnings that it has had. */
export interface RunningHold extends StoredHold {
  readonly warned: ReadonlySet<string>;
}

/** The page shows this many; older ones stay in the record. */
const holdsListedMax = 1_000;

const columns = `h.*, i.body -> 'title' as title, i.body ->> 'tlp' as tlp`;
const withIncident = `select ${columns} from holds h join incidents i on i.id = h.incident`;

/** What a request says, to the letter: what an approval is an approval of. */
export function digestOf({ addressee, facts, tlp }: Pick<StoredHold, 'addressee' | 'facts' | 'tlp'>): string {
  return sha256Hex(canonicalJson({ addressee, facts, tlp }));
}

export async function addHold(
  tx: Db,
  clock: Clock,
  hold: Pick<
    StoredHold,
    'id' | 'incident' | 'alert' | 'drill' | 'addressee' | 'facts' | 'approvalsNeeded' | 'draftedBy'
  >,
): Promise<void> {
  await tx.query(
    `insert into holds (id, incident, alert, state, addressee, chain, address, drill, addressee_body, facts, progress,
       approvals_needed, drafted_by, drafted_at, updated_at)
     values ($1, $2, $3, 'drafted', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)`,
    [
      hold.id,
      hold.incident,
      hold.alert,
      hold.addressee.id,
      hold.facts.chain,
      hold.facts.address,
      hold.drill,
      JSON.stringify(hold.addressee),
      JSON.stringify(hold.facts),
      JSON.stringify(notBegun),
      hold.approvalsNeeded,
      hold.draftedBy,
      instant(clock.now()),
    ],
  );
}

/** Keeps what a request says and where it stands, and the happening that changed it. */
export async function keepHold(tx: Db, clock: Clock, hold: StoredHold, happened: Happened): Promise<void> {
  const now = instant(clock.now());
  await tx.query(
    `update holds set state = $2, facts = $3, addressee_body = $4, progress = $5, number = $6, round = $7, round_tlp = $8, updated_at = $9
     where id = $1`,
    [
      hold.id,
      hold.progress.state,
      JSON.stringify(hold.facts),
      JSON.stringify(hold.addressee),
      JSON.stringify(hold.progress),
      hold.number,
      hold.round,
      hold.roundTlp,
      now,
    ],
  );
  const { kind, at, by, ...body } = happened;
  await tx.query(
    `insert into hold_happenings (hold, seq, kind, at, entered_at, by, body)
     select $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6 from hold_happenings where hold = $1`,
    [hold.id, kind, at, now, by, JSON.stringify(body)],
  );
}

/** Throws `not-found`. `lock`: nobody else changes it meanwhile. */
export async function findHold(db: Db, id: string, lock = false): Promise<StoredHold> {
  if (lock) await db.query('select id from holds where id = $1 for update', [id]);
  const [row] = await db.query<Row>(`${withIncident} where h.id = $1`, [id]);
  if (!row) throw new GongjoError('not-found');
  return holdOf(row);
}

/** Every request that was approved once, with its marking and its last change: where these are others, partners are to be told anew. */
export async function approvedHolds(db: Db): Promise<{ readonly id: string; readonly standing: string }[]> {
  return db.query(
    `select h.id, (i.body ->> 'tlp') || ' ' || h.updated_at as standing from holds h join incidents i on i.id = h.incident
     where h.round > 0 order by h.drafted_at desc, h.id limit $1`,
    [holdsListedMax],
  );
}

/** Newest first; of one incident, or all. */
export async function listStoredHolds(db: Db, incident?: string): Promise<StoredHold[]> {
  const rows = await db.query<Row>(
    `${withIncident} where $1::text is null or h.incident = $1 or i.body ->> 'mainId' = $1
     order by h.drafted_at desc, h.id limit $2`,
    [incident ?? null, holdsListedMax],
  );
  return rows.map(holdOf);
}

/** Looked at in one go: more holds do not end at once; what ends first comes first. */
const runningMax = 1_000;

/**
 * Requests of which something may have to be told: sent before `sentBefore` and not acknowledged, or held and ending before
 * `endsBefore`; not those of which the last thing has been told.
 */
export async function runningHolds(
  db: Db,
  { sentBefore, endsBefore }: { readonly sentBefore: Instant; readonly endsBefore: Instant },
): Promise<RunningHold[]> {
  const rows = await db.query<Row & { warned: string[] }>(
    `select ${columns}, w.keys as warned from holds h join incidents i on i.id = h.incident
       cross join lateral (select coalesce(jsonb_agg(key), '[]') as keys,
           coalesce(bool_or(kind = 'unacknowledged'), false) as late,
           coalesce(bool_or(kind = 'expired' and due_at = (h.progress ->> 'expiresAt')::timestamptz), false) as expired
         from hold_warnings where hold = h.id) w
     where (h.state = 'sent' and (h.progress ->> 'sentAt')::timestamptz <= $1 and not w.late)
        or (h.state = any($2) and (h.progress ->> 'expiresAt')::timestamptz <= $3 and not w.expired)
     order by coalesce(h.progress ->> 'expiresAt', h.progress ->> 'sentAt'), h.id limit $4`,
    [sentBefore, holdStates.filter(isHeld), endsBefore, runningMax],
  );
  return rows.map((row) => ({ ...holdOf(row), warned: new Set(row.warned) }));
}

/** Requests of this desk, real ones or exercises, that ask for value at this address, or that these transactions brought. */
export async function holdsFor(
  db: Db,
  value: {
    readonly chain: ChainId;
    readonly address: Address;
    readonly txids: readonly string[];
    readonly drill: boolean;
  },
): Promise<StoredHold[]> {
  const rows = await db.query<Row>(
    `${withIncident} where h.chain = $1 and h.drill = $4 and h.state <> 'withdrawn' and (h.address = $2 or exists (
       select 1 from jsonb_array_elements(h.facts -> 'transactions') as t where t ->> 'txid' = any($3)))
     order by h.drafted_at, h.id limit 100`,
    [value.chain, value.address, value.txids, value.drill],
  );
  return rows.map(holdOf);
}

export async function happeningsOf(db: Db, hold: string): Promise<HoldHappening[]> {
  const rows = await db.query<{
    seq: number;
    kind: HoldHappening['kind'];
    at: Date;
    entered_at: Date;
    by: string;
    body: object;
  }>('select * from hold_happenings where hold = $1 order by seq', [hold]);
  return rows.map(({ seq, kind, at, entered_at, by, body }) => ({
    ...body,
    seq,
    kind,
    by,
    at: instant(at.getTime()),
    enteredAt: instant(entered_at.getTime()),
  }));
}

/** Whoever has changed what a request says. */
export async function revisersOf(db: Db, hold: string): Promise<Set<string>> {
  const rows = await db.query<{ by: string }>(
    `select distinct by from hold_happenings where hold = $1 and kind = 'revise'`,
    [hold],
  );
  return new Set(rows.map(({ by }) => by));
}

/** The next running number of a year: given at the last approval, so that letters are counted and drafts are not. */
export async function nextNumber(tx: Db, year: number): Promise<string> {
  const [row] = await tx.query<{ last: number }>(
    `insert into hold_numbers (year, last) values ($1, 1) on conflict (year) do update set last = hold_numbers.last + 1 returning last`,
    [year],
  );
  return `${year}-${row?.last ?? 1}`;
}

/** The request has this number from now on, whatever becomes of it. */
export async function keepNumber(tx: Db, hold: string, number: string): Promise<void> {
  await tx.query('update holds set number = $2 where id = $1', [hold, number]);
}

function holdOf(row: Row): StoredHold {
  return {
    id: row.id,
    incident: row.incident,
    title: row.title,
    alert: row.alert,
    tlp: row.tlp,
    drill: row.drill,
    addressee: row.addressee_body,
    facts: row.facts,
    progress: row.progress,
    approvalsNeeded: row.approvals_needed,
    number: row.number,
    round: row.round,
    draftedBy: row.drafted_by,
    draftedAt: instant(row.drafted_at.getTime()),
    updatedAt: instant(row.updated_at.getTime()),
    roundTlp: row.round_tlp,
  };
}
