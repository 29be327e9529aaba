export { decide } from './engine.ts';
export { type Loaded, loadPolicies } from './load.ts';
export {
  type AdmitQuestion,
  APPROVALS_MAX,
  type ObjectFacts,
  type Outcome,
  type OutcomeKind,
  outcomeKinds,
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
export { outcomeOf } from './outcome.ts';
