import type { Address, ChainId, HoldParallel, HoldState, HoldSummary, Instant, Text } from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { type Directory, findByName } from '../../directory/index.ts';
import { instant } from '../../kernel/index.ts';
import type { Clock, Db } from '../../platform/index.ts';
import { askedKey } from './asked.store.ts';
import { findHold, holdsFor, type StoredHold } from './hold.store.ts';

/** What a partner's desk released of a request of its own. */
export interface PartnerHold {
  readonly id: string;
  readonly desk: { readonly id: string; readonly name: Text };
  readonly incident: string | null;
  readonly modified: string;
  readonly chain: ChainId;
  readonly address: Address;
  readonly txids: readonly string[];
  readonly addressee: { readonly id: string; readonly name: Text; readonly country: string | null };
  readonly state: HoldState;
  readonly scope: HoldSummary['scope'];
  readonly number: string | null;
  readonly amounts: HoldSummary['amounts'];
  readonly held: HoldSummary['held'];
  readonly draftedAt: Instant;
  readonly sentAt: Instant | null;
  readonly expiresAt: Instant | null;
  /** Of an exercise. */
  readonly drill: boolean;
  readonly revoked: boolean;
}

interface Row {
  body: PartnerHold;
  revoked: boolean;
}

/** How a join names this desk. */
const ownDesk = '';

/** The page shows this many of all partners'. */
const partnerHoldsMax = 1_000;

/** Keeps the newest version of a partner's request, which `object` told. False where that, or a newer one, is here already. */
export async function keepPartnerHold(tx: Db, clock: Clock, hold: PartnerHold, object: string): Promise<boolean> {
  const rows = await tx.query(
    `insert into partner_holds (desk, id, incident, modified, body, received_at, revoked, object)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (desk, id) do update set modified = excluded.modified, body = excluded.body, received_at = excluded.received_at,
       revoked = excluded.revoked, incident = excluded.incident, object = excluded.object
     where partner_holds.modified < excluded.modified returning id`,
    [
      ...[hold.desk.id, hold.id, hold.incident, hold.modified, JSON.stringify(hold), instant(clock.now())],
      ...[hold.revoked, object],
    ],
  );
  return rows.length === 1;
}

/** Where partners' requests stand by what they released of them, by `askedKey`; nothing of those of which nothing is known. */
export async function statesThere(
  db: Db,
  requests: readonly { readonly desk: string; readonly id: string }[],
): Promise<Map<string, HoldState>> {
  const rows = await db.query<{ desk: string; id: string; state: HoldState }>(
    `select desk, id, body ->> 'state' as state from partner_holds
     where not revoked and (desk, id) in (select * from unnest($1::text[], $2::text[]))`,
    [requests.map(({ desk }) => desk), requests.map(({ id }) => id)],
  );
  return new Map(rows.map(({ desk, id, state }) => [askedKey(desk, id), state]));
}

/** Newest first; of one incident, or all. */
export async function listPartnerHolds(db: Db, incident?: string): Promise<PartnerHold[]> {
  const rows = await db.query<Row>(
    `select p.body, p.revoked from partner_holds p left join incidents i on i.id = p.incident
     where not p.revoked and ($1::text is null or p.incident = $1 or i.body ->> 'mainId' = $1)
     order by p.received_at desc, p.desk, p.id limit $2`,
    [incident ?? null, partnerHoldsMax],
  );
  return rows.map(({ body }) => body);
}

/** Two requests to the same addressee for the same value are noted as one matter. Answers how many are new. */
export async function joinParallel(tx: Db, clock: Clock, directory: Directory, hold: StoredHold): Promise<number> {
  const { facts, addressee } = hold;
  const txids = facts.transactions.map(({ txid }) => txid);
  const value = { chain: facts.chain, address: facts.address, txids, drill: hold.drill };
  const own = (await holdsFor(tx, value)).filter((it) => it.id !== hold.id && it.addressee.id === addressee.id);
  let added = 0;
  for (const it of own) {
    const reasons = reasonsOf(value, {
      chain: it.facts.chain,
      address: it.facts.address,
      txids: it.facts.transactions.map(({ txid }) => txid),
    });
    added += await join(tx, clock, hold.id, { desk: ownDesk, id: it.id }, reasons);
    await join(tx, clock, it.id, { desk: ownDesk, id: hold.id }, reasons);
  }
  const theirs = await tx.query<Row>(
    `select body, revoked from partner_holds where not revoked and body ->> 'chain' = $1
       and (body -> 'drill')::boolean = $4 and (body ->> 'address' = $2 or exists (
         select 1 from jsonb_array_elements_text(body -> 'txids') as t where t = any($3)))
     order by received_at limit 100`,
    [value.chain, value.address, txids, hold.drill],
  );
  for (const { body } of theirs)
    if (isSame(directory, addressee, body.addressee))
      added += await join(tx, clock, hold.id, { desk: body.desk.id, id: body.id }, reasonsOf(value, body));
  return added;
}

