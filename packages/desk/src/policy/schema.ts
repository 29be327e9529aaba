import { rightActions, rightObjects, roles, tlpLevels } from '@gongjo/contract';
import { partyKinds, purposes, sources, ways } from './model.ts';

const quoted = (words: readonly string[]): string => words.map((word) => JSON.stringify(word)).join(', ');

/**
 * What a rule may speak of, as a Cedar schema. Markings, purposes, kinds and ways are enumerated, so a misspelt one is found on
 * loading. Facts are only ever added here: a set that an agency wrote for an earlier version stays valid.
 */
export const policySchema = `
entity Desk;
entity Kind enum [${quoted(partyKinds)}];
entity Partner = {
  kind: Kind, country: String, paired: Bool, agreement?: String, roles: Set<String>, communities: Set<String>
};
entity Marking enum [${quoted([...tlpLevels, 'unmarked', 'conflict'])}];
entity Purpose enum [${quoted(purposes)}];
entity Way enum [${quoted(ways)}];
entity Source enum [${quoted(sources)}];
entity StixObject = {
  objectType: String, marking: Marking, origin: Desk, source: Source, communities: Set<String>, handling: Set<String>,
  incident?: String
};

action release appliesTo {
  principal: Partner,
  resource: StixObject,
  context: {
    desk: Desk, purpose: Purpose, legalBasis?: String, approvals: Long, originConsents: Bool, redaction?: String
  }
};

action admit appliesTo {
  principal: Partner,
  resource: StixObject,
  context: { desk: Desk, purpose: Purpose, legalBasis?: String, via: Way, signatureVerified: Bool }
};
`;

/**
 * What a rule about the desk's own people may speak of. It is a schema of its own: with both in one, a rule without a named
 * action in an agency's policy.cedar would be held against persons too, and a set that is valid today would not be tomorrow.
 */
export const peopleSchema = `
entity Role enum [${quoted(roles)}];
entity Person = { roles: Set<Role>, clearance: Long };
entity Subject enum [${quoted(rightObjects)}];
entity Marked = { level: Long };

action ${quoted(rightActions)} appliesTo { principal: Person, resource: Subject, context: {} };
action see appliesTo { principal: Person, resource: Marked, context: {} };
`;
