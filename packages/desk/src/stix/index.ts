export {
  bundle,
  deskIdentity,
  deskIdentityId,
  type IndicatorInput,
  incidentObject,
  indicatorForWallet,
  languageContent,
  relationship,
  type SightingInput,
  type Stamp,
  sighting,
  type TransactionInput,
  transactionObject,
  walletObject,
} from './build.ts';
export {
  type AssetAmount,
  chainOf,
  extensionDefinition,
  gongjoExtension,
  type IncidentFacts,
  projectIdentity,
} from './extension.ts';
export { incidentOf, labelOf } from './facts.ts';
export { type StixId, stixId, transactionId, walletId, zStixId } from './id.ts';
export { type Bundle, isObservable, type StixObject } from './model.ts';
export { type OrganizationFacts, organizationIdentity, organizationIdentityId } from './organization.ts';
export { walletPattern, walletPatternAddresses } from './pattern.ts';
export { OBJECTS_MAX, type Reading, readObjects } from './read.ts';
export type { Finding } from './shape.ts';
export { tlpMarking, tlpOf } from './tlp.ts';
