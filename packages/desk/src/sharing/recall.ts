import { type Reason, sharingReasons, type Text } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { nothingElse, recallIncidents, recallRequestEvents, recallRevisions, tell } from '../cases/index.ts';
import { canonicalJson, instant } from '../kernel/index.ts';
import { type Db, sha256Hex } from '../platform/index.ts';
import { revoke, type StixObject } from '../stix/index.ts';
import { holdersOf, keepDecisions, type NewDecision, withdraw } from './decision.store.ts';
import {
  heldObjects,
  keepObjects,
  markRecalled,
  newestObjects,
  type ObjectRef,
  refKey,
  refOf,
  seal,
  sharedObject,
} from './object.store.ts';
import { putInOutbox } from './outbox.ts';
import { basisOf, type SharingContext } from './party.ts';
import { addRecall, type Done } from './recall.store.ts';
import { rewatch, watchNamed } from './watching.ts';

/** As many as a partner reads in one delivery. */
const objectsPerRecallMax = 500;

/** What describes the desk or the format itself; it belongs to no case and is not taken back with one. */
const neverRecalled: ReadonlySet<string> = new Set(['identity', 'extension-definition', 'marking-definition']);

export interface Recalling {
  readonly origin: string;
  readonly ids: readonly string[];
  readonly reason: Text;
  /** The person, or the desk, that takes back. */
  readonly by: string;
}

export interface Recalled {
  readonly recall: string;
  /** Who is told, and how many objects each had. */
  readonly recipients: readonly { readonly recipient: string; readonly objects: number }[];
  readonly waiting: boolean;
}

/**
 * Takes back what this desk told or passed on: its own objects get a last, revoked version (STIX 2.1 section 3.6.2) where
 * their type has versions; every recipient that holds a copy is told, desks by a delivery, collections by what they serve
 * from then on. What came from another origin is only no longer passed on; it stays in use here.
 */
export async function recall(
  tx: Db,
  context: SharingContext,
  { origin, ids, reason, by }: Recalling,
): Promise<Recalled> {
  const { clock, desk, random } = context;
  const isOwn = origin === desk.desk;
  const newest = (await newestObjects(tx, origin, ids)).filter(({ type }) => !neverRecalled.has(type));
  const taken = newest.filter((it) => !it.recalled || !isOwn);
  const now = instant(clock.now());
  if (isOwn) {
    const last = taken.filter((it) => it.modified !== null && !it.revoked);
    for (const [incident, group] of Map.groupBy(last, (it) => it.incident))
      await keepObjects(
        tx,
        clock,
        { origin, incident },
        group.map(({ object }) => seal(revoke(object, now))),
      );
  }
  const id = random.uuid();
  const told = await takeBack(tx, context, { id, origin, ids: taken.map((it) => it.id), reason, revoking: isOwn });
  if (isOwn) {
    const gone = taken.map((it) => it.id);
    await markRecalled(tx, clock, origin, id, gone);
    await recallRevisions(tx, clock, { desk: origin, isOwn }, gone);
    await recallRequestEvents(tx, clock, origin, gone);
  }
  await addRecall(
    tx,
    clock,
    { id, direction: 'out', partner: null, reason, by, delivery: null },
    taken.map((it) => ({ id: it.id, modified: it.modified ?? '', origin, done: 'withdrawn' })),
  );
  await tellRecalled(tx, context, id, taken, null);
  await recordAudit(tx, clock, {
    actor: by,
    action: 'sharing.recalled',
    subject: id,
    details: { origin, objects: taken.length, recipients: told.map(({ recipient }) => recipient) },
  });
  return { recall: id, recipients: told, waiting: told.some(({ isDesk }) => isDesk) };
}

/** What a partner says in a recall. */
export interface RecallNotice {
  readonly recall: string;
  readonly reason: Text;
  readonly objects: readonly { readonly id: string; readonly modified: string | null }[];
}

/**
 * The desk that objects came from takes them back: they are kept as evidence and used for nothing any more, and those to whom
 * they were passed on are told. Answers what was done about each.
 */
export async function takeRecall(
  tx: Db,
  context: SharingContext,
  from: { readonly id: string; readonly name: Text; readonly delivery: string | null },
  { recall: id, reason, objects }: RecallNotice,
): Promise<{ readonly id: string; readonly modified: string | null; readonly done: Done }[]> {
  const { clock } = context;
  const ids = [...new Set(objects.map((it) => it.id))];
  const origin = from.id;
  const newest = await newestObjects(tx, origin, ids);
  const fresh = newest.filter(({ recalled }) => !recalled);
  const known = await markRecalled(tx, clock, origin, `${origin} ${id}`, ids);
  const done = objects.map((it) => ({ ...it, done: known.has(it.id) ? ('withdrawn' as const) : ('unknown' as const) }));
  await takeBack(tx, context, { id, origin, ids: [...known], reason, revoking: true });
  await addRecall(
    tx,
    clock,
    { id: `${origin} ${id}`, direction: 'in', partner: origin, reason, by: `desk:${origin}`, delivery: from.delivery },
    done.map((it) => ({ id: it.id, modified: it.modified ?? '', origin, done: it.done })),
  );
  const gone = newest.filter((it) => known.has(it.id));
  await recallIncidents(
    tx,
    clock,
    gone.filter(({ type }) => type === 'incident').map((it) => it.id),
    origin,
  );
  const goneIds = gone.map((it) => it.id);
  await recallRevisions(tx, clock, { desk: origin, isOwn: false }, goneIds);
  await recallRequestEvents(tx, clock, origin, goneIds);
  await rewatch(
    tx,
    origin,
    gone.map((it) => it.id),
  );
  await watchNamed(
    tx,
    clock,
    origin,
    gone.filter(({ type }) => type === 'indicator').map((it) => it.id),
  );
  await tellRecalled(tx, context, `${origin} ${id}`, fresh, from.name);
  await recordAudit(tx, clock, {
    actor: `desk:${origin}`,
    action: 'sharing.recall-received',
    subject: id,
    details: { objects: objects.length, withdrawn: done.filter((it) => it.done === 'withdrawn').length },
  });
  return done;
}

