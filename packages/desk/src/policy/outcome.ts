import type { Reason } from '@gongjo/contract';
import { decide } from './engine.ts';
import {
  APPROVALS_MAX,
  type ObjectFacts,
  type Outcome,
  type Persons,
  type PolicySet,
  type Redacted,
  type ReleaseQuestion,
  type Verdict,
} from './model.ts';

/** One question of the chain: who would have to agree, and what would go. */
export interface Step {
  readonly persons: Persons;
  readonly consent: boolean;
  readonly profile: string | null;
  readonly question: ReleaseQuestion;
}

const levels = [0, 1, 2] as const satisfies readonly Persons[];

/**
 * The questions that are put to a policy set, the most open first: whole, then redacted by each profile that applies; with
 * the approvals there are, then with one person's, with two; and all of that once more with the origin's consent. What has
 * been given already is not asked for again, and what no rule of the set mentions is not asked at all.
 */
export function chainOf(
  { literals: { attributes } }: PolicySet,
  question: ReleaseQuestion,
  redactions: readonly Redacted[],
): Step[] {
  const consents = question.originConsents ? [true] : attributes.has('originConsents') ? [false, true] : [false];
  const given = levels[Math.min(question.approvals, APPROVALS_MAX)] ?? 0;
  const persons = attributes.has('approvals') ? levels.filter((it) => it >= given) : [given];
  const whats: { profile: string | null; object: ObjectFacts }[] = [
    { profile: null, object: question.object },
    ...redactions,
  ];
  return consents.flatMap((consent) =>
    persons.flatMap((count) =>
      whats.map(({ profile, object }) => ({
        persons: count,
        consent,
        profile,
        question: {
          ...question,
          object,
          redaction: profile,
          originConsents: consent,
          approvals: Math.max(count, question.approvals),
        },
      })),
    ),
  );
}

/** Persons first, then the origin, then it goes. */
function kindOf({ persons, consent, profile }: Step, question: ReleaseQuestion): Outcome['kind'] {
  if (persons > question.approvals) return 'ask-person';
  if (consent && !question.originConsents) return 'ask-origin';
  return profile === null ? 'release' : 'redact';
}

/** The outcome that a chain ends in, from its verdicts: the first that permits, or a refusal. */
export function outcomeFrom(
  question: ReleaseQuestion,
  asked: Iterable<{ readonly step: Step; readonly verdict: Verdict }>,
): Outcome {
  let last: readonly Reason[] = [];
  for (const { step, verdict } of asked) {
    if (verdict.decision === 'permit') {
      const { profile, persons, consent } = step;
      return { kind: kindOf(step, question), profile, persons, consent, reasons: verdict.reasons };
    }
    if (step.profile === null) last = verdict.reasons;
  }
  return { kind: 'refuse', profile: null, persons: 0, consent: false, reasons: last };
}

function* verdicts(policies: PolicySet, steps: readonly Step[]) {
  for (const step of steps) yield { step, verdict: decide(policies, step.question) };
}

/**
 * What is to be done with an object for a recipient: the first question of the chain that the policy set permits. `redactions`
 * are the profiles that apply to the object, in the order of preference, with the facts of what each leaves of it.
 */
export function outcomeOf(policies: PolicySet, question: ReleaseQuestion, redactions: readonly Redacted[]): Outcome {
  return outcomeFrom(question, verdicts(policies, chainOf(policies, question, redactions)));
}
