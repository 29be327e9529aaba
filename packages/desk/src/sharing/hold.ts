import { findHold, joinPartnerHold, keepPartnerHold, type PartnerHold, type StoredHold } from '../cases/index.ts';
import { addressOn } from '../ledger/index.ts';
import type { Db } from '../platform/index.ts';
import { deskIdentityId, holdObject, holdOf, relationship, type StixObject, zStixId } from '../stix/index.ts';
import { isBy } from './claims.ts';
import { introductions } from './introductions.ts';
import type { Party, SharingContext } from './party.ts';
import { release } from './release.ts';

/**
 * Tells partners of a hold request, as policy allows: from the first time that it was approved, so that a draft stays with the
 * desk, and again whenever it changes. Answers whether something now waits to be delivered.
 */
export async function releaseHold(
  tx: Db,
  context: SharingContext,
  { hold: id, to }: { readonly hold: string; readonly to: readonly Party[] },
): Promise<boolean> {
  const hold = await findHold(tx, id);
  if (hold.round === 0) return false;
  const objects = objectsOf(context, hold);
  const { incident } = hold;
  const waiting = await release(tx, context, { incident, objects, to, purpose: 'investigation' });
  return waiting.size > 0;
}

function objectsOf({ desk }: SharingContext, hold: StoredHold): StixObject[] {
  const { facts, addressee, progress, tlp, drill, draftedAt, updatedAt } = hold;
  const author = deskIdentityId(desk.desk);
  const incident = zStixId.parse(hold.incident);
  const stamp = { author, tlp, ...(drill && { drill }) };
  const object = holdObject(
    {
      key: hold.id,
      incident,
      chain: facts.chain,
      address: facts.address,
      txids: [...new Set(facts.transactions.map(({ txid }) => txid))],
      addressee: { id: addressee.id, name: addressee.name, country: addressee.country },
      state: progress.state,
      scope: facts.scope,
      number: hold.number,
      amounts: facts.amounts,
      held: progress.held,
      draftedAt,
      sentAt: progress.sentAt,
      expiresAt: progress.expiresAt,
      drill,
    },
    { ...stamp, now: updatedAt, created: draftedAt },
  );
  return [
    ...introductions(desk, draftedAt),
    object,
    relationship('related-to', object.id, incident, { ...stamp, now: draftedAt, created: draftedAt }),
  ];
}

/** A partner's own hold requests: kept, shown, and held against this desk's. What it passes on of others' is only kept as an object. */
export async function adoptHolds(
  tx: Db,
  { clock, directory }: SharingContext,
  partner: Party,
  objects: readonly StixObject[],
): Promise<void> {
  for (const object of objects) {
    const shared = holdOf(object);
    const address = shared && addressOn(shared.chain, shared.address);
    if (!shared || !address || !isBy(object, partner)) continue;
    const { key, ...facts } = shared;
    const hold: PartnerHold = {
      ...facts,
      ...{ amounts: [...facts.amounts], held: [...facts.held] },
      id: key,
      address,
      desk: { id: partner.id, name: partner.name },
      modified: String(object.modified),
      revoked: object.revoked === true,
    };
    if ((await keepPartnerHold(tx, clock, hold, object.id)) && !hold.revoked)
      await joinPartnerHold(tx, clock, directory, hold);
  }
}
