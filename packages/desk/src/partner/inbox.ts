import type { Quotas } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import { type Clock, type Keyring, keyIdOf, type Random, type Records, sha256Hex } from '../platform/index.ts';
import { quarantine, readableBy, receive, type SharingContext } from '../sharing/index.ts';
import { believedKey, keyNamed, signerFor } from './keys-of.ts';
import { findParty, noteLink, type Partner, partnerNamed, partyOf } from './partner.store.ts';
import { takeKeyChange } from './revoke.ts';
import { claimedDelivery, claimedIssuer, signReceipt, verifyDelivery, verifyToken } from './seal.ts';
import type { Collections } from './taxii.ts';
import { countUsage } from './usage.store.ts';
import { claimedKey } from './vow.ts';
import type { Wire } from './wire.client.ts';

export interface PartnerContext extends SharingContext {
  readonly records: Records;
  readonly keys: Keyring;
  readonly clock: Clock;
  readonly random: Random;
  /** How other desks are reached; without one, as this machine reaches anybody. */
  readonly wire?: Wire;
  /** What a partner may ask of this desk where nothing else is set for it. */
  readonly quotas?: Quotas;
}

/**
 * Which partner sends a request, by the token it carries. Throws `partner-token-invalid`, `key-revoked` or
 * `partner-suspended`.
 */
export async function authenticate(
  { records, clock, desk }: PartnerContext,
  authorization: string | undefined,
): Promise<Partner> {
  const token = /^Bearer ([\w.-]+)$/i.exec(authorization ?? '')?.[1];
  const issuer = token && claimedIssuer(token);
  if (!token || !issuer) throw new GongjoError('partner-token-invalid', { detail: 'no token' });
  const partner = await partnerNamed(records, issuer).catch(() => {
    throw new GongjoError('partner-token-invalid', { detail: 'the sender is not a partner of this desk' });
  });
  const kid = claimedKey(token);
  const { key, standing } = await keyNamed(records, clock, partner, kid).catch(() => {
    throw new GongjoError('partner-token-invalid', { detail: 'it names a key that was never compared' });
  });
  await verifyToken(key, clock, partner.card.desk, desk.desk, token);
  // Only who has the key is told how it stands.
  if (standing === 'revoked') throw new GongjoError('key-revoked', { desk: issuer, kid: kid ?? (await keyIdOf(key)) });
  if (standing === 'retired')
    throw new GongjoError('partner-token-invalid', { detail: 'its key was replaced long ago' });
  if (partner.state === 'suspended') throw new GongjoError('partner-suspended', { desk: desk.desk });
  await noteLink(records, clock, partner.card.desk, null);
  return partner;
}

/** The collections as one partner sees them. `told` is called after something new was admitted or put in quarantine. */
export function collectionsFor(
  context: PartnerContext,
  partner: Partner,
  told: (what: 'admitted' | 'quarantined') => void,
): Collections {
  const { records, desk } = context;
  const party = partyOf(partner);
  return {
    desk,
    released: (after, addedAfter, limit) => readableBy(records, party.id, after, addedAfter, limit),
    deliver: async (envelope, signature) => {
      try {
        const { repeated, ...taken } = await take(context, partner, envelope, signature);
        if (!repeated) told('admitted');
        return taken;
      } catch (thrown) {
        if (thrown instanceof GongjoError) told('quarantined');
        throw thrown;
      }
    },
  };
}

async function take(context: PartnerContext, partner: Partner, envelope: string, signature: string) {
  const { records, clock, desk } = context;
  const party = partyOf(partner);
  await countUsage(records, clock, partner.card.desk, { deliveries: 1, bytes: Buffer.byteLength(envelope) });
  // Databases do not hold it, and JSON has no place for it; there is nothing to keep as evidence.
  if (envelope.includes('\u0000')) throw new GongjoError('bundle-invalid', { path: '', detail: 'it contains NUL' });
  let id: string;
  try {
    const key = await believedKey(records, clock, partner, claimedKey(signature));
    id = await verifyDelivery(key, partner.card.desk, desk.desk, envelope, signature);
  } catch (thrown) {
    if (thrown instanceof GongjoError) {
      // Without a readable identifier the bundle is known by what it is.
      const claimed = claimedDelivery(signature) ?? sha256Hex(envelope);
      await quarantine(records, context, { partner: party, id: claimed, envelope, signature }, thrown.problem);
    }
    throw thrown;
  }
  const at = instant(clock.now());
  const signer = signerFor(context.keys, partner);
  const { receipt, objectCount, refused, repeated } = await receive(
    records,
    { party: findParty, ...context },
    { partner: party, id, envelope, signature },
    (facts) => signReceipt(signer, facts),
    { key: (tx, _party, letter) => takeKeyChange(tx, context, partner, letter) },
  );
  if (!repeated) await countUsage(records, clock, partner.card.desk, { objects: objectCount });
  return { id, receipt, objectCount, refusedCount: refused.length, at, repeated };
}