interface Taking {
  readonly id: string;
  readonly origin: string;
  readonly ids: readonly string[];
  readonly reason: Text;
  /** The objects are revoked by who made them, not only no longer passed on by us. */
  readonly revoking: boolean;
}

/** Tells every recipient that holds a copy; what it may read is the revoked version alone, where there is one. */
async function takeBack(
  tx: Db,
  context: SharingContext,
  { id, origin, ids, reason, revoking }: Taking,
): Promise<{ readonly recipient: string; readonly objects: number; readonly isDesk: boolean }[]> {
  const { clock, party } = context;
  const last = revoking ? (await newestObjects(tx, origin, ids)).filter((it) => it.revoked) : [];
  const lastOf = new Map(last.map((it) => [it.id, it]));
  const told: { recipient: string; objects: number; isDesk: boolean }[] = [];
  for (const [recipient, held] of await holdersOf(tx, origin, ids)) {
    await withdraw(tx, clock, recipient, origin, ids);
    const plain = await heldObjects(
      tx,
      held.filter(({ copy }) => copy === null).map(({ ref }) => ref),
    );
    const wholes = new Map(plain.map((it) => [refKey(refOf(it)), canonicalJson(it.object)]));
    /** By object, the newest version that it has, in the words in which it has it. */
    const bodies = new Map(
      held.flatMap(({ ref, copy }) => {
        const body = copy ?? wholes.get(refKey(ref));
        return body === undefined ? [] : [[ref.id, body] as const];
      }),
    );
    const decisions = [...new Set(held.map(({ ref }) => ref.id))].flatMap(
      (object): (NewDecision & { body: string })[] => {
        const version = lastOf.get(object);
        const had = bodies.get(object);
        if (!version || had === undefined) return [];
        // It gets no more by a revocation than it had.
        const body = canonicalJson({ ...(JSON.parse(had) as StixObject), modified: version.modified, revoked: true });
        const ref: ObjectRef = { id: object, modified: version.modified ?? '', origin };
        const reasons: Reason[] = [{ policy: 'recalled', text: sharingReasons.recalled }];
        const copy = body === version.body ? null : body;
        return [
          {
            ...ref,
            type: version.type,
            outcome: 'release',
            released: true,
            profile: null,
            removed: [],
            copy,
            sha256: sha256Hex(body),
            reasons,
            body,
          },
        ];
      },
    );
    const to = (await party?.(tx, recipient)) ?? null;
    const basis = to ? basisOf(context, to) : '';
    await keepDecisions(
      tx,
      clock,
      { recipient, basis, purpose: 'investigation', legalBasis: to?.agreement ?? null },
      decisions,
    );
    // A desk that is no partner at the moment is told when it is one again: until then its recall waits in the outbox.
    const isDesk = to ? to.kind === 'desk' : !recipient.startsWith('collection:');
    if (isDesk)
      await enqueueRecall(tx, context, recipient, { id, reason, held: held.map(({ ref }) => ref), decisions });
    told.push({ recipient, objects: new Set(held.map(({ ref }) => ref.id)).size, isDesk });
  }
  return told;
}

async function enqueueRecall(
  tx: Db,
  context: SharingContext,
  recipient: string,
  {
    id,
    reason,
    held,
    decisions,
  }: {
    readonly id: string;
    readonly reason: Text;
    readonly held: readonly ObjectRef[];
    readonly decisions: readonly (NewDecision & { readonly body: string })[];
  },
): Promise<void> {
  const bodyOf = new Map(decisions.map((it) => [it.id, it]));
  for (let at = 0; at < held.length; at += objectsPerRecallMax) {
    const part = held.slice(at, at + objectsPerRecallMax);
    const last = [...new Set(part.map((ref) => ref.id))].flatMap((object) => bodyOf.get(object) ?? []);
    await putInOutbox(
      tx,
      context,
      { id: recipient },
      {
        incident: null,
        bodies: last.map(({ body }) => body),
        notice: {
          kind: 'recall',
          recall: id,
          reason,
          objects: part.map((ref) => ({ id: ref.id, modified: ref.modified === '' ? null : ref.modified })),
        },
        objects: last.map(({ body }) => sharedObject(seal(JSON.parse(body) as StixObject))),
        reasons: [],
        recall: id,
      },
    );
  }
}

async function tellRecalled(
  tx: Db,
  { clock, desk }: SharingContext,
  id: string,
  objects: readonly { readonly incident: string | null }[],
  who: Text | null,
): Promise<void> {
  for (const [incident, group] of Map.groupBy(objects, (it) => it.incident)) {
    if (incident === null) continue;
    await tell(tx, incident, [
      {
        ...nothingElse,
        key: `recalled|${id}`,
        at: instant(clock.now()),
        kind: 'recalled',
        who: who ?? desk.name,
        count: group.length,
      },
    ]);
  }
}
