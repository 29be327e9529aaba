import type { TimelineEntry } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { nothingElse, tell } from '../cases/index.ts';
import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import type { Asked, Decided } from './decide.ts';
import { type HeldObject, refOf } from './object.store.ts';
import { distinctReasons, putInOutbox } from './outbox.ts';
import { basisOf, type Party, type SharingContext } from './party.ts';
import { addRequest, type NewRequest, supersedeRequests } from './request.store.ts';

/** A release of objects that this desk holds, to one recipient. */
export interface ReleaseTo extends Asked {
  readonly recipient: Party;
  readonly objects: readonly HeldObject[];
  /** The incident that it is told in; null for none. */
  readonly incident: string | null;
  /** The person who asked; null where the desk does it by itself. */
  readonly by: string | null;
}

/**
 * Opens the requests that decisions call for: one for each group of objects that as many persons must approve, and one for
 * each desk whose consent is needed, which is sent to it. What was asked before for these objects is superseded.
 */
export async function askFor(
  tx: Db,
  context: SharingContext,
  release: ReleaseTo,
  decided: readonly Decided[],
): Promise<string[]> {
  const { recipient } = release;
  if (decided.length > 0)
    await supersedeRequests(
      tx,
      context.clock,
      recipient.id,
      decided.map(({ held }) => refOf(held)),
    );
  const asking = decided.filter(({ outcome }) => outcome.kind === 'ask-person' || outcome.kind === 'ask-origin');
  const groups = Map.groupBy(asking, ({ held, outcome }) =>
    outcome.kind === 'ask-person' ? `person ${outcome.persons}` : `origin ${held.origin}`,
  );
  const opened: string[] = [];
  for (const group of groups.values()) opened.push(await ask(tx, context, release, group));
  return opened;
}

async function ask(tx: Db, context: SharingContext, release: ReleaseTo, group: readonly Decided[]): Promise<string> {
  const { clock, random, desk } = context;
  const { recipient, incident, purpose, legalBasis = recipient.agreement, by } = release;
  const [first] = group;
  const kind = first?.outcome.kind === 'ask-origin' ? 'origin' : 'person';
  const request: NewRequest = {
    id: random.uuid(),
    kind,
    recipient: recipient.id,
    origin: first?.held.origin ?? desk.desk,
    incident,
    purpose,
    legalBasis,
    basis: basisOf(context, recipient),
    persons: kind === 'origin' ? 0 : (first?.outcome.persons ?? 1),
    askedBy: by ?? `desk:${desk.desk}`,
    facts: { approvals: release.approvals ?? 0, by },
    reasons: distinctReasons(group.map(({ outcome }) => outcome)),
    objects: group.map(({ held }) => ({ ...refOf(held), sha256: held.sha256 })),
  };
  await addRequest(tx, clock, request);
  if (kind === 'origin') await putQuestion(tx, context, recipient, request);
  await noteRequest(tx, context, kind === 'origin' ? 'consent-asked' : 'approval-asked', request, {
    who: recipient.name,
    actor: request.askedBy,
  });
  return request.id;
}

/** The question to the desk that the objects came from: which objects, to whom, what for. */
async function putQuestion(tx: Db, context: SharingContext, recipient: Party, request: NewRequest): Promise<void> {
  await putInOutbox(
    tx,
    context,
    { id: request.origin },
    {
      incident: request.incident,
      bodies: [],
      notice: {
        kind: 'consent-request',
        request: request.id,
        recipient: { id: recipient.id, kind: recipient.kind, name: recipient.name, country: recipient.country },
        purpose: request.purpose,
        ...(request.legalBasis === null ? {} : { legalBasis: request.legalBasis }),
        objects: request.objects.map(({ id, modified, sha256 }) => ({
          id,
          modified: modified === '' ? null : modified,
          sha256,
        })),
      },
      objects: [],
      reasons: request.reasons,
    },
  );
}

/** Tells what became of a request in the incident's timeline and in the record. */
export async function noteRequest(
  tx: Db,
  { clock }: SharingContext,
  kind: TimelineEntry['kind'] & `${'approval' | 'consent'}-${string}`,
  request: Pick<NewRequest, 'id' | 'incident' | 'recipient' | 'origin' | 'objects'>,
  { who, actor }: { readonly who: TimelineEntry['who']; readonly actor: string },
): Promise<void> {
  const count = request.objects.length;
  if (request.incident !== null)
    await tell(tx, request.incident, [
      { ...nothingElse, key: `${kind}|${request.id}|${actor}`, at: instant(clock.now()), kind, who, count },
    ]);
  await recordAudit(tx, clock, {
    actor,
    action: `sharing.${kind}`,
    subject: request.id,
    details: { recipient: request.recipient, origin: request.origin, objects: count },
  });
}
