import { recordAudit } from '../audit/index.ts';
import { noteHanded, nothingElse, tell } from '../cases/index.ts';
import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { askFor, type ReleaseTo } from './ask.ts';
import { type Decided, decideFor } from './decide.ts';
import { sharedObject } from './object.store.ts';
import { distinctReasons, putInOutbox } from './outbox.ts';
import type { Party, SharingContext } from './party.ts';

/** A delivery is signed, sent and admitted in one go, and checked by the partner in a fraction of a second. */
const objectsPerDeliveryMax = 500;
/** A quarter of what a partner reads at most; transactions with many transfers are large. */
const charsPerDeliveryMax = 2 * 1024 * 1024;

export interface ReleasedTo {
  /** What was decided now; nothing of what had been decided before. */
  readonly decided: readonly Decided[];
  /** Something waits for the courier. */
  readonly waiting: boolean;
  /** The requests that were opened: what persons or the origin are asked. */
  readonly requests: readonly string[];
}

/**
 * Decides, in the caller's transaction, what of these objects goes to a recipient; for a desk what may go is put in the outbox,
 * for a collection the decision is all that it takes. What needs persons or the origin's consent is asked for.
 */
export async function releaseTo(tx: Db, context: SharingContext, release: ReleaseTo): Promise<ReleasedTo> {
  const { recipient, objects, incident } = release;
  const decided = await decideFor(tx, context, recipient, objects, release);
  const released = decided.filter((it) => it.released);
  if (recipient.kind === 'desk') {
    for (const part of parts(released)) await enqueue(tx, context, recipient, incident, part);
    const notes = released.filter(({ held }) => held.type === 'note').map(({ held }) => held.id);
    if (notes.length > 0) await noteHanded(tx, recipient.id, notes);
  } else if (released.length > 0)
    await noteRelease(
      tx,
      context,
      'released',
      recipient,
      incident,
      released[0]?.held.id ?? recipient.id,
      released.length,
    );
  const refused = decided.filter(({ outcome }) => outcome.kind === 'refuse');
  if (refused.length > 0)
    await noteRelease(tx, context, 'refused', recipient, incident, refused[0]?.held.id ?? recipient.id, refused.length);
  const requests = await askFor(tx, context, release, decided);
  return { decided, waiting: recipient.kind === 'desk' && released.length > 0, requests };
}

/** Deliveries of a size that a partner takes, in order. */
function parts(released: readonly Decided[]): Decided[][] {
  const made: Decided[][] = [];
  let chars = 0;
  for (const decided of released) {
    const last = made.at(-1);
    chars += decided.body.length;
    if (last && last.length < objectsPerDeliveryMax && chars <= charsPerDeliveryMax) last.push(decided);
    else {
      made.push([decided]);
      chars = decided.body.length;
    }
  }
  return made;
}

async function enqueue(
  tx: Db,
  context: SharingContext,
  partner: Party,
  incident: string | null,
  released: readonly Decided[],
): Promise<void> {
  const withheld = released
    .filter(({ removed }) => removed.length > 0)
    .map(({ held, removed }) => ({ id: held.id, modified: held.modified, removed }));
  const id = await putInOutbox(tx, context, partner, {
    incident,
    bodies: released.map(({ body }) => body),
    notice: withheld.length > 0 ? { kind: 'objects', withheld } : null,
    objects: released.map(({ held, sha256 }) => sharedObject({ ...held, sha256 })),
    reasons: distinctReasons(released.map(({ outcome }) => outcome)),
  });
  await noteRelease(tx, context, 'released', partner, incident, id, released.length);
}

async function noteRelease(
  tx: Db,
  { clock, desk }: SharingContext,
  kind: 'released' | 'refused',
  recipient: Party,
  incident: string | null,
  key: string,
  count: number,
): Promise<void> {
  if (incident !== null)
    await tell(tx, incident, [
      {
        ...nothingElse,
        key: `${kind}|${recipient.id}|${key}`,
        at: instant(clock.now()),
        kind,
        who: recipient.name,
        count,
      },
    ]);
  await recordAudit(tx, clock, {
    actor: `desk:${desk.desk}`,
    action: `sharing.${kind}`,
    subject: key,
    details: { partner: recipient.id, incident, objects: count },
  });
}
