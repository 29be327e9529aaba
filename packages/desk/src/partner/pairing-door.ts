import type { DeskCard } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { confirmationOf, confirmedThere } from './confirm.ts';
import type { PartnerContext } from './inbox.ts';
import { mayBecome, parseCard } from './pair.ts';
import { burnPairing, findPairing, isOver, type KeptPairing, keepBegun, keepWords } from './pairing.store.ts';
import { type PairingStep, zAnyStep, zBegin, zBurn, zConfirm, zReveal } from './pairing-message.ts';
import { commitmentOf, isSame, proofOf, transcriptOf } from './transcript.ts';
import { claimedVow, signVow, verifyVow, vowTypes } from './vow.ts';

/**
 * The door at which a desk that is no partner yet can speak: one signed message in, one out. Whoever does not hold an
 * invitation, or did not begin this pairing, learns only that there is none.
 */
export async function answerPairing(
  context: PartnerContext,
  step: PairingStep,
  message: string,
): Promise<string | null> {
  const claimed = claimedVow(zAnyStep, message);
  if (!claimed || claimed.step !== step) throw nothing();
  try {
    return await handlers[step](context, claimed.invitation, message);
  } catch (thrown) {
    // A forged message is answered as if there were no such pairing.
    if (thrown instanceof GongjoError && thrown.code === 'signature-invalid') throw nothing();
    throw thrown;
  }
}

type Handler = (context: PartnerContext, id: string, message: string) => Promise<string | null>;
const handlers: Readonly<Record<PairingStep, Handler>> = { begin, reveal, confirm, burn };

const nothing = () =>
  new GongjoError('invitation-invalid', { detail: 'it is not known here, was used, or has expired' });

async function begin(context: PartnerContext, id: string, message: string): Promise<string> {
  const { records, clock, random, keys, desk } = context;
  const claimed = claimedVow(zBegin, message);
  if (!claimed) throw nothing();
  const asked = await verifyVow(claimed.card.key, claimed.card.desk, vowTypes.pairing, zBegin, message);
  const ourNonce = random.token();
  const nonce = await records.transaction(async (tx) => {
    const pairing = await findPairing(tx, id);
    if (pairing?.side !== 'inviter' || pairing.secret === null || isOver(pairing, clock.now())) throw nothing();
    if (!isSame(asked.proof, proofOf(pairing.secret, { ...asked, invitation: id }))) throw nothing();
    if (asked.aud !== desk.desk || asked.iss !== asked.card.desk || pairing.ourKey !== keys.keyId) throw nothing();
    const card = parseCard(desk, asked.card);
    if (pairing.state === 'begun') return begunBefore(pairing, card, asked.commitment);
    await mayBecome(tx, card);
    await keepBegun(tx, id, { card, commitment: asked.commitment, ourNonce });
    await recordAudit(tx, clock, {
      actor: `desk:${card.desk}`,
      action: 'partner.invitation-used',
      subject: id,
      details: { url: card.url },
    });
    return ourNonce;
  });
  return signVow(keys, vowTypes.pairing, {
    ...{ step: 'begun', invitation: id, iss: desk.desk, aud: asked.card.desk },
    ...{ card: { ...desk }, commitment: asked.commitment, nonce },
  });
}

/** The same message again gets the same answer; an invitation that was used by another desk is used up. */
function begunBefore({ card, commitment, ourNonce }: KeptPairing, asked: DeskCard, theirs: string): string {
  if (ourNonce === null || commitment !== theirs || card?.desk !== asked.desk || card.key.x !== asked.key.x)
    throw nothing();
  return ourNonce;
}

async function reveal(context: PartnerContext, id: string, message: string): Promise<string> {
  const { records, clock, keys, desk } = context;
  const { card } = await underWay(records, id);
  const { nonce } = await verifyVow(card.key, card.desk, vowTypes.pairing, zReveal, message);
  const outcome = await records.transaction(async (tx) => {
    const pairing = await underWay(tx, id);
    const { commitment, ourNonce } = pairing;
    if (pairing.side !== 'inviter' || ourNonce === null || commitment === null || isOver(pairing, clock.now()))
      throw nothing();
    if (commitment !== commitmentOf(id, card, nonce)) {
      await end(tx, context, pairing, 'the nonce is not the one that was committed to');
      return null;
    }
    const transcript = transcriptOf({
      ...{ invitation: id, inviter: { ...desk }, accepter: card, commitment },
      inviterNonce: ourNonce,
      accepterNonce: nonce,
    });
    if (pairing.state === 'begun') await keepWords(tx, id, nonce, transcript);
    return transcript;
  });
  if (outcome === null) throw nothing();
  return signVow(keys, vowTypes.pairing, {
    ...{ step: 'ready', invitation: id, iss: desk.desk, aud: card.desk, transcript: outcome },
  });
}

/** Somebody there has heard the right words. Answers our own word, where somebody here has too. */
async function confirm(context: PartnerContext, id: string, message: string): Promise<string | null> {
  const { records, desk } = context;
  const { card, transcript } = await underWay(records, id);
  const said = await verifyVow(card.key, card.desk, vowTypes.pairing, zConfirm, message);
  if (said.iss !== card.desk || said.aud !== desk.desk || said.transcript !== transcript) throw nothing();
  const pairing = await records.transaction((tx) => confirmedThere(tx, context, id, message));
  return pairing.confirmedHere ? confirmationOf(context, pairing) : null;
}

async function burn(context: PartnerContext, id: string, message: string): Promise<null> {
  const { records, desk } = context;
  const { card, transcript } = await underWay(records, id);
  const said = await verifyVow(card.key, card.desk, vowTypes.pairing, zBurn, message);
  if (said.iss !== card.desk || said.aud !== desk.desk || said.transcript !== transcript) throw nothing();
  await records.transaction(async (tx) => {
    const pairing = await underWay(tx, id);
    if (pairing.state === 'words') await end(tx, context, pairing, 'the words were wrong at the other desk');
  });
  return null;
}

async function end(tx: Db, { clock }: PartnerContext, { id, card }: KeptPairing, detail: string): Promise<void> {
  const subject = card?.desk ?? id;
  await burnPairing(tx, clock, id, new GongjoError('pairing-ended', { desk: subject, detail }).problem);
  await recordAudit(tx, clock, {
    actor: `desk:${subject}`,
    action: 'partner.pairing-burnt',
    subject: id,
    details: { detail },
  });
}

async function underWay(db: Db, id: string): Promise<KeptPairing & { readonly card: DeskCard }> {
  const pairing = await findPairing(db, id);
  if (!pairing?.card) throw nothing();
  return { ...pairing, card: pairing.card };
}
