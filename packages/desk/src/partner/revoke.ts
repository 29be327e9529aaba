import { recordAudit } from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { type Db, fingerprintOf, keyIdOf } from '../platform/index.ts';
import type { PartnerContext } from './inbox.ts';
import { verifyChange, zRevocation } from './key-change.ts';
import { callPairing } from './pairing-call.client.ts';
import {
  findPartner,
  keepNotice,
  keepPartnerKey,
  type Partner,
  partnerNamed,
  partnersToNotify,
  suspendPartner,
} from './partner.store.ts';
import { keepCurrentKey, knownKey, markRevoked } from './partner-key.store.ts';
import { claimedVow, verifyVow, vowTypes } from './vow.ts';

/** A partner's letter about its new key, in the transaction that keeps its receipt. Throws `key-chain-broken`. */
export async function takeKeyChange(
  tx: Db,
  { clock }: PartnerContext,
  partner: Partner,
  letter: unknown,
): Promise<void> {
  const { card, state } = await partnerNamed(tx, partner.card.desk);
  const { key, old } = await verifyChange(card.key, card.desk, letter);
  const kid = await keyIdOf(key);
  if ((await knownKey(tx, clock, card.desk, kid))?.standing === 'revoked')
    throw new GongjoError('key-revoked', { desk: card.desk, kid });
  await keepPartnerKey(tx, card.desk, { ...card, key }, await fingerprintOf(key), state);
  await keepCurrentKey(tx, clock, card.desk, kid, key);
  await recordAudit(tx, clock, {
    actor: `desk:${card.desk}`,
    action: 'partner.key-changed',
    subject: card.desk,
    details: { from: old, to: kid },
  });
}

/** The operator here no longer believes a key of a partner: from the commit on, nothing that it signed is taken. */
export async function revokePartnerKey(
  tx: Db,
  context: PartnerContext,
  asked: { readonly desk: string; readonly kid: string; readonly reason: string; readonly by: string },
): Promise<Partner> {
  const { card } = await partnerNamed(tx, asked.desk);
  await distrust(tx, context, { ...asked, partner: card.desk });
  return partnerNamed(tx, card.desk);
}

/** A partner's own word that a key of its is in other hands. Whoever can say it has the key, so it is believed of anybody. */
export async function takeRevocation(context: PartnerContext, message: string): Promise<null> {
  const { records, clock } = context;
  const nothing = () => new GongjoError('invitation-invalid', { detail: 'there is no such partner or key' });
  const claimed = claimedVow(zRevocation, message);
  const partner = claimed && (await findPartner(records, claimed.desk));
  if (!claimed || !partner) throw nothing();
  const { desk } = partner.card;
  const known = await knownKey(records, clock, desk, claimed.kid);
  if (!known) throw nothing();
  const { reason, kid } = await verifyVow(known.key, desk, vowTypes.key, zRevocation, message).catch(() => {
    throw nothing();
  });
  if (known.standing === 'revoked') return null;
  await records.transaction((tx) => distrust(tx, context, { partner: desk, kid, reason, by: `desk:${desk}` }));
  return null;
}

async function distrust(
  tx: Db,
  { clock }: PartnerContext,
  asked: {
    readonly partner: Partner['card']['desk'];
    readonly kid: string;
    readonly reason: string;
    readonly by: string;
  },
): Promise<void> {
  const { partner, kid, reason, by } = asked;
  const { card } = await partnerNamed(tx, partner);
  if (!(await markRevoked(tx, clock, partner, kid, reason)))
    throw new GongjoError('key-unknown', { desk: partner, kid });
  if (kid === (await keyIdOf(card.key))) await suspendPartner(tx, partner);
  await recordAudit(tx, clock, {
    actor: by,
    action: 'partner.key-revoked',
    subject: partner,
    details: { kid, reason },
  });
}

/** Tells those who do not know yet that a key of ours was revoked. Answers whether anybody was told. */
export async function tellRevoked(context: PartnerContext, signal: AbortSignal): Promise<boolean> {
  let told = false;
  for (const { card, notice } of await partnersToNotify(context.records)) {
    if (signal.aborted) return told;
    try {
      await callPairing(context, card, 'revoke', notice, signal);
    } catch (thrown) {
      // Who no longer knows us need not be told.
      if (!(thrown instanceof GongjoError) || thrown.code !== 'pairing-ended') continue;
    }
    await context.records.transaction((tx) => keepNotice(tx, card.desk, null));
    told = true;
  }
  return told;
}
