export {
  bundle,
  deskIdentity,
  deskIdentityId,
  type IndicatorInput,
  incidentObject,
  indicatorForWallet,
  languageContent,
  type NoteInput,
  noteObject,
  relationship,
  type SightingInput,
  type Stamp,
  sighting,
  type TransactionInput,
  transactionObject,
  walletObject,
} from './build.ts';
export {
  caseObject,
  caseTitleOf,
  isCaseWork,
  noteClaim,
  requestEventId,
  requestEventObject,
  requestEventOf,
  revisionId,
  revisionObject,
  revisionOf,
} from './case.ts';
export { objectFindings } from './check.ts';
export { type CopyRelation, copyRelation } from './copy.ts';
export { envelopeOf } from './document.ts';
export {
  type AssetAmount,
  chainOf,
  extensionDefinition,
  gongjoExtension,
  type IncidentFacts,
  projectIdentity,
} from './extension.ts';
export { incidentOf, labelOf } from './facts.ts';
export { type HoldShared, holdObject, holdOf } from './hold.ts';
export { holdAskedId, holdAskedObject, holdAskedOf, holdToldId, holdToldObject, holdToldOf } from './hold-desk.ts';
export { gongjoId, type StixId, stixId, transactionId, walletId, zStixId } from './id.ts';
export { inLanguage, textIn } from './language.ts';
export { isStricter, levelOfRef, type RefLevel, strictest, tlpRefs } from './levels.ts';
export {
  type HandlingBook,
  handlingBook,
  handlingOfDefinition,
  type Marking,
  markingDefinitionOf,
  markingOf,
  type Resolve,
  refLevelIn,
} from './marking.ts';
export { fromMisp, type MispReading, type MispWriting, toMisp } from './misp/index.ts';
export { type Bundle, hasVersions, isObservable, type StixObject } from './model/index.ts';
export { idNotes, observableId } from './observable-id.ts';
export { type OrganizationFacts, organizationIdentity, organizationIdentityId } from './organization.ts';
export {
  type Pattern,
  type PatternFault,
  type PatternReading,
  parsePattern,
  printPattern,
  type Subject,
  type Watchables,
  watchables,
} from './pattern/index.ts';
export { walletPattern, walletPatternAddresses } from './pattern.ts';
export { fileBounds, OBJECTS_MAX, type ReadBounds, type Reading, type Rejected, readObjects } from './read.ts';
export { type Redaction, redact, strictParts } from './redact.ts';
export { type Finding, NODES_MAX, nodesWithin } from './shape.ts';
export { timeKey } from './time.ts';
export { tlpDefinitionFault, tlpMarking, tlpOf, wholeTlpOf, withTlp } from './tlp.ts';
export { compareVersions, newVersion, revoke } from './version.ts';
