import type { DeskCard, DeskId, Reason, Text } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { nothingElse, tell } from '../cases/index.ts';
import { canonicalJson, instant } from '../kernel/index.ts';
import { type Clock, type Db, type Random, sha256Hex } from '../platform/index.ts';
import { decide, type PartnerFacts, type PolicySet } from '../policy/index.ts';
import { type StixObject, tlpOf } from '../stix/index.ts';
import { addDelivery } from './delivery.store.ts';
import { keepObjects, ownObjectIds, ownObjects, type SealedObject, seal, sharedObject } from './object.store.ts';

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
  return { id: desk, kind: 'desk', country, agreement, paired: true, roles: [], communities: [] };
}

export interface SharingContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly desk: DeskCard;
  readonly policies: PolicySet;
}

/** A delivery is signed, sent and admitted as a whole, and checked by the partner in one go of a fraction of a second. */
const objectsPerDeliveryMax = 500;
/** A quarter of what a partner reads at most; transactions with many transfers are large. */
const charsPerDeliveryMax = 2 * 1024 * 1024;

export interface Release {
  readonly incident: string;
  readonly objects: readonly StixObject[];
  readonly to: readonly Party[];
  readonly purpose: 'investigation' | 'warning';
}

/**
 * Decides, in the caller's transaction, which of this desk's objects go to which partner, and puts what may go in the outbox.
 * Each object is decided once per partner, with its reasons, and refusals are kept as well as releases; what was refused is
 * decided again when the policy set or the agreement has changed. Answers the partners for whom something now waits.
 */
export async function release(
  tx: Db,
  context: SharingContext,
  { incident, objects, to, purpose }: Release,
): Promise<Set<string>> {
  const { clock, desk } = context;
  const ids = [...new Set(objects.map(({ id }) => id))];
  // The first version of an object stands: built again later, it is the same object, and it is what is judged and sent.
  const known = await ownObjectIds(tx, desk.desk, ids);
  const made = new Map(objects.filter(({ id }) => !known.has(id)).map((object) => [object.id as string, seal(object)]));
  await keepObjects(tx, clock, desk.desk, incident, [...made.values()]);
  const waiting = new Set<string>();
  for (const partner of to) {
    const decided = await decidedIds(tx, context, partner, ids);
    const undecided = ids.filter((id) => !decided.has(id));
    if (undecided.length === 0) continue;
    const kept = await ownObjects(
      tx,
      desk.desk,
      undecided.filter((id) => !made.has(id)),
    );
    const sealed = new Map([...made, ...kept.map((it) => [it.id, it] as const)]);
    const judged = undecided
      .flatMap((id) => sealed.get(id) ?? [])
      .map((it) => ({ sealed: it, ...judge(context, partner, it.object, purpose) }));
    await keepDecisions(tx, context, partner, judged);
    for (const part of parts(judged.filter(({ decision }) => decision === 'permit'))) {
      await enqueue(tx, context, partner, incident, part);
      waiting.add(partner.desk);
    }
    const refused = judged.filter(({ decision }) => decision === 'forbid');
    if (refused.length > 0) {
      await noteRelease(tx, context, 'refused', partner, incident, refused[0]?.sealed.id ?? incident, refused.length);
    }
  }
  return waiting;
}

/** Which of these incidents have, for one of the partners, never been decided on its present basis. */
export async function undecidedIncidents(
  db: Db,
  context: SharingContext,
  incidents: readonly string[],
  to: readonly Party[],
): Promise<Set<string>> {
  const undecided = new Set<string>();
  for (const partner of to) {
    const decided = await decidedIds(db, context, partner, incidents);
    for (const id of incidents) if (!decided.has(id)) undecided.add(id);
  }
  return undecided;
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
    object: {
      id: object.id,
      type: object.type,
      tlp: tlpOf(object),
      origin: desk.desk,
      communities: [],
      handling: [],
      incident: null,
    },
    purpose,
    legalBasis: partner.agreement,
    approvals: 0,
    originConsents: false,
    redaction: null,
  });
}

/** Deliveries of a size that a partner takes, in order. */
function parts(released: readonly Judged[]): Judged[][] {
  const made: Judged[][] = [];
  let chars = 0;
  for (const judged of released) {
    const last = made.at(-1);
    chars += judged.sealed.body.length;
    if (last && last.length < objectsPerDeliveryMax && chars <= charsPerDeliveryMax) last.push(judged);
    else {
      made.push([judged]);
      chars = judged.sealed.body.length;
    }
  }
  return made;
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
    // Canonical JSON of objects that are canonical already.
    envelope: `{"objects":[${released.map(({ sealed }) => sealed.body).join(',')}]}`,
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

/** What a refusal rests on besides the object: when it changes, what was refused is asked again. */
export function basisOf({ policies }: SharingContext, { country, agreement }: Party): string {
  return sha256Hex(canonicalJson([policies.sha256, country, agreement]));
}

async function decidedIds(
  db: Db,
  context: SharingContext,
  partner: Party,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await db.query<{ object_id: string }>(
    'select object_id from release_decisions where recipient = $1 and object_id = any($2) and (released or basis = $3)',
    [partner.desk, ids, basisOf(context, partner)],
  );
  return new Set(rows.map(({ object_id }) => object_id));
}

async function keepDecisions(
  tx: Db,
  context: SharingContext,
  partner: Party,
  judged: readonly Judged[],
): Promise<void> {
  // A decision made again takes its place at the end, after every cursor that a partner holds.
  await tx.query('delete from release_decisions where recipient = $1 and object_id = any($2)', [
    partner.desk,
    judged.map(({ sealed }) => sealed.id),
  ]);
  await tx.query(
    `insert into release_decisions (recipient, origin, object_id, modified, type, sha256, outcome, released, latest, reasons, basis, decided_at)
     select $1, $2, d ->> 'id', d ->> 'modified', d ->> 'type', d ->> 'sha256', d ->> 'outcome', d ->> 'outcome' = 'release',
       d ->> 'outcome' = 'release', d -> 'reasons', $3, $4
     from jsonb_array_elements($5::jsonb) as d`,
    [
      partner.desk,
      context.desk.desk,
      basisOf(context, partner),
      instant(context.clock.now()),
      JSON.stringify(
        judged.map(({ sealed, decision, reasons }) => ({
          id: sealed.id,
          modified: sealed.modified ?? '',
          type: sealed.type,
          sha256: sealed.sha256,
          outcome: decision === 'permit' ? 'release' : 'refuse',
          reasons,
        })),
      ),
    ],
  );
}
