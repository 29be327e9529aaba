import { type HoldAddressee, type HoldFacts, holdTerms, type RequirementCode, terms } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';

/** Domains that governments alone may register, as far as a name says it. */
const governmentDomain =
  /\.(gov|mil|go\.kr|gov\.[a-z]{2}|go\.[a-z]{2}|gob\.[a-z]{2}|gouv\.[a-z]{2}|police\.uk|europa\.eu)$/i;

/** What every letter must say, whoever it goes to. */
const always: readonly RequirementCode[] = ['legal-instrument', 'scope-and-duration', 'native-amounts'];

type Request = Pick<HoldFacts, 'signatory' | 'caseNumber' | 'legalBasis' | 'transactions' | 'amounts' | 'timeline'> &
  Pick<HoldFacts, 'hopBefore' | 'disclosure' | 'disclosureBasis' | 'scope' | 'days'>;

/**
 * What the addressee requires, by the directory, and the request does not have. What the desk makes in any case – letterhead,
 * addresses as text, both languages – is never missing.
 */
export function missingOf(
  addressee: Pick<HoldAddressee, 'requires' | 'entity'>,
  facts: Request,
  office: { readonly hasSeal: boolean },
): RequirementCode[] {
  const email = facts.signatory?.email ?? '';
  const has: Readonly<Record<RequirementCode, boolean>> = {
    letterhead: true,
    'agency-seal': office.hasSeal,
    badge: Boolean(facts.signatory?.badge),
    'government-email': governmentDomain.test(email),
    'case-number': facts.caseNumber !== null,
    'legal-instrument': facts.legalBasis !== null,
    'legal-entity': addressee.entity !== null,
    'scope-and-duration': facts.days > 0,
    'addresses-as-text': true,
    'transaction-hashes': facts.transactions.length > 0,
    'native-amounts': facts.amounts.length > 0,
    'facts-timeline': facts.timeline.length > 0,
    'hop-before': facts.hopBefore !== null,
    'warrant-for-disclosure': !facts.disclosure || facts.disclosureBasis !== null,
    'mlat-for-disclosure': !facts.disclosure || facts.disclosureBasis !== null,
    english: true,
    korean: true,
  };
  return [...new Set([...always, ...addressee.requires])].filter((code) => !has[code]);
}

/** What cannot be approved: nobody signs it, or it rests on nothing. */
export function unapprovable(facts: Request): ('signatory' | RequirementCode)[] {
  return [
    ...(facts.signatory === null ? (['signatory'] as const) : []),
    ...(facts.legalBasis === null ? (['legal-instrument'] as const) : []),
  ];
}

/** An error that lists what is missing, in each language in its own words. */
export function missingError(
  code: 'hold-not-complete' | 'hold-not-approvable',
  missing: readonly ('signatory' | RequirementCode)[],
  addressee: HoldAddressee,
): GongjoError {
  const words = missing.map((it) => (it === 'signatory' ? holdTerms.signatory : terms.requirement[it]));
  const listed = { en: words.map(({ en }) => en).join(', '), ko: words.map(({ ko }) => ko).join(', ') };
  return new GongjoError(code, { addressee: addressee.name, missing: listed });
}
