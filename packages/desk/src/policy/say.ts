import {
  fill,
  type Language,
  outcomeTerms,
  type PolicyChange,
  policyChangeTerms,
  policyFactTerms,
  policyValues,
  policyValueTerms,
  type Text,
} from '@gongjo/contract';

/** A value as a person reads it: `<none>` and the like have a term, anything else is a literal of the rules. */
export function valueText(value: string, language: Language): string {
  const name = policyValues.find((it) => value === `<${it}>`);
  return name ? policyValueTerms[name][language] : value;
}

/** `a person is asked (2 approvals, consent of the origin)`. */
export function outcomeText(
  { kind, persons, consent, profile }: PolicyChange['before'],
  action: PolicyChange['action'],
  language: Language,
): string {
  if (action === 'admit') return policyChangeTerms[kind === 'refuse' ? 'forbid' : 'permit'][language];
  const details = [
    ...(persons > 0 ? [fill(policyChangeTerms.persons[language], { count: persons })] : []),
    ...(consent ? [policyChangeTerms.consent[language]] : []),
    ...(profile === null ? [] : [fill(policyChangeTerms.profile[language], { profile })]),
  ];
  const term = outcomeTerms[kind][language];
  return details.length === 0 ? term : `${term} (${details.join(', ')})`;
}

function line({ action, where, before, after }: Omit<PolicyChange, 'text'>, language: Language): string {
  const change = fill(policyChangeTerms.outcome[language], {
    before: outcomeText(before, action, language),
    after: outcomeText(after, action, language),
  });
  const facts = where.map(
    ({ fact, values }) =>
      `${policyFactTerms[fact][language]}: ${values.map((it) => valueText(it, language)).join(' | ')}`,
  );
  return `${change} – ${facts.length === 0 ? policyChangeTerms.everything[language] : facts.join('; ')}`;
}

/** One change as a line: what becomes of what, and in which cases. */
export function changeText(change: Omit<PolicyChange, 'text'>): Text {
  return { en: line(change, 'en'), ko: line(change, 'ko') };
}
