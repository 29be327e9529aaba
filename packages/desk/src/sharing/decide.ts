import type { Tlp } from '@gongjo/contract';
import { canonicalJson, invariant } from '../kernel/index.ts';
import { type Db, sha256Hex } from '../platform/index.ts';
import { type Outcome, type Purpose, rememberingOutcomes } from '../policy/index.ts';
import { copyRelation, type StixObject } from '../stix/index.ts';
import { type RedactedCopy, tightened } from './copy.ts';
import { type DecisionBasis, keepDecisions, type Standing, standingDecisions } from './decision.store.ts';
import { type HeldObject, refKey, refOf } from './object.store.ts';
import { basisOf, type Party, type SharingContext } from './party.ts';
import { questionsFor, refusal } from './question.ts';

/** What objects are decided for. */
export interface Asked {
  readonly purpose: Purpose;
  /** The provision that it rests on; left out, the recipient's own or the agreement with it. */
  readonly legalBasis?: string | null;
  /** How many persons have approved. */
  readonly approvals?: number;
  /** The desk that the objects came from agrees. */
  readonly originConsents?: boolean;
  /** Decide also what was decided on this basis already: a person asks, or something was agreed. */
  readonly again?: boolean;
}

/** A decision that was made now, and what leaves by it. */
export interface Decided {
  readonly held: HeldObject;
  readonly outcome: Outcome;
  readonly released: boolean;
  /** What the recipient gets: the object as it came, or its copy. */
  readonly body: string;
  readonly sha256: string;
  readonly object: StixObject;
  /** JSON pointers of what a redaction took away. */
  readonly removed: readonly string[];
}

/**
 * Decides which of these objects a recipient gets, whole or as a copy, and records it with its reasons in the caller's
 * transaction. What was released stays as it was, unless a wider copy may go now; what was not released is decided again when
 * its basis changed. Nothing goes back to where it came from, nothing that was taken back is decided at all. Answers what was
 * decided now.
 */
export async function decideFor(
  tx: Db,
  context: SharingContext,
  recipient: Party,
  objects: readonly HeldObject[],
  asked: Asked,
): Promise<Decided[]> {
  const live = [...new Map(objects.map((it) => [refKey(refOf(it)), it])).values()].filter(
    (it) => it.origin !== recipient.id && !it.recalled && !it.revoked,
  );
  const ids = live.map(({ id }) => id);
  const standing = await standingDecisions(tx, recipient.id, ids);
  const basis = basisOf(context, recipient);
  const due = live.filter((it) => isDue(standing.get(refKey(refOf(it))), basis, asked));
  if (due.length === 0) return [];
  const judge = await judgeFor(tx, context, recipient, due, asked);
  const decided = due.map(judge).filter((it) => isNews(standing.get(refKey(refOf(it.held))), it));
  await keepDecisions(tx, context.clock, decisionBasis(context, recipient, asked), decided.map(decisionOf));
  return decided;
}

export function decisionBasis(context: SharingContext, recipient: Party, asked: Asked): DecisionBasis {
  const { purpose, legalBasis = recipient.legalBasis ?? recipient.agreement } = asked;
  return { recipient: recipient.id, basis: basisOf(context, recipient), purpose, legalBasis };
}

function isDue(standing: Standing | undefined, basis: string, { again = false, legalBasis }: Asked): boolean {
  if (!standing) return true;
  if (standing.released && !standing.withdrawn && standing.copy === null) return false;
  if (standing.withdrawn) return again;
  // Where no provision is named, what was decided on one that a person named stands.
  if (legalBasis !== undefined && standing.legalBasis !== legalBasis) return true;
  return again || standing.basis !== basis;
}

/** What a recipient holds already is not sent to it again, unless it gets more of it now. */
function isNews(standing: Standing | undefined, decided: Decided): boolean {
  if (!standing?.released || standing.withdrawn) return true;
  if (!decided.released || standing.copy === null) return false;
  return copyRelation(decided.object, JSON.parse(standing.copy) as StixObject) === 'wider';
}

function decisionOf({ held, outcome, released, body, sha256, removed }: Decided) {
  return {
    ...refOf(held),
    type: held.type,
    outcome: outcome.kind,
    released,
    profile: outcome.profile,
    removed,
    copy: released && sha256 !== held.sha256 ? body : null,
    sha256,
    reasons: outcome.reasons,
  };
}

type Judge = (held: HeldObject) => Decided;

/** Objects with the same facts have the same outcome; a bundle of a thousand has a few dozen sets of facts. */
export async function judgeFor(
  db: Db,
  context: SharingContext,
  recipient: Party,
  objects: readonly HeldObject[],
  asked: Asked,
): Promise<Judge> {
  const questionOf = await questionsFor(db, context, recipient, objects, asked);
  const outcomeFor = rememberingOutcomes(context.policies);

  return (held) => {
    const { question, copies, redacted, factsOf, originCanBeAsked } = questionOf(held);
    const outcome = outcomeFor(question, redacted);
    if (outcome.consent && !asked.originConsents && !originCanBeAsked)
      return notReleased(held, { ...outcome, ...refusal('origin-not-paired') });
    return decidedBy(
      held,
      outcome,
      recipient,
      copies,
      outcome.profile === null ? question.object : factsOf(copyNamed(copies, outcome.profile).object),
    );
  };
}

function copyNamed(copies: readonly RedactedCopy[], profile: string): RedactedCopy {
  const copy = copies.find((it) => it.profile === profile);
  invariant(copy, 'a policy chooses among the copies it was asked about');
  return copy;
}

function notReleased(held: HeldObject, outcome: Outcome): Decided {
  const { body, sha256, object } = held;
  return { held, outcome, released: false, body, sha256, object, removed: [] };
}

/** Whatever a policy set says, nothing leaves that is not marked with one level. */
function decidedBy(
  held: HeldObject,
  outcome: Outcome,
  recipient: Party,
  copies: readonly RedactedCopy[],
  { tlp }: { readonly tlp: Tlp | null | 'conflict' },
): Decided {
  if (outcome.kind !== 'release' && outcome.kind !== 'redact') return notReleased(held, outcome);
  if (tlp === null || tlp === 'conflict') return notReleased(held, { ...outcome, ...refusal('unmarked-never-leaves') });
  const copy = outcome.profile === null ? { object: held.object, removed: [] } : copyNamed(copies, outcome.profile);
  const object = tightened(copy.object, tlp, recipient.markFloor);
  if (object === held.object) return { ...notReleased(held, outcome), released: true };
  const body = canonicalJson(object);
  return { held, outcome, released: true, body, sha256: sha256Hex(body), object, removed: copy.removed };
}
