import type { ChainId } from '@gongjo/contract';
import type { Db } from '../platform/index.ts';

/** Everything of an incident but its record, which goes last. */
const tables = [
  // What belongs to a request goes with it.
  ['holds', 'incident'],
  ['partner_holds', 'incident'],
  ['escalations', 'incident'],
  ['notices', 'incident'],
  ['incidents_told', 'incident'],
  ['incident_matches', 'incident'],
  ['incident_matches', 'other'],
  ['incident_reports', 'incident'],
  ['timeline', 'incident'],
  ['incident_traces', 'incident'],
  ['incidents', 'id'],
] as const;

/** Takes away the exercises on these chains, whoever opened them. What happened is never taken away. */
export async function forgetDrills(tx: Db, chains: readonly ChainId[]): Promise<number> {
  const rows = await tx.query<{ id: string }>(
    `select id from incidents where chain = any($1) and (body ->> 'drill')::boolean`,
    [chains],
  );
  const ids = rows.map(({ id }) => id);
  await tx.query(
    `delete from hold_joins where other in (
       select id from holds where incident = any($1) union all select id from partner_holds where incident = any($1))`,
    [ids],
  );
  await forgetWords(tx, chains, ids);
  for (const [table, column] of tables) await tx.query(`delete from ${table} where ${column} = any($1)`, [ids]);
  return ids.length;
}

/** What partners asked to be held in these exercises, what was said to that and to this desk's own requests, and what went with it. */
async function forgetWords(tx: Db, chains: readonly ChainId[], incidents: readonly string[]): Promise<void> {
  await tx.query(
    `with asked as (
       delete from holds_asked where body -> 'facts' ->> 'chain' = any($1) and (body ->> 'drill')::boolean returning desk, id
     ), documents as (
       delete from holds_asked_documents where (desk, hold) in (select desk, id from asked)
     ), words as (
       delete from hold_words where (asker, hold) in (select desk, id from asked)
         or hold in (select id from holds where incident = any($2)) returning object
     )
     delete from hold_parcels where object in (
       select object from words union all select m.asking_object from hold_messages m join holds h on h.id = m.hold
         where h.incident = any($2) and m.asking_object is not null)`,
    [chains, incidents],
  );
}
