import type { DeskCard, DeskId, PartnerSummary, PartnerTerms, Problem } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import type { Party } from '../sharing/index.ts';

export interface Partner extends PartnerTerms {
  readonly card: DeskCard;
  readonly fingerprint: string;
  readonly state: PartnerSummary['state'];
  /** Which of our keys this partner knows us by; null: the first one that this desk had. */
  readonly ourKey: string | null;
  readonly link: PartnerSummary['link'];
}

interface Row {
  card: DeskCard;
  fingerprint: string;
  agreement: string | null;
  state: PartnerSummary['state'];
  roles: string[];
  communities: string[];
  mark_floor: PartnerTerms['markFloor'];
  purposes: string[] | null;
  legal_basis: string | null;
  quotas: PartnerTerms['quotas'];
  our_key: string | null;
  link_state: PartnerSummary['link']['state'];
  last_contact_at: Date | null;
  down_since: Date | null;
  problem: Problem | null;
}

/** Every partner, also those whose pairing is suspended. */
export async function listPartners(db: Db): Promise<Partner[]> {
  return (await db.query<Row>('select * from partners order by desk')).map(partnerOf);
}

/** The partners that something may go to: those whose key stands. */
export async function activePartners(db: Db): Promise<Partner[]> {
  return (await listPartners(db)).filter(({ state }) => state === 'active');
}

export async function findPartner(db: Db, desk: string): Promise<Partner | null> {
  const [row] = await db.query<Row>('select * from partners where desk = $1', [desk]);
  return row ? partnerOf(row) : null;
}

export async function partnerNamed(db: Db, desk: string): Promise<Partner> {
  const partner = await findPartner(db, desk);
  if (!partner) throw new GongjoError('partner-unknown', { desk });
  return partner;
}

/** Adds a partner, or takes a new card of one; whose key was compared is active again. */
export async function keepPartner(
  tx: Db,
  clock: Clock,
  kept: {
    readonly card: DeskCard;
    readonly fingerprint: string;
    readonly agreement: string | null;
    readonly ourKey: string;
  },
): Promise<void> {
  await tx.query(
    `insert into partners (desk, card, fingerprint, agreement, our_key, added_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (desk) do update set card = excluded.card, fingerprint = excluded.fingerprint, our_key = excluded.our_key,
       state = 'active', agreement = excluded.agreement`,
    [kept.card.desk, JSON.stringify(kept.card), kept.fingerprint, kept.agreement, kept.ourKey, instant(clock.now())],
  );
}

export async function dropPartner(tx: Db, desk: DeskId): Promise<void> {
  await tx.query('delete from partners where desk = $1', [desk]);
}

export async function keepTerms(tx: Db, desk: DeskId, terms: PartnerTerms): Promise<void> {
  await tx.query(
    `update partners set agreement = $2, roles = $3, communities = $4, mark_floor = $5, purposes = $6, legal_basis = $7,
       quotas = $8 where desk = $1`,
    [
      desk,
      terms.agreement,
      JSON.stringify(terms.roles),
      JSON.stringify(terms.communities),
      terms.markFloor,
      terms.purposes && JSON.stringify(terms.purposes),
      terms.legalBasis,
      JSON.stringify(terms.quotas),
    ],
  );
}

/** The partner's own words: another key of its own, which the one before it vouched for. */
export async function keepPartnerKey(
  tx: Db,
  desk: DeskId,
  card: DeskCard,
  fingerprint: string,
  state: Partner['state'],
): Promise<void> {
  await tx.query('update partners set card = $2, fingerprint = $3, state = $4 where desk = $1', [
    desk,
    JSON.stringify(card),
    fingerprint,
    state,
  ]);
}

export async function suspendPartner(tx: Db, desk: DeskId): Promise<void> {
  await tx.query(`update partners set state = 'suspended' where desk = $1`, [desk]);
}

/** The partner now knows us by this key. */
export async function noteOurKey(tx: Db, desk: DeskId, kid: string): Promise<void> {
  await tx.query('update partners set our_key = $2 where desk = $1', [desk, kid]);
}

/** Notes how the last contact went. Answers whether that is news. */
export async function noteLink(tx: Db, clock: Clock, desk: DeskId, problem: Problem | null): Promise<boolean> {
  const rows = await tx.query<{ news: boolean }>(
    `update partners set link_state = $2, problem = $3, last_contact_at = case when $4 then $5 else last_contact_at end,
       down_since = case when $4 then null else coalesce(down_since, $5) end
     from (select link_state as before from partners where desk = $1) as old where desk = $1 returning old.before <> $2 as news`,
    [desk, problem ? 'down' : 'ok', problem ? JSON.stringify(problem) : null, problem === null, instant(clock.now())],
  );
  return rows[0]?.news ?? false;
}

/** Who is behind a recipient's or a sender's identifier; null where it is nobody's (any more), or not paired yet. */
export async function findParty(db: Db, id: string): Promise<Party | null> {
  const partner = await findPartner(db, id);
  return partner?.state === 'active' ? partyOf(partner) : null;
}

/** The partner as a recipient that policy decides about. */
export function partyOf({ card, agreement, roles, communities, markFloor }: Partner): Party {
  return {
    id: card.desk,
    kind: 'desk',
    name: card.name,
    country: card.country,
    agreement,
    roles,
    communities,
    markFloor: markFloor ?? 'clear',
  };
}

function partnerOf(row: Row): Partner {
  return {
    card: row.card,
    fingerprint: row.fingerprint,
    state: row.state,
    agreement: row.agreement,
    roles: row.roles,
    communities: row.communities,
    markFloor: row.mark_floor,
    purposes: row.purposes,
    legalBasis: row.legal_basis,
    quotas: row.quotas,
    ourKey: row.our_key,
    link: {
      state: row.link_state,
      lastContactAt: row.last_contact_at && instant(row.last_contact_at.getTime()),
      downSince: row.down_since && instant(row.down_since.getTime()),
      problem: row.problem,
    },
  };
}
