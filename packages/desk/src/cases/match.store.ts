import type { ChainId, IncidentMatch, MatchCertainty, MatchReason, Text, TxId } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';

/** Of one incident; more would be a list that nobody reads. */
const matchesListedMax = 100;

interface Row {
  other: string;
  title: Text;
  origin: IncidentMatch['origin'];
  certainty: MatchCertainty;
  reasons: MatchReason[];
  state: IncidentMatch['state'];
  decided_by: string | null;
  decided_at: Date | null;
}

/** Notes that two incidents may have to do with each other; what a person has decided stays. */
export async function noteMatch(
  tx: Db,
  clock: Clock,
  incident: string,
  other: string,
  found: { readonly certainty: MatchCertainty; readonly reasons: readonly MatchReason[] },
): Promise<void> {
  const [first, second] = incident < other ? [incident, other] : [other, incident];
  await tx.query(
    `insert into incident_matches (incident, other, certainty, reasons, state, found_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (incident, other) do update set certainty = excluded.certainty, reasons = excluded.reasons, state = excluded.state
       where incident_matches.state = 'pointed-out' and excluded.state = 'proposed'`,
    [
      first,
      second,
      found.certainty,
      JSON.stringify(found.reasons),
      found.certainty === 'probable' ? 'proposed' : 'pointed-out',
      instant(clock.now()),
    ],
  );
}

/** A person's word on two incidents. False where nothing is asked about these two. */
export async function decideMatch(
  tx: Db,
  clock: Clock,
  incident: string,
  other: string,
  state: 'joined' | 'apart',
  by: string,
): Promise<boolean> {
  const rows = await tx.query(
    `update incident_matches set state = $3, decided_by = $4, decided_at = $5
     where ((incident, other) = ($1, $2) or (incident, other) = ($2, $1)) and state in ('proposed', 'pointed-out') returning incident`,
    [incident, other, state, by, instant(clock.now())],
  );
  return rows.length === 1;
}

/** What is to be decided first, then the newest. */
export async function listMatches(db: Db, incident: string): Promise<IncidentMatch[]> {
  const rows = await db.query<Row>(
    `select o.id as other, o.body -> 'title' as title, o.body -> 'origin' as origin,
       m.certainty, m.reasons, m.state, m.decided_by, m.decided_at
     from incident_matches m join incidents o on o.id = case when m.incident = $1 then m.other else m.incident end
     where m.incident = $1 or m.other = $1
     order by m.state <> 'proposed', m.found_at desc, o.id limit $2`,
    [incident, matchesListedMax],
  );
  return rows.map(({ decided_by, decided_at, ...same }) => ({
    ...same,
    origin: same.origin ?? null,
    decidedBy: decided_by,
    decidedAt: decided_at && instant(decided_at.getTime()),
  }));
}

/** Incidents whose followed value went through one of these transactions or addresses. */
export async function incidentsOnTrace(
  db: Db,
  chain: ChainId,
  txids: readonly TxId[],
  addresses: readonly string[],
): Promise<{ incident: string; byTxid: boolean }[]> {
  return db.query<{ incident: string; byTxid: boolean }>(
    `select t.incident, bool_or(t.body ->> 'txid' = any($2)) as "byTxid" from timeline t join incidents i on i.id = t.incident
     where t.derived and i.chain = $1 and (t.body ->> 'txid' = any($2) or t.body ->> 'address' = any($3))
     group by t.incident`,
    [chain, txids, addresses],
  );
}
