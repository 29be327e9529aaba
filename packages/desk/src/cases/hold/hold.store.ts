import type {
  Address,
  ChainId,
  HoldAddressee,
  HoldFacts,
  HoldHappening,
  HoldProgress,
  Text,
  Tlp,
} from '@gongjo/contract';
import { canonicalJson, GongjoError, instant } from '../../kernel/index.ts';
import { type Clock, type Db, sha256Hex } from '../../platform/index.ts';
import { type Happened, notBegun } from './progress.ts';

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
}

/** The page shows this many; older ones stay in the record. */
const holdsListedMax = 1_000;

const withTitle = `select h.*, i.body -> 'title' as title from holds h join incidents i on i.id = h.incident`;

/** What a request says, to the letter: what an approval is an approval of. */
export function digestOf({ addressee, facts }: Pick<StoredHold, 'addressee' | 'facts'>): string {
  return sha256Hex(canonicalJson({ addressee, facts }));
}

export async function addHold(
  tx: Db,
  clock: Clock,
  hold: Pick<
    StoredHold,
    'id' | 'incident' | 'alert' | 'tlp' | 'drill' | 'addressee' | 'facts' | 'approvalsNeeded' | 'draftedBy'
  >,
): Promise<void> {
  await tx.query(
    `insert into holds (id, incident, alert, state, addressee, chain, address, tlp, drill, addressee_body, facts, progress,
       approvals_needed, drafted_by, drafted_at, updated_at)
     values ($1, $2, $3, 'drafted', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)`,
    [
      hold.id,
      hold.incident,
      hold.alert,
      hold.addressee.id,
      hold.facts.chain,
      hold.facts.address,
      hold.tlp,
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
    `update holds set state = $2, facts = $3, addressee_body = $4, progress = $5, number = $6, round = $7, updated_at = $8 where id = $1`,
    [
      hold.id,
      hold.progress.state,
      JSON.stringify(hold.facts),
      JSON.stringify(hold.addressee),
      JSON.stringify(hold.progress),
      hold.number,
      hold.round,
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
  const [row] = await db.query<Row>(`${withTitle} where h.id = $1`, [id]);
  if (!row) throw new GongjoError('not-found');
  return holdOf(row);
}

/** Newest first; of one incident, or all. */
export async function listStoredHolds(db: Db, incident?: string): Promise<StoredHold[]> {
  const rows = await db.query<Row>(
    `${withTitle} where $1::text is null or h.incident = $1 or i.body ->> 'mainId' = $1
     order by h.drafted_at desc, h.id limit $2`,
    [incident ?? null, holdsListedMax],
  );
  return rows.map(holdOf);
}

/** Requests whose clocks run. */
export async function runningHolds(db: Db): Promise<StoredHold[]> {
  const rows = await db.query<Row>(
    `${withTitle} where h.state in ('sent', 'held-in-part', 'held-in-full', 'ordered') order by h.drafted_at, h.id`,
  );
  return rows.map(holdOf);
}

/** Requests of this desk that ask for value at this address, or that these transactions brought. */
export async function holdsFor(
  db: Db,
  value: { readonly chain: ChainId; readonly address: Address; readonly txids: readonly string[] },
): Promise<StoredHold[]> {
  const rows = await db.query<Row>(
    `${withTitle} where h.chain = $1 and h.state <> 'withdrawn' and (h.address = $2 or exists (
       select 1 from jsonb_array_elements(h.facts -> 'transactions') as t where t ->> 'txid' = any($3)))
     order by h.drafted_at, h.id limit 100`,
    [value.chain, value.address, value.txids],
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
  };
}
