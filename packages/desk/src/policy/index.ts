export type { OutcomeKind } from '@gongjo/contract';
export { type Compared, comparePolicies, comparing, comparingAt, type Pair } from './compare.ts';
export { decide } from './engine.ts';
export { explainRelease } from './explain.ts';
export { type HandlingRead, readHandling, statementKey } from './handling.ts';
export { type Loaded, loadPeoplePolicies, loadPolicies } from './load.ts';
export { type Allowed, mayAct, maySee, type PersonFacts, rolesWith } from './may.ts';
export {
  type AdmitQuestion,
  APPROVALS_MAX,
  type ObjectFacts,
  type Outcome,
  type PartnerFacts,
  type PartyKind,
  type Persons,
  type PolicyFinding,
  type PolicySet,
  type Purpose,
  purposes,
  type Redacted,
  type ReleaseQuestion,
  type Verdict,
  type Way,
} from './model.ts';
export { opennessOf, outcomeOf, rememberingOutcomes } from './outcome.ts';
export { outcomeText, valueText } from './say.ts';
