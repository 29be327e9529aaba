import { GongjoError, instant } from '../kernel/index.ts';
import { type Clock, type DeskKeys, type Random, type Records, sha256Hex } from '../platform/index.ts';
import { quarantine, readableBy, receive, type SharingContext } from '../sharing/index.ts';
import { findParty, noteLink, type Partner, partnerNamed, partyOf } from './partner.store.ts';
import { claimedDelivery, claimedIssuer, signReceipt, verifyDelivery, verifyToken } from './seal.ts';
import type { Collections } from './taxii.ts';

export interface PartnerContext extends SharingContext {
  readonly records: Records;
  readonly keys: DeskKeys;
  readonly clock: Clock;
  readonly random: Random;
}

/** Which partner sends a request, by the token it carries. Throws `partner-token-invalid`. */
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
  await verifyToken(partner.card.key, clock, partner.card.desk, desk.desk, token);
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
  const { records, keys, clock, desk } = context;
  const party = partyOf(partner);
  // Databases do not hold it, and JSON has no place for it; there is nothing to keep as evidence.
  if (envelope.includes('\u0000')) throw new GongjoError('bundle-invalid', { path: '', detail: 'it contains NUL' });
  let id: string;
  try {
    id = await verifyDelivery(partner.card.key, partner.card.desk, desk.desk, envelope, signature);
  } catch (thrown) {
    if (thrown instanceof GongjoError) {
      // Without a readable identifier the bundle is known by what it is.
      const claimed = claimedDelivery(signature) ?? sha256Hex(envelope);
      await quarantine(records, context, { partner: party, id: claimed, envelope, signature }, thrown.problem);
    }
    throw thrown;
  }
  const at = instant(clock.now());
  const { receipt, objectCount, refused, repeated } = await receive(
    records,
    { party: findParty, ...context },
    { partner: party, id, envelope, signature },
    (facts) => signReceipt(keys, facts),
  );
  return { id, receipt, objectCount, refusedCount: refused.length, at, repeated };
}
