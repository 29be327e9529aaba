import type { Pairing } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { type Db, keyIdOf } from '../platform/index.ts';
import type { PartnerContext } from './inbox.ts';
import { keepPaired, mayBecome } from './pair.ts';
import {
  burnPairing,
  findPairing,
  isOver,
  type KeptPairing,
  keepConfirmedHere,
  keepConfirmedThere,
  keepPairedState,
  keepTold,
  pairingWith,
  shownPairing,
  untoldPairings,
} from './pairing.store.ts';
import { callPairing } from './pairing-call.client.ts';
import { zConfirm } from './pairing-message.ts';
import { findPartner } from './partner.store.ts';
import { signVow, verifyVow, vowTypes } from './vow.ts';
import { areWordsOf } from './words.ts';

/**
 * An operator has heard the other side's words. Right ones are a word of ours that the other side gets; when both have said
 * it, the two are partners. Wrong ones burn the pairing: a second try would be a second guess.
 */
export async function confirmWords(
  context: PartnerContext,
  asked: { readonly desk: string; readonly words: string; readonly by: string },
): Promise<Pairing> {
  const { records, clock } = context;
  const { desk, words, by } = asked;
  const checked = await records.transaction(async (tx) => {
    const pairing = await pairingWith(tx, desk);
    if (!pairing || pairing.transcript === null) throw new GongjoError('pairing-unknown', { desk });
    if (pairing.state === 'burnt') throw pairing.problem ? GongjoError.of(pairing.problem) : over(desk, 'it was burnt');
    if (pairing.state !== 'paired' && isOver(pairing, clock.now())) throw over(desk, 'it has expired');
    const isRight = areWordsOf(pairing.transcript, words);
    if (pairing.state === 'paired') return { pairing, isRight: true };
    await recordAudit(tx, clock, {
      actor: by,
      action: isRight ? 'partner.words-confirmed' : 'partner.words-wrong',
      subject: desk,
      details: { invitation: pairing.id },
    });
    if (isRight) {
      await keepConfirmedHere(tx, clock, pairing.id);
      return { pairing: await settle(tx, context, pairing.id), isRight };
    }
    await burnPairing(tx, clock, pairing.id, new GongjoError('pairing-words-wrong', { desk }).problem);
    return { pairing, isRight };
  });
  if (!checked.isRight) {
    await tellBurnt(context, checked.pairing).catch(() => undefined);
    throw new GongjoError('pairing-words-wrong', { desk });
  }
  await tell(context, checked.pairing).catch(() => undefined);
  return shownPairing((await findPairing(records, checked.pairing.id)) ?? checked.pairing, clock.now());
}

/** Our signed word that somebody here heard the words. */
export function confirmationOf(
  { keys, desk }: PartnerContext,
  { id, ourKey, card, transcript }: KeptPairing,
): Promise<string> {
  const by = keys.find(ourKey) ?? keys;
  return signVow(by, vowTypes.pairing, {
    ...{ step: 'confirm', invitation: id, iss: desk.desk, aud: card?.desk, transcript },
  });
}

/** The other side's verified word is kept, in the caller's transaction; it may make the two partners. */
export async function confirmedThere(tx: Db, context: PartnerContext, id: string, jws: string): Promise<KeptPairing> {
  const pairing = await findPairing(tx, id);
  if (!pairing || pairing.state === 'burnt') throw over(pairing?.card?.desk ?? id, 'it was burnt');
  if (pairing.state !== 'paired' && isOver(pairing, context.clock.now()))
    throw over(pairing.card?.desk ?? id, 'it has expired');
  await keepConfirmedThere(tx, context.clock, id, jws);
  return settle(tx, context, id);
}

async function settle(tx: Db, context: PartnerContext, id: string): Promise<KeptPairing> {
  const { clock, desk } = context;
  const pairing = await findPairing(tx, id);
  if (!pairing?.card) throw new GongjoError('pairing-unknown', { desk: id });
  const { card, state } = pairing;
  if (state !== 'words' || !pairing.confirmedHere || !pairing.confirmedThere) return pairing;
  await mayBecome(tx, card);
  const known = await findPartner(tx, card.desk);
  const agreement = pairing.agreement ?? known?.agreement ?? null;
  await keepPaired(tx, clock, desk, card, agreement);
  await keepPairedState(tx, clock, id);
  await recordAudit(tx, clock, {
    actor: `desk:${card.desk}`,
    action: 'partner.paired',
    subject: card.desk,
    details: { invitation: id, key: await keyIdOf(card.key), url: card.url, agreement },
  });
  return { ...pairing, state: 'paired' };
}

/** Tells those whose words were confirmed here and who may not know it yet. Answers whether two became partners. */
export async function tellConfirmed(context: PartnerContext, signal: AbortSignal): Promise<boolean> {
  let paired = false;
  for (const pairing of await untoldPairings(context.records, context.clock)) {
    if (signal.aborted) return paired;
    paired = (await tell(context, pairing, signal).catch(() => false)) || paired;
  }
  return paired;
}

async function tell(context: PartnerContext, pairing: KeptPairing, signal?: AbortSignal): Promise<boolean> {
  const { records, clock, desk } = context;
  const { id, card, transcript } = pairing;
  if (!card || transcript === null) return false;
  let theirs: string | null;
  try {
    theirs = await callPairing(context, card, 'confirm', await confirmationOf(context, pairing), signal);
  } catch (thrown) {
    if (thrown instanceof GongjoError && thrown.code === 'pairing-ended')
      await records.transaction((tx) => burnPairing(tx, clock, id, thrown.problem));
    throw thrown;
  }
  const said = theirs === null ? null : await verifyVow(card.key, card.desk, vowTypes.pairing, zConfirm, theirs);
  const isOurs = said?.invitation === id && said.aud === desk.desk && said.transcript === transcript;
  return records.transaction(async (tx) => {
    await keepTold(tx, clock, id);
    if (theirs === null || !isOurs) return false;
    return (await confirmedThere(tx, context, id, theirs)).state === 'paired';
  });
}

async function tellBurnt(context: PartnerContext, { id, card, transcript }: KeptPairing): Promise<void> {
  const { keys, desk } = context;
  if (!card) return;
  const message = { step: 'burn', invitation: id, iss: desk.desk, aud: card.desk, transcript };
  await callPairing(context, card, 'burn', await signVow(keys, vowTypes.pairing, message));
}

function over(desk: string, detail: string): GongjoError {
  return new GongjoError('pairing-ended', { desk, detail });
}
