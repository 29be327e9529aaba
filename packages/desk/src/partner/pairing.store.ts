import type { DeskCard, Pairing, Problem } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import { wordsOf } from './words.ts';

/** A pairing as this desk keeps it: from the invitation to the words, and how it ended. */
export interface KeptPairing {
  readonly id: string;
  readonly side: 'inviter' | 'accepter';
  readonly state: 'invited' | 'begun' | 'words' | 'paired' | 'burnt';
  readonly name: string | null;
  readonly agreement: string | null;
  readonly secret: string | null;
  readonly expiresAtMs: number;
  /** The other desk's. */
  readonly card: DeskCard | null;
  readonly ourKey: string;
  readonly commitment: string | null;
  readonly ourNonce: string | null;
  readonly theirNonce: string | null;
  readonly transcript: string | null;
  readonly confirmedHere: boolean;
  readonly confirmedThere: boolean;
  readonly problem: Problem | null;
}

interface Row {
  id: string;
  side: KeptPairing['side'];
  state: KeptPairing['state'];
  name: string | null;
  agreement: string | null;
  secret: string | null;
  expires_at: Date;
  card: DeskCard | null;
  our_key: string;
  commitment: string | null;
  our_nonce: string | null;
  their_nonce: string | null;
  transcript: string | null;
  confirmed_here_at: Date | null;
  confirmed_there_at: Date | null;
  problem: Problem | null;
}

/** Ended pairings are evidence; a page shows the newest. */
const listedMax = 100;

export type NewPairing = Pick<KeptPairing, 'id' | 'side' | 'name' | 'agreement' | 'secret' | 'expiresAtMs' | 'ourKey'> &
  Partial<Pick<KeptPairing, 'card' | 'commitment' | 'ourNonce'>> & { readonly by: string };

