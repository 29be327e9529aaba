import type { Address, ChainId, SearchAnswer, Text, Tlp, TxId } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';

/** Answers are read by a person; whoever gets more has asked too little. */
const foundMax = 50;
/** Incidents and requests that have to do with one of the things asked for. */
const aboutMax = 5_000;

type FoundIncident = SearchAnswer['incidents'][number];
type FoundCase = SearchAnswer['cases'][number];
type FoundHold = SearchAnswer['holds'][number];

/** Incidents and cases that are here and that whoever reads through `seen` does not see. */
export async function hiddenFrom(records: Db, seen: Db): Promise<string[]> {
  const all = 'select id from incidents union all select id from cases';
  const [here, there] = await Promise.all([records.query<{ id: string }>(all), seen.query<{ id: string }>(all)]);
  const shown = new Set(there.map(({ id }) => id));
  return here.flatMap(({ id }) => (shown.has(id) ? [] : [id]));
}

/** `%` and its like mean themselves. */
const containing = (text: string) => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;

/**
 * Incidents with the text in their title, victim or reporter, or with one of these words as their identifier or as the
 * reference of a report, newest first; `notOf`: but of these. A desk's incidents are thousands, so they are read through.
 */
export async function findIncidents(
  db: Db,
  text: string | null,
  words: readonly string[],
  notOf: readonly string[],
): Promise<FoundIncident[]> {
  const rows = await db.query<{
    id: string;
    title: Text;
    tlp: Tlp;
    opened_at: Date;
    reference: string | null;
    drill: boolean;
  }>(
    `select i.id, i.body -> 'title' as title, i.body ->> 'tlp' as tlp, i.opened_at, r.reference,
       coalesce((i.body ->> 'drill')::boolean, false) as drill
     from incidents i left join lateral (
       select reference from incident_reports where incident = i.id and lower(reference) = any($2) order by at limit 1) r on true
     where i.id <> all($3) and (lower(i.id) = any($2) or r.reference is not null or ($1::text is not null and lower(concat_ws(' ',
       i.body -> 'title' ->> 'en', i.body -> 'title' ->> 'ko', i.body ->> 'victim', i.body -> 'reporter' ->> 'organisation',
       i.body -> 'reporter' ->> 'name')) like $1))
     order by r.reference is null, i.opened_at desc, i.id limit ${foundMax}`,
    [text === null ? null : containing(text), words.map((word) => word.toLowerCase()), notOf],
  );
  return rows.map(({ opened_at, ...row }) => ({ ...row, openedAt: instant(opened_at.getTime()) }));
}

/** Cases with the text in the title under which they were opened, or with one of these identifiers, newest first. */
export async function findCases(
  db: Db,
  text: string | null,
  words: readonly string[],
  notOf: readonly string[],
): Promise<FoundCase[]> {
  const rows = await db.query<{ id: string; title: Text; tlp: Tlp; opened_at: Date }>(
    `select id, title, tlp, opened_at from cases
     where recalled_at is null and id <> all($3) and (lower(id) = any($2) or ($1::text is not null and lower(concat_ws(' ', title ->> 'en', title ->> 'ko')) like $1))
     order by opened_at desc, id limit ${foundMax}`,
    [text === null ? null : containing(text), words.map((word) => word.toLowerCase()), notOf],
  );
  return rows.map(({ opened_at, ...row }) => ({ ...row, openedAt: instant(opened_at.getTime()) }));
}

const holdColumns = `h.id, h.number, h.state, h.addressee_body -> 'name' as addressee, h.chain, h.address,
  jsonb_build_object('id', i.id, 'title', i.body -> 'title') as incident from holds h join incidents i on i.id = h.incident`;

/** Hold requests of this number, identifier, case number or customer reference, or to an addressee of this name; not of these incidents. */
export async function findHolds(
  db: Db,
  text: string | null,
  words: readonly string[],
  notOf: readonly string[],
): Promise<FoundHold[]> {
  const rows = await db.query<FoundHold & { chain: string; address: string }>(
    `select ${holdColumns}
     where i.id <> all($3) and (h.number = any($2) or h.id = any($2) or h.facts ->> 'caseNumber' = any($2) or h.facts ->> 'reference' = any($2)
       or ($1::text is not null and lower(concat_ws(' ', h.addressee_body -> 'name' ->> 'en', h.addressee_body -> 'name' ->> 'ko')) like $1))
     order by h.number is not null and h.number = any($2) desc, h.drafted_at desc, h.id limit ${foundMax}`,
    [text === null ? null : containing(text), words, notOf],
  );
  return rows.map(({ chain: _, address: __, ...hold }) => hold);
}

/** Hold requests for value at these addresses. */
export async function holdsAt(
  db: Db,
  addresses: readonly Address[],
  notOf: readonly string[],
): Promise<(FoundHold & { readonly chain: ChainId; readonly address: Address })[]> {
  if (addresses.length === 0) return [];
  return db.query(
    `select ${holdColumns} where h.address = any($1) and i.id <> all($2) order by h.drafted_at, h.id limit ${aboutMax}`,
    [addresses, notOf],
  );
}

/** An incident that has to do with an address or a transaction. */
export interface NamedIn {
  readonly chain: ChainId;
  /** The address or transaction. */
  readonly value: string;
  readonly incident: { readonly id: string; readonly title: Text };
}

/**
 * The incidents in whose timelines these addresses and transactions stand – which is every step that was followed –, whose leads
 * they are, or whose reports name them; but of `notOf`.
 */
export async function incidentsNaming(
  db: Db,
  { addresses, txids }: { readonly addresses: readonly Address[]; readonly txids: readonly TxId[] },
  notOf: readonly string[],
): Promise<NamedIn[]> {
  if (addresses.length + txids.length === 0) return [];
  return db.query(
    `with named (incident, value) as (
       select incident, body ->> 'address' from timeline where body ->> 'address' = any($1)
       union select incident, body ->> 'txid' from timeline where body ->> 'txid' = any($2)
       union select i.id, lead from incidents i, jsonb_array_elements_text(i.body -> 'txids') as lead where lead = any($2)
       union select i.id, said ->> 'address' from incidents i, jsonb_array_elements(i.body -> 'addresses') as said
         where said ->> 'address' = any($1))
     select i.chain, n.value, jsonb_build_object('id', i.id, 'title', i.body -> 'title') as incident
     from named n join incidents i on i.id = n.incident where i.id <> all($3)
     order by i.opened_at desc, i.id, n.value limit ${aboutMax}`,
    [addresses, txids, notOf],
  );
}
