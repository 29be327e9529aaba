export { decide } from './engine.ts';
export { type Loaded, loadPolicies } from './load.ts';
export {
  type AdmitQuestion,
  type ObjectFacts,
  type PartnerFacts,
  type PolicyFinding,
  type PolicySet,
  type Purpose,
  purposes,
  type ReleaseQuestion,
  type Verdict,
} from './model.ts';
