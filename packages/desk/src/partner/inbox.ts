import type { Quotas, Refused } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import { type Clock, type Keyring, keyIdOf, type Random, type Records, sha256Hex } from '../platform/index.ts';
import {
  holdsReadable,
  quarantine,
  readable,
  receive,
  type SharingContext,
  versionOfObject,
} from '../sharing/index.ts';
import type { StixObject } from '../stix/index.ts';
import { believedKey, keyNamed, signerFor } from './keys-of.ts';
import { findParty, noteLink, type Partner, partnerNamed, partyOf } from './partner.store.ts';
import { takeKeyChange } from './revoke.ts';
import { claimedDelivery, claimedIssuer, signReceipt, verifyDelivery, verifyToken } from './seal.ts';
import { type Collection, type Collections, inboxId, outboxId, type Status } from './taxii/index.ts';
import { findStatus, keepStatus } from './taxii-status.store.ts';
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
  const { records, clock, desk } = context;
  const party = partyOf(partner);
  const inbox: Collection = {
    id: inboxId,
    alias: 'inbox',
    title: 'Inbox',
    description: 'Signed bundles for this desk.',
    canRead: false,
    canWrite: true,
    page: async ({ after }) => ({ rows: [], bodies: '', more: false, next: after, since: null }),
    holds: async () => false,
    add: async (envelope, signature) => {
      if (signature === null) throw new GongjoError('signature-missing');
      try {
        const { repeated, ...taken } = await take(context, partner, envelope, signature);
        if (!repeated) told('admitted');
        const status = deliveryStatus(taken, envelope);
        await keepStatus(records, clock, party.id, status);
        return status;
      } catch (thrown) {
        if (thrown instanceof GongjoError) told('quarantined');
        throw thrown;
      }
    },
    remove: async () => 0,
  };
  const outbox: Collection = {
    ...inbox,
    id: outboxId,
    alias: 'released',
    title: 'Released',
    description: 'What this desk has released to you.',
    canRead: true,
    canWrite: false,
    page: (query, bodies) => readable(records, party.id, query, bodies),
    holds: (id) => holdsReadable(records, party.id, id),
  };
  return {
    desk,
    list: async () => [inbox, outbox],
    find: async (name) => [inbox, outbox].find(({ id, alias }) => id === name || alias === name) ?? null,
    status: (id) => findStatus(records, party.id, id),
  };
}

/** What became of a delivery that was taken, as TAXII tells it; one of another kind than objects may hold none. */
function deliveryStatus({ id, receipt, refused, at }: Taken, envelope: string): Status {
  const { objects = [] } = JSON.parse(envelope) as { readonly objects?: readonly StixObject[] };
  const faults = new Map(refused.map((it) => [it.index, it]));
  const detailed = objects.map((object, index) => {
    const version = versionOfObject(object ?? {});
    const fault = faults.get(index);
    if (!fault) return { id: object.id, version };
    return { id: fault.id ?? `objects/${index}`, version, message: fault.detail };
  });
  return {
    id,
    requestedAt: at,
    successes: detailed.filter((it) => !('message' in it)),
    failures: detailed.filter((it) => 'message' in it),
    pendings: [],
    receipt,
  };
}

interface Taken {
  readonly id: string;
  readonly receipt: string;
  readonly refused: readonly Refused[];
  readonly at: string;
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
  return { id, receipt, refused, at, repeated };
}
