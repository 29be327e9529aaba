import type { Pairing } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { canonicalJson, epochMs, GongjoError } from '../kernel/index.ts';
import type { PartnerContext } from './inbox.ts';
import { type Invitation, parseInvitation } from './invitation.ts';
import { mayBecome, parseCard } from './pair.ts';
import { addPairing, findPairing, type KeptPairing, keepTheirNonce, keepWords, shownPairing } from './pairing.store.ts';
import { callPairing } from './pairing-call.client.ts';
import { zBegun, zReady } from './pairing-message.ts';
import { commitmentOf, proofOf, transcriptOf } from './transcript.ts';
import { signVow, verifyVow, vowTypes } from './vow.ts';

/**
 * Begins a pairing with whoever made the invitation, up to the words. Run again with the same invitation after an outage it
 * goes on where it was.
 */
export async function accept(
  context: PartnerContext,
  asked: { readonly invitation: string; readonly agreement: string | null; readonly by: string },
): Promise<Pairing> {
  const { records, clock, desk } = context;
  const invitation = parseInvitation(asked.invitation, clock.now());
  const card = parseCard(desk, invitation.card);
  await mayBecome(records, card);
  const begun = await begin(context, invitation, asked);
  if (begun.state === 'burnt') throw ended(begun, 'it was ended before');
  const ready =
    begun.state === 'invited' || begun.state === 'begun' ? await exchange(context, invitation, begun) : begun;
  return shownPairing(ready, clock.now());
}

/** Fixes our nonce before anything is sent: it is the same one however often this is repeated. */
async function begin(
  { records, clock, random, keys, desk }: PartnerContext,
  { id, card, expiresAt }: Invitation,
  { agreement, by }: { readonly agreement: string | null; readonly by: string },
): Promise<KeptPairing> {
  const ourNonce = random.token();
  return records.transaction(async (tx) => {
    const before = await findPairing(tx, id);
    if (before) {
      if (before.side !== 'accepter') throw new GongjoError('partner-is-self');
      if (canonicalJson(before.card) !== canonicalJson(card))
        throw new GongjoError('invitation-invalid', { detail: 'it came before with another card' });
      return before;
    }
    await addPairing(tx, clock, {
      ...{ id, side: 'accepter', name: null, agreement, secret: null, expiresAtMs: epochMs(expiresAt), by, card },
      ourKey: keys.keyId,
      ourNonce,
      commitment: commitmentOf(id, { ...desk }, ourNonce),
    });
    await recordAudit(tx, clock, {
      actor: by,
      action: 'partner.invitation-accepted',
      subject: card.desk,
      details: { invitation: id, url: card.url },
    });
    return named(await findPairing(tx, id), id);
  });
}

async function exchange(
  context: PartnerContext,
  { id, secret, card }: Invitation,
  pairing: KeptPairing,
): Promise<KeptPairing> {
  const { records, keys, desk } = context;
  const { commitment, ourNonce } = pairing;
  if (commitment === null || ourNonce === null) throw ended(pairing, 'it was not begun here');
  const own = { ...desk };
  const common = { invitation: id, iss: desk.desk, aud: card.desk };
  // The other side's nonce is asked for until it is known, and never again: there is no second guess.
  let theirNonce = pairing.theirNonce;
  if (theirNonce === null) {
    const proof = proofOf(secret, { invitation: id, card: own, commitment });
    const begin = await signVow(keys, vowTypes.pairing, { ...common, step: 'begin', card: own, commitment, proof });
    const answer = (await callPairing(context, card, 'begin', begin)) ?? '';
    const begun = await verifyVow(card.key, card.desk, vowTypes.pairing, zBegun, answer);
    const isOurs =
      begun.invitation === id &&
      begun.aud === desk.desk &&
      begun.commitment === commitment &&
      canonicalJson(begun.card) === canonicalJson(card);
    if (!isOurs) throw ended(pairing, 'the answer is about something else');
    const { nonce } = begun;
    await records.transaction((tx) => keepTheirNonce(tx, id, nonce));
    theirNonce = nonce;
  }
  const inviterNonce = theirNonce;
  const reveal = await signVow(keys, vowTypes.pairing, { ...common, step: 'reveal', nonce: ourNonce });
  const said = (await callPairing(context, card, 'reveal', reveal)) ?? '';
  const ready = await verifyVow(card.key, card.desk, vowTypes.pairing, zReady, said);
  const transcript = transcriptOf({
    ...{ invitation: id, inviter: card, accepter: own, commitment },
    ...{ inviterNonce, accepterNonce: ourNonce },
  });
  if (ready.invitation !== id || ready.transcript !== transcript) throw ended(pairing, 'the two saw different things');
  return records.transaction(async (tx) => {
    await keepWords(tx, id, inviterNonce, transcript);
    return named(await findPairing(tx, id), id);
  });
}

function ended({ card, id }: KeptPairing, detail: string): GongjoError {
  return new GongjoError('pairing-ended', { desk: card?.desk ?? id, detail });
}

function named(pairing: KeptPairing | null, id: string): KeptPairing {
  if (!pairing) throw new GongjoError('pairing-unknown', { desk: id });
  return pairing;
}
