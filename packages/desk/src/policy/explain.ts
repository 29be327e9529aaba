import type { FactTold, PolicyExplanation, PolicyFact } from '@gongjo/contract';
import { decide } from './engine.ts';
import { type PolicySet, type Redacted, type ReleaseQuestion, sourceOf } from './model.ts';
import { chainOf, outcomeFrom } from './outcome.ts';

/** The facts that an attribute of the Cedar schema stands for. */
export const factsOfAttribute: Readonly<Record<string, readonly PolicyFact[]>> = {
  principal: ['recipient'],
  resource: ['object'],
  objectType: ['type'],
  communities: ['communities', 'objectCommunities'],
  kind: ['kind'],
  country: ['country'],
  paired: ['paired'],
  agreement: ['agreement'],
  roles: ['roles'],
  marking: ['marking'],
  origin: ['origin'],
  source: ['source'],
  handling: ['handling'],
  incident: ['incident'],
  purpose: ['purpose'],
  legalBasis: ['legalBasis'],
  approvals: ['approvals'],
  originConsents: ['originConsents'],
  redaction: ['redaction'],
  via: ['via'],
  signatureVerified: ['signatureVerified'],
};

const listed = (values: readonly string[]): string => values.toSorted().join(', ');

/** The facts of a question as a person reads them; an absent one is an empty text. */
function valuesOf(question: ReleaseQuestion): [PolicyFact, string][] {
  const { partner, object } = question;
  return [
    ['recipient', partner.id],
    ['kind', partner.kind],
    ['country', partner.country],
    ['paired', String(partner.paired)],
    ['agreement', partner.agreement ?? ''],
    ['roles', listed(partner.roles)],
    ['communities', listed(partner.communities)],
    ['object', object.id],
    ['type', object.type],
    ['marking', object.tlp ?? 'unmarked'],
    ['origin', object.origin],
    ['source', sourceOf(object.origin, question.desk)],
    ['objectCommunities', listed(object.communities)],
    ['handling', listed(object.handling)],
    ['incident', object.incident ?? ''],
    ['purpose', question.purpose],
    ['legalBasis', question.legalBasis ?? ''],
    ['approvals', String(question.approvals)],
    ['originConsents', String(question.originConsents)],
  ];
}

/** All that the policy set says about an object for a recipient: every question of the chain, also after the first permit. */
export function explainRelease(
  policies: PolicySet,
  question: ReleaseQuestion,
  redactions: readonly Redacted[],
): Pick<PolicyExplanation, 'policySha256' | 'outcome' | 'steps' | 'facts'> {
  const asked = chainOf(policies, question, redactions).map((step) => ({
    step,
    verdict: decide(policies, step.question),
  }));
  const outcome = outcomeFrom(question, asked);
  const first = asked.findIndex(({ verdict }) => verdict.decision === 'permit');
  const steps = asked.map(({ step: { profile, persons, consent }, verdict }, at) => ({
    profile,
    persons,
    consent,
    decision: verdict.decision,
    decides: at === first,
    reasons: [...verdict.reasons],
  }));
  // What any rule looked at that had a say on the way to the outcome.
  const said = new Set(steps.slice(0, first < 0 ? undefined : first + 1).flatMap(({ reasons }) => reasons));
  const used = new Set(
    [...said].flatMap(({ policy }) =>
      [...(policies.rules.get(policy)?.mentions ?? [])].flatMap((it) => factsOfAttribute[it] ?? []),
    ),
  );
  const facts = valuesOf(question).map(([fact, value]): FactTold => ({ fact, value, used: used.has(fact) }));
  return {
    policySha256: policies.sha256,
    outcome: { ...outcome, reasons: [...outcome.reasons] },
    steps,
    facts,
  };
}