/** A partner's request is held against this desk's own. Answers the requests of ours that it was joined with. */
export async function joinPartnerHold(
  tx: Db,
  clock: Clock,
  directory: Directory | undefined,
  theirs: PartnerHold,
): Promise<StoredHold[]> {
  const ours = (await holdsFor(tx, theirs)).filter(({ addressee }) => isSame(directory, addressee, theirs.addressee));
  const joined: StoredHold[] = [];
  for (const hold of ours) {
    const { chain, address, transactions } = hold.facts;
    const reasons = reasonsOf({ chain, address, txids: transactions.map(({ txid }) => txid) }, theirs);
    if ((await join(tx, clock, hold.id, { desk: theirs.desk.id, id: theirs.id }, reasons)) === 0) continue;
    joined.push(hold);
    await recordAudit(tx, clock, {
      actor: `desk:${theirs.desk.id}`,
      action: 'hold.joined',
      subject: hold.id,
      details: { other: theirs.id, reasons },
    });
  }
  return joined;
}

interface Value {
  readonly chain: string;
  readonly address: string;
  readonly txids: readonly string[];
}

function reasonsOf(one: Value, other: Value): HoldParallel['reasons'] {
  return [
    ...(one.address === other.address ? (['address'] as const) : []),
    ...(one.txids.some((txid) => other.txids.includes(txid)) ? (['transaction'] as const) : []),
  ];
}

/** Desks keep directories of their own: an addressee is the same by identifier, or by a name that this desk knows it by. */
function isSame(
  directory: Directory | undefined,
  ours: { readonly id: string },
  theirs: { readonly id: string; readonly name: Text },
): boolean {
  if (ours.id === theirs.id) return true;
  if (!directory) return false;
  return [theirs.name.en, theirs.name.ko].some((name) =>
    findByName(directory.book, name).some(({ id, match }) => id === ours.id && match !== 'romanised'),
  );
}

async function join(
  tx: Db,
  clock: Clock,
  hold: string,
  other: { readonly desk: string; readonly id: string },
  reasons: HoldParallel['reasons'],
): Promise<number> {
  const rows = await tx.query(
    'insert into hold_joins (hold, desk, other, reasons, at) values ($1, $2, $3, $4, $5) on conflict do nothing returning other',
    [hold, other.desk, other.id, JSON.stringify(reasons), instant(clock.now())],
  );
  return rows.length;
}

/** The other requests for the value of this one. */
export async function parallelOf(db: Db, hold: string): Promise<HoldParallel[]> {
  const joins = await db.query<{ desk: string; other: string; reasons: HoldParallel['reasons']; at: Date }>(
    'select desk, other, reasons, at from hold_joins where hold = $1 order by at, desk, other',
    [hold],
  );
  const found: HoldParallel[] = [];
  for (const { desk: from, other, reasons, at } of joins) {
    const joinedAt = instant(at.getTime());
    if (from !== ownDesk) {
      const [theirs] = await db.query<Row>('select body, revoked from partner_holds where desk = $1 and id = $2', [
        from,
        other,
      ]);
      if (!theirs) continue;
      const { id, desk, incident, addressee, state, expiresAt } = theirs.body;
      const now = theirs.revoked ? ('withdrawn' as const) : state;
      found.push({ id, desk, incident, addressee: addressee.name, state: now, expiresAt, reasons, joinedAt });
      continue;
    }
    const { id, incident, addressee, progress } = await findHold(db, other);
    const { state, expiresAt } = progress;
    found.push({ id, desk: null, incident, addressee: addressee.name, state, expiresAt, reasons, joinedAt });
  }
  return found;
}

export async function parallelCounts(db: Db): Promise<Map<string, number>> {
  const rows = await db.query<{ hold: string; n: number }>(
    'select hold, count(*)::integer as n from hold_joins group by hold',
  );
  return new Map(rows.map(({ hold, n }) => [hold, n]));
}
