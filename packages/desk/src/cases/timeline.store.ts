import type { TimelineEntry } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';

/** An entry before it has its place: `key` names what happened, so that telling it twice changes nothing. */
export interface Happening extends Omit<TimelineEntry, 'seq'> {
  readonly key: string;
}

/** Fields that most happenings do not have. */
export const nothingElse = { txid: null, address: null, asset: null, units: null, who: null, count: null } as const;

/** Adds what happened; what is known already is left as it is. An incident that is not followed here has no timeline. */
export async function tell(tx: Db, incident: string, happenings: readonly Happening[]): Promise<void> {
  await insert(tx, incident, happenings, false, 'do nothing');
}

/** The derived part of a timeline as it was written: by key, what it says. */
export type Retold = ReadonlyMap<string, string>;

/**
 * Makes the derived part of the timeline say exactly this: adds what is new, takes away what the chain took back. Of what is
 * `known` to be written already only the difference is written. Answers what is written now.
 */
export async function retell(
  tx: Db,
  incident: string,
  happenings: readonly Happening[],
  known: Retold | null = null,
): Promise<Retold> {
  const now = new Map(happenings.map((happening) => [happening.key, JSON.stringify(happening)]));
  if (known === null) {
    await tx.query('delete from timeline where incident = $1 and derived and not (key = any($2))', [
      incident,
      [...now.keys()],
    ]);
  } else {
    const gone = [...known.keys()].filter((key) => !now.has(key));
    if (gone.length > 0)
      await tx.query('delete from timeline where incident = $1 and derived and key = any($2)', [incident, gone]);
  }
  const fresh = known === null ? happenings : happenings.filter(({ key }) => known.get(key) !== now.get(key));
  // A transaction that the chain took into another block has another time.
  const said = 'do update set at = excluded.at, body = excluded.body';
  if (fresh.length > 0)
    await insert(
      tx,
      incident,
      fresh,
      true,
      `${said} where (timeline.at, timeline.body) is distinct from (excluded.at, excluded.body)`,
    );
  return now;
}

async function insert(
  tx: Db,
  incident: string,
  happenings: readonly Happening[],
  derived: boolean,
  otherwise: string,
): Promise<void> {
  const entries = happenings.map(({ key, at, ...body }) => ({ key, at, body }));
  await tx.query(
    `insert into timeline (incident, key, derived, at, body)
     select $1, entry ->> 'key', $2, (entry ->> 'at')::timestamptz, entry -> 'body' from jsonb_array_elements($3::jsonb) as entry
     where exists (select 1 from incidents where id = $1)
     on conflict (incident, key) ${otherwise}`,
    [incident, derived, JSON.stringify(entries)],
  );
}

/** How many entries there are whose keys begin with this. */
export async function countTold(db: Db, incident: string, keyStart: string): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    'select count(*)::integer as n from timeline where incident = $1 and starts_with(key, $2)',
    [incident, keyStart],
  );
  return row?.n ?? 0;
}

/** In order of time. */
export async function readTimeline(db: Db, incident: string): Promise<TimelineEntry[]> {
  const rows = await db.query<{ seq: number; at: Date; body: Omit<TimelineEntry, 'seq' | 'at'> }>(
    'select seq, at, body from timeline where incident = $1 order by at, seq',
    [incident],
  );
  return rows.map(({ seq, at, body }) => ({ ...body, seq, at: instant(at.getTime()) }));
}
