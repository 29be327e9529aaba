import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import type { Purpose } from '../policy/index.ts';
import type { StixObject } from '../stix/index.ts';
import { decidedIds } from './decision.store.ts';
import { type HeldObject, keepObjects, newestObjects, seal } from './object.store.ts';
import { basisOf, type Party, type SharingContext } from './party.ts';
import { releaseTo } from './release-to.ts';
import { newerThan, sameBut } from './version.ts';

export interface Release {
  /** Null: they are of a case, or of none. */
  readonly incident: string | null;
  readonly objects: readonly StixObject[];
  readonly to: readonly Party[];
  readonly purpose: Purpose;
  readonly legalBasis?: string | null;
}

/**
 * Decides, in the caller's transaction, which of this desk's objects go to which partner, and puts what may go in the outbox.
 * Built again unchanged, an object is the one that stands; changed, it is a new version of it, decided like a new object.
 * Refusals are kept as well as releases; what was refused is decided again when the policy set or the agreement has changed.
 * Answers the partners for whom something now waits.
 */
export async function release(
  tx: Db,
  context: SharingContext,
  { incident, objects, to, purpose, legalBasis = null }: Release,
): Promise<Set<string>> {
  const standing = await versionsOf(tx, context, incident, objects);
  const waiting = new Set<string>();
  for (const recipient of to) {
    const basis = legalBasis === null ? {} : { legalBasis };
    const answer = await releaseTo(tx, context, {
      recipient,
      objects: standing,
      incident,
      purpose,
      by: null,
      ...basis,
    });
    if (answer.waiting) waiting.add(recipient.id);
  }
  return waiting;
}

/** The versions of these objects of ours that stand, made and kept where what was built is new. */
async function versionsOf(
  tx: Db,
  { clock, desk }: SharingContext,
  incident: string | null,
  built: readonly StixObject[],
): Promise<HeldObject[]> {
  const objects = new Map(built.map((object) => [object.id as string, object]));
  const known = await newestObjects(tx, desk.desk, [...objects.keys()]);
  const before = new Map(known.map((it) => [it.id, it]));
  const now = instant(clock.now());
  // Translations name the version that they are of, so they come last.
  const ordered = [...objects.values()].sort((a, b) => Number(isTranslation(a)) - Number(isTranslation(b)));
  const standing = new Map<string, HeldObject>();
  const made: HeldObject[] = [];
  for (const object of ordered) {
    const translated = isTranslation(object) ? standing.get(String(object.object_ref)) : undefined;
    const wanted = translated?.modified ? { ...object, object_modified: translated.modified } : object;
    const held = before.get(object.id);
    if (held && (held.revoked || held.recalled || held.modified === null || sameBut(held.object, wanted))) {
      standing.set(object.id, held);
      continue;
    }
    const version = held ? newerThan(held.object, wanted, now) : wanted;
    const fresh = { ...seal(version), origin: desk.desk, incident, given: null, revoked: false, recalled: false };
    standing.set(object.id, fresh);
    made.push(fresh);
  }
  await keepObjects(tx, clock, { origin: desk.desk, incident }, made);
  return [...objects.keys()].flatMap((id) => standing.get(id) ?? []);
}

const isTranslation = ({ type }: StixObject) => type === 'language-content';

/** Which of these incidents have, for one of the partners, never been decided on its present basis. */
export async function undecidedIncidents(
  db: Db,
  context: SharingContext,
  incidents: readonly string[],
  to: readonly Party[],
): Promise<Set<string>> {
  const undecided = new Set<string>();
  for (const party of to) {
    const decided = await decidedIds(db, party.id, basisOf(context, party), incidents);
    for (const id of incidents) if (!decided.has(id)) undecided.add(id);
  }
  return undecided;
}