export async function addPairing(tx: Db, clock: Clock, made: NewPairing): Promise<void> {
  await tx.query(
    `insert into pairings (id, side, state, name, agreement, secret, made_at, expires_at, made_by, our_key, card, commitment,
       our_nonce) values ($1, $2, 'invited', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      made.id,
      made.side,
      made.name,
      made.agreement,
      made.secret,
      instant(clock.now()),
      instant(made.expiresAtMs),
      made.by,
      made.ourKey,
      made.card ? JSON.stringify(made.card) : null,
      made.commitment ?? null,
      made.ourNonce ?? null,
    ],
  );
}

export async function findPairing(db: Db, id: string): Promise<KeptPairing | null> {
  const [row] = await db.query<Row>('select * from pairings where id = $1', [id]);
  return row ? pairingOf(row) : null;
}

/** The newest pairing with a desk that has words, whether they were compared or not. */
export async function pairingWith(db: Db, desk: string): Promise<KeptPairing | null> {
  const [row] = await db.query<Row>(
    `select * from pairings where card->>'desk' = $1 and transcript is not null order by made_at desc, id limit 1`,
    [desk],
  );
  return row ? pairingOf(row) : null;
}

export async function listPairings(db: Db, clock: Clock): Promise<Pairing[]> {
  const rows = await db.query<Row>('select * from pairings order by made_at desc, id limit $1', [listedMax]);
  return rows.map((row) => shownPairing(pairingOf(row), clock.now()));
}

/** The other side has come in with the invitation. */
export async function keepBegun(
  tx: Db,
  id: string,
  { card, commitment, ourNonce }: { card: DeskCard; commitment: string; ourNonce: string },
): Promise<void> {
  await tx.query(`update pairings set state = 'begun', card = $2, commitment = $3, our_nonce = $4 where id = $1`, [
    id,
    JSON.stringify(card),
    commitment,
    ourNonce,
  ]);
}

/** Both nonces are known. The invitation's secret has done its work. */
export async function keepWords(tx: Db, id: string, theirNonce: string, transcript: string): Promise<void> {
  await tx.query(
    `update pairings set state = 'words', their_nonce = $2, transcript = $3, secret = null where id = $1`,
    [id, theirNonce, transcript],
  );
}

export async function keepTheirNonce(tx: Db, id: string, theirNonce: string): Promise<void> {
  await tx.query(`update pairings set state = 'begun', their_nonce = $2 where id = $1`, [id, theirNonce]);
}

export async function keepConfirmedHere(tx: Db, clock: Clock, id: string): Promise<void> {
  await tx.query('update pairings set confirmed_here_at = coalesce(confirmed_here_at, $2) where id = $1', [
    id,
    instant(clock.now()),
  ]);
}

export async function keepConfirmedThere(tx: Db, clock: Clock, id: string, jws: string): Promise<void> {
  await tx.query(
    `update pairings set confirmed_there_at = coalesce(confirmed_there_at, $2),
       their_confirmation = coalesce(their_confirmation, $3) where id = $1`,
    [id, instant(clock.now()), jws],
  );
}

export async function keepTold(tx: Db, clock: Clock, id: string): Promise<void> {
  await tx.query('update pairings set told_at = $2 where id = $1', [id, instant(clock.now())]);
}

/** Confirmed here, and the other side may not know it yet. */
export async function untoldPairings(db: Db, clock: Clock): Promise<KeptPairing[]> {
  const rows = await db.query<Row>(
    `select * from pairings where confirmed_here_at is not null and told_at is null and state in ('words', 'paired')
       and (state = 'paired' or expires_at > $1) order by made_at`,
    [instant(clock.now())],
  );
  return rows.map(pairingOf);
}

export async function keepPairedState(tx: Db, clock: Clock, id: string): Promise<void> {
  await tx.query(`update pairings set state = 'paired', ended_at = $2 where id = $1`, [id, instant(clock.now())]);
}

/** It ends without agreement; a pairing that has ended stays as it ended. */
export async function burnPairing(tx: Db, clock: Clock, id: string, problem: Problem | null): Promise<void> {
  await tx.query(
    `update pairings set state = 'burnt', secret = null, ended_at = $2, problem = $3
     where id = $1 and state not in ('paired', 'burnt')`,
    [id, instant(clock.now()), problem && JSON.stringify(problem)],
  );
}

/** Pairings under way were about a key that is no longer ours. */
export async function burnUnfinished(tx: Db, clock: Clock, problem: Problem): Promise<void> {
  await tx.query(
    `update pairings set state = 'burnt', secret = null, ended_at = $1, problem = $2
     where state in ('invited', 'begun', 'words')`,
    [instant(clock.now()), JSON.stringify(problem)],
  );
}

export function isOver({ state, expiresAtMs }: KeptPairing, nowMs: number): boolean {
  return state === 'burnt' || state === 'paired' || expiresAtMs <= nowMs;
}

/** As people see it: without secrets, with its words. */
export function shownPairing(pairing: KeptPairing, nowMs: number): Pairing {
  const { id, side, state, name, agreement, card, transcript, confirmedHere, confirmedThere, problem } = pairing;
  const hasExpired = state !== 'paired' && state !== 'burnt' && pairing.expiresAtMs <= nowMs;
  return {
    id,
    side,
    state: hasExpired ? 'expired' : state,
    name,
    desk: card?.desk ?? null,
    url: card?.url ?? null,
    agreement,
    expiresAt: instant(pairing.expiresAtMs),
    words: transcript !== null && state === 'words' && !hasExpired ? wordsOf(transcript) : null,
    confirmedHere,
    confirmedThere,
    problem,
  };
}

function pairingOf(row: Row): KeptPairing {
  return {
    id: row.id,
    side: row.side,
    state: row.state,
    name: row.name,
    agreement: row.agreement,
    secret: row.secret,
    expiresAtMs: row.expires_at.getTime(),
    card: row.card,
    ourKey: row.our_key,
    commitment: row.commitment,
    ourNonce: row.our_nonce,
    theirNonce: row.their_nonce,
    transcript: row.transcript,
    confirmedHere: row.confirmed_here_at !== null,
    confirmedThere: row.confirmed_there_at !== null,
    problem: row.problem,
  };
}
