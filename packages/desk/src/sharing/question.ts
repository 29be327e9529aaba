import { type Reason, sharingReasons } from '@gongjo/contract';
import type { Db } from '../platform/index.ts';
import type { ObjectFacts, Redacted, ReleaseQuestion } from '../policy/index.ts';
import type { StixObject } from '../stix/index.ts';
import { type RedactedCopy, redactedCopies } from './copy.ts';
import type { Asked } from './decide.ts';
import { marksOf } from './mark.store.ts';
import { type Effective, effectiveOf, type LocalMarking, type MarkReader, markReader } from './marking.ts';
import type { HeldObject } from './object.store.ts';
import { noHandling, type Party, partnerFacts, type SharingContext } from './party.ts';

/** An object as it is put to the policy set for a recipient. */
export interface Questioned {
  readonly question: ReleaseQuestion;
  /** What each profile leaves of it, as copies and as facts. */
  readonly copies: readonly RedactedCopy[];
  readonly redacted: readonly Redacted[];
  readonly factsOf: (object: StixObject) => ObjectFacts;
  /** The desk that it came from can be asked for its consent. */
  readonly originCanBeAsked: boolean;
}

/** The outcome where sharing itself refuses, whatever the policy set says. */
export function refusal(policy: keyof typeof sharingReasons): { kind: 'refuse'; profile: null; reasons: Reason[] } {
  return { kind: 'refuse', profile: null, reasons: [{ policy, text: sharingReasons[policy] }] };
}

/** The questions about these objects for a recipient. What is read of the records is read once, for all of them. */
export async function questionsFor(
  db: Db,
  context: SharingContext,
  recipient: Party,
  objects: readonly HeldObject[],
  asked: Asked,
): Promise<(held: HeldObject) => Questioned> {
  const { desk, handling = noHandling } = context;
  const reader = await markReader(
    db,
    handling.book,
    objects.map(({ object }) => object),
  );
  const marks = await marksOf(
    db,
    objects.map(({ id }) => id),
  );
  const origins = await originsOf(db, context, objects);
  const question = {
    action: 'release',
    desk: desk.desk,
    partner: partnerFacts(recipient),
    purpose: asked.purpose,
    legalBasis: asked.legalBasis ?? recipient.legalBasis ?? recipient.agreement,
    approvals: asked.approvals ?? 0,
    originConsents: asked.originConsents ?? false,
    redaction: null,
  } as const;
  return (held) => {
    const local = { given: held.given, mark: marks.get(held.id) ?? null };
    const origin = origins.get(held.origin);
    const factsOf = (object: StixObject): ObjectFacts => ({
      id: held.id,
      type: held.type,
      origin: held.origin,
      communities: origin?.communities ?? [],
      incident: held.incident,
      ...governing(object, local, reader),
    });
    const copies = redactedCopies(held.object, handling.redactions, reader);
    return {
      question: { ...question, object: factsOf(held.object) },
      copies,
      redacted: copies.map(({ profile, object }) => ({ profile, object: factsOf(object) })),
      factsOf,
      originCanBeAsked: origin?.canBeAsked ?? false,
    };
  };
}

/** A marking definition that says how strictly others are meant is for everybody who may have those. */
function governing(object: StixObject, local: LocalMarking, reader: MarkReader): Effective {
  const effective = effectiveOf(object, local, reader);
  return effective.tlp === null && object.type === 'marking-definition' ? { ...effective, tlp: 'clear' } : effective;
}

interface Origin {
  readonly communities: readonly string[];
  /** It is a paired desk. */
  readonly canBeAsked: boolean;
}

/** Those that the objects came from. */
async function originsOf(
  db: Db,
  { desk, communities = [], party }: SharingContext,
  objects: readonly HeldObject[],
): Promise<Map<string, Origin>> {
  const found = new Map<string, Origin>([[desk.desk, { communities, canBeAsked: false }]]);
  for (const id of new Set(objects.map(({ origin }) => origin))) {
    if (found.has(id)) continue;
    const origin = await party?.(db, id);
    found.set(id, { communities: origin?.communities ?? [], canBeAsked: origin?.kind === 'desk' });
  }
  return found;
}
