import { tlpLevels } from '@gongjo/contract';
import { purposes } from './model.ts';

const quoted = (words: readonly string[]): string => words.map((word) => JSON.stringify(word)).join(', ');

/** What a rule may speak of, as a Cedar schema. Markings and purposes are enumerated, so a misspelt one is found on loading. */
export const policySchema = `
entity Desk;
entity Partner = { country: String, paired: Bool, agreement?: String };
entity Marking enum [${quoted([...tlpLevels, 'unmarked', 'conflict'])}];
entity Purpose enum [${quoted(purposes)}];
entity StixObject = { objectType: String, marking: Marking, origin: Desk };

action release appliesTo {
  principal: Partner,
  resource: StixObject,
  context: { desk: Desk, purpose: Purpose, legalBasis?: String }
};

action admit appliesTo {
  principal: Partner,
  resource: StixObject,
  context: { desk: Desk, purpose: Purpose, legalBasis?: String, signatureVerified: Bool }
};
`;
