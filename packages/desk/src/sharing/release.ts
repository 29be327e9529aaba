import type { DeskCard, DeskId, Reason, Text } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { nothingElse, tell } from '../cases/index.ts';
import { canonicalJson, instant } from '../kernel/index.ts';
import type { Clock, Db, Random } from '../platform/index.ts';
import { decide, type PartnerFacts, type PolicySet } from '../policy/index.ts';
import { type StixObject, tlpOf } from '../stix/index.ts';
import { addDelivery } from './delivery.store.ts';
import { keepObjects, ownObjectIds, type SealedObject, seal, sharedObject } from './object.store.ts';

/** Another desk as far as a decision needs to know it. */
export interface Party {
  readonly desk: DeskId;
  readonly name: Text;
  readonly country: string;
  /** The agreement under which the two exchange; null: none, and then the default policy releases nothing. */
  readonly agreement: string | null;
}

/** A party as the policy asks about it. Only paired desks become parties. */
export function partnerFacts({ desk, country, agreement }: Party): PartnerFacts {
  return { id: desk, country, agreement, paired: true };
}

export interface SharingContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly desk: DeskCard;
  readonly policies: PolicySet;
}

/** A delivery is signed, sent and admitted as a whole; this many objects stay well under a partner's size limit. */
const objectsPerDeliveryMax = 500;

export interface Release {
  readonly incident: string;
  readonly objects: readonly StixObject[];
  readonly to: readonly Party[];
  readonly purpose: 'investigation' | 'warning';
}

/**
 * Decides, in the caller's transaction, which of this desk's objects go to which partner, and puts what may go in the outbox.
 * Each object is decided once per partner, with its reasons, and refusals are kept as well as releases. Answers the
 * partners for whom something now waits.
 */
export async function release(
  tx: Db,
  context: SharingContext,
  { incident, objects: given, to, purpose }: Release,
): Promise<Set<string>> {
  const { clock, desk } = context;
  // Two alerts of one round bring the same identity; an object is decided once.
  const objects = [...new Map(given.map((object) => [object.id, object])).values()];
  // The first version of an object stands: built again later, it is the same object and is not sent again.
  const ours = await ownObjectIds(
    tx,
    desk.desk,
    objects.map(({ id }) => id),
  );
  await keepObjects(tx, clock, desk.desk, incident, objects.filter(({ id }) => !ours.has(id)).map(seal));
  const waiting = new Set<string>();
  for (const partner of to) {
    const decided = await decidedIds(
      tx,
      partner.desk,
      objects.map(({ id }) => id),
    );
    const fresh = objects.filter(({ id }) => !decided.has(id)).map(seal);
    const judged = fresh.map((sealed) => ({ sealed, ...judge(context, partner, sealed.object, purpose) }));
    await keepDecisions(tx, clock, partner.desk, judged);
    const released = judged.filter(({ decision }) => decision === 'permit');
    for (let at = 0; at < released.length; at += objectsPerDeliveryMax) {
      await enqueue(tx, context, partner, incident, released.slice(at, at + objectsPerDeliveryMax));
      waiting.add(partner.desk);
    }
    const refused = judged.filter(({ decision }) => decision === 'forbid');
    if (refused.length > 0) {
      await noteRelease(tx, context, 'refused', partner, incident, refused[0]?.sealed.id ?? incident, refused.length);
    }
  }
  return waiting;
}

interface Judged {
  readonly sealed: SealedObject;
  readonly decision: 'permit' | 'forbid';
  readonly reasons: readonly Reason[];
}

function judge({ policies, desk }: SharingContext, partner: Party, object: StixObject, purpose: Release['purpose']) {
  return decide(policies, {
    action: 'release',
    desk: desk.desk,
    partner: partnerFacts(partner),
    object: { id: object.id, type: object.type, tlp: tlpOf(object), origin: desk.desk },
    purpose,
    legalBasis: partner.agreement,
  });
}

async function enqueue(
  tx: Db,
  context: SharingContext,
  partner: Party,
  incident: string,
  released: readonly Judged[],
): Promise<void> {
  const id = context.random.uuid();
  await addDelivery(tx, context.clock, {
    id,
    direction: 'out',
    partner: partner.desk,
    incident,
    state: 'waiting',
    envelope: canonicalJson({ objects: released.map(({ sealed }) => sealed.object) }),
    reasons: distinctReasons(released),
    objects: released.map(({ sealed }) => sharedObject(sealed)),
  });
  await noteRelease(tx, context, 'released', partner, incident, id, released.length);
}

async function noteRelease(
  tx: Db,
  { clock, desk }: SharingContext,
  kind: 'released' | 'refused',
  partner: Party,
  incident: string,
  key: string,
  count: number,
): Promise<void> {
  await tell(tx, incident, [
    { ...nothingElse, key: `${kind}|${partner.desk}|${key}`, at: instant(clock.now()), kind, who: partner.name, count },
  ]);
  await recordAudit(tx, clock, {
    actor: `desk:${desk.desk}`,
    action: `sharing.${kind}`,
    subject: key,
    details: { partner: partner.desk, incident, objects: count },
  });
}

function distinctReasons(judged: readonly Judged[]): Reason[] {
  return [...new Map(judged.flatMap(({ reasons }) => reasons.map((reason) => [reason.policy, reason]))).values()];
}

async function decidedIds(db: Db, partner: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ object_id: string }>(
    'select object_id from release_decisions where partner = $1 and object_id = any($2)',
    [partner, ids],
  );
  return new Set(rows.map(({ object_id }) => object_id));
}

async function keepDecisions(tx: Db, clock: Clock, partner: string, judged: readonly Judged[]): Promise<void> {
  await tx.query(
    `insert into release_decisions (partner, object_id, modified, released, reasons, decided_at)
     select $1, d ->> 'id', d ->> 'modified', (d ->> 'released')::boolean, d -> 'reasons', $2 from jsonb_array_elements($3::jsonb) as d`,
    [
      partner,
      instant(clock.now()),
      JSON.stringify(
        judged.map(({ sealed, decision, reasons }) => ({
          id: sealed.id,
          modified: sealed.modified ?? '',
          released: decision === 'permit',
          reasons,
        })),
      ),
    ],
  );
}
