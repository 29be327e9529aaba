import type { Text } from '@gongjo/contract';
import { revisionsToTell } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import type { Purpose } from '../policy/index.ts';
import { deliveryNamed } from './delivery.store.ts';
import { type HeldObject, newestAnywhere, newestObjects, objectsOfIncident } from './object.store.ts';
import type { SharingContext } from './party.ts';
import { type Recalled, recall } from './recall.ts';
import { type ReleasedTo, releaseTo } from './release-to.ts';
import { objectsSeen } from './seen.store.ts';

export interface ByHand {
  /** An object's identifier; of an incident, all that this desk holds of it goes with it. */
  readonly what: string;
  readonly to: string;
  readonly purpose: Purpose;
  readonly legalBasis: string;
  readonly by: string;
}

/**
 * A person asks for a release: of whatever is held here, this desk's own or received or imported. It is decided like every
 * other, for the purpose and on the basis that the person names. Throws `object-unknown`, `recipient-unknown`.
 */
export async function releaseByHand(
  tx: Db,
  context: SharingContext,
  { what, to, purpose, legalBasis, by }: ByHand,
): Promise<ReleasedTo> {
  const recipient = await context.party?.(tx, to);
  if (!recipient || recipient.kind === 'source') throw new GongjoError('recipient-unknown', { recipient: to });
  const object = await newestAnywhere(tx, context.desk.desk, what);
  if (!object) throw new GongjoError('object-unknown', { id: what });
  const objects = await withIncident(tx, object);
  const incident = object.type === 'incident' ? object.id : object.incident;
  return releaseTo(tx, context, { recipient, objects, incident, purpose, legalBasis, by, again: true });
}

async function withIncident(tx: Db, object: HeldObject): Promise<HeldObject[]> {
  if (object.type !== 'incident') return [object];
  const parts = await objectsOfIncident(tx, object.origin, object.id);
  return parts.some(({ id }) => id === object.id) ? parts : [object, ...parts];
}

/**
 * A person takes back an object, all of an incident or of a case, or what a delivery carried. Throws `object-unknown`.
 */
export async function recallByHand(
  tx: Db,
  context: SharingContext,
  { what, reason, by }: { readonly what: string; readonly reason: Text; readonly by: string },
): Promise<Recalled[]> {
  const objects = await named(tx, context, what);
  if (objects.length === 0) throw new GongjoError('object-unknown', { id: what });
  const recalls: Recalled[] = [];
  for (const [origin, group] of Map.groupBy(objects, (it) => it.origin))
    recalls.push(await recall(tx, context, { origin, ids: group.map(({ id }) => id), reason, by }));
  return recalls;
}

/** Of a case of this desk's, also what this desk told in it: nobody has use for the one without the other. */
async function withCase(tx: Db, { desk }: SharingContext, object: HeldObject): Promise<HeldObject[]> {
  if (object.type !== 'grouping' || object.origin !== desk.desk) return withIncident(tx, object);
  const told = await revisionsToTell(tx, object.id, desk.desk);
  return [
    object,
    ...(await newestObjects(
      tx,
      desk.desk,
      told.map((it) => it.object),
    )),
  ];
}

/**
 * Before a person releases or takes back: all that is named by it is there for that person, part by part. Throws
 * `object-unknown`.
 */
export async function demandNamed(db: Db, seen: Db, context: SharingContext, what: string): Promise<void> {
  const ids = [...new Set((await named(db, context, what)).map(({ id }) => id))];
  const shown = await objectsSeen(seen, ids);
  if (ids.length === 0 || ids.some((id) => !shown.has(id))) throw new GongjoError('object-unknown', { id: what });
}

async function named(tx: Db, context: SharingContext, what: string): Promise<HeldObject[]> {
  const { desk } = context;
  const object = await newestAnywhere(tx, desk.desk, what);
  if (object) return withCase(tx, context, object);
  const delivery = await deliveryNamed(tx, what);
  if (!delivery) return [];
  const found: HeldObject[] = [];
  for (const { id } of delivery.objects) {
    const held = await newestAnywhere(tx, desk.desk, id);
    if (held) found.push(held);
  }
  return found;
}
