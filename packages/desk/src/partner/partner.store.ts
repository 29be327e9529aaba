import type { DeskCard, DeskId, PartnerSummary, Problem } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import type { Party } from '../sharing/index.ts';

export interface Partner {
  readonly card: DeskCard;
  readonly fingerprint: string;
  readonly agreement: string | null;
  readonly link: PartnerSummary['link'];
}

interface Row {
  card: DeskCard;
  fingerprint: string;
  agreement: string | null;
  link_state: PartnerSummary['link']['state'];
  last_contact_at: Date | null;
  problem: Problem | null;
}

export async function listPartners(db: Db): Promise<Partner[]> {
  return (await db.query<Row>('select * from partners order by desk')).map(partnerOf);
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

export async function keepPartner(
  tx: Db,
  clock: Clock,
  card: DeskCard,
  fingerprint: string,
  agreement: string | null,
): Promise<void> {
  await tx.query(
    `insert into partners (desk, card, fingerprint, agreement, added_at) values ($1, $2, $3, $4, $5)
     on conflict (desk) do update set card = excluded.card, agreement = excluded.agreement`,
    [card.desk, JSON.stringify(card), fingerprint, agreement, instant(clock.now())],
  );
}

export async function dropPartner(tx: Db, desk: DeskId): Promise<void> {
  await tx.query('delete from partners where desk = $1', [desk]);
}

/** Notes how the last contact went. Answers whether that is news. */
export async function noteLink(tx: Db, clock: Clock, desk: DeskId, problem: Problem | null): Promise<boolean> {
  const rows = await tx.query<{ news: boolean }>(
    `update partners set link_state = $2, problem = $3, last_contact_at = case when $4 then $5 else last_contact_at end
     from (select link_state as before from partners where desk = $1) as old where desk = $1 returning old.before <> $2 as news`,
    [desk, problem ? 'down' : 'ok', problem ? JSON.stringify(problem) : null, problem === null, instant(clock.now())],
  );
  return rows[0]?.news ?? false;
}

/** Who is behind a recipient's or a sender's identifier; null where it is nobody's (any more). */
export async function findParty(db: Db, id: string): Promise<Party | null> {
  const partner = await findPartner(db, id);
  return partner && partyOf(partner);
}

export function partyOf({ card, agreement }: Partner): Party {
  return {
    id: card.desk,
    kind: 'desk',
    name: card.name,
    country: card.country,
    agreement,
    roles: [],
    communities: [],
    markFloor: 'clear',
  };
}

function partnerOf(row: Row): Partner {
  return {
    card: row.card,
    fingerprint: row.fingerprint,
    agreement: row.agreement,
    link: {
      state: row.link_state,
      lastContactAt: row.last_contact_at && instant(row.last_contact_at.getTime()),
      problem: row.problem,
    },
  };
}
