export { tellAcknowledged } from './acknowledge.ts';
export { type AdmittedFrom, admitFrom, fileSource } from './admit.ts';
export { type Answered, approve, refuse, type Word } from './approve.ts';
export type { ReleaseTo } from './ask.ts';
export { eventGivens, shareRequest } from './ask-partner.ts';
export { type ByHand, demandNamed, recallByHand, releaseByHand } from './by-hand.ts';
export {
  addToCollection,
  type Filled,
  fillCollection,
  type Selection,
  withdrawFromCollection,
} from './collection.ts';
export { type Asked, type Decided, decideFor } from './decide.ts';
export { withdraw } from './decision.store.ts';
export {
  countDeliveries,
  deliveriesAbout,
  incidentDelivery,
  keepSignature,
  nextWaiting,
  noteAttempt,
  retryRefused,
  type StoredDelivery,
  signAnew,
} from './delivery.store.ts';
export type { Source } from './examine.ts';
export { objectsIn, parseJson } from './examine.ts';
export { explainFor, objectToExplain, storedPairs } from './explain.ts';
export { settleFloors } from './floor.store.ts';
export { type Given, givenOf, givenView } from './given.store.ts';
export { releaseHold } from './hold.ts';
export { askAddressee, carriageOf, settleHoldWords, shareHoldWords } from './hold-desk.ts';
export { introduction } from './introduce.ts';
export { shareCase } from './joint.ts';
export { letterIn } from './letter.ts';
export { exportObjects, listObjects, type ObjectFilter, objectsPageMax } from './listing.store.ts';
export { mark } from './mark.ts';
export {
  type HeldObject,
  type HeldRow,
  heldColumns,
  heldObjects,
  heldOf,
  type ObjectRef,
} from './object.store.ts';
export { objectDetail, objectMarkings } from './object-view.ts';
export { type Notice, putInOutbox } from './outbox.ts';
export { basisOf, type Handling, handlingOf, type Party, type SharingContext, sourceParty } from './party.ts';
export { keepPolicySet, newestPolicySet, policySets, type StoredPolicySet } from './policy-set.store.ts';
export { proofOf } from './prove.ts';
export { quarantinedObjects } from './quarantine.store.ts';
export { versionOfObject } from './readable.sql.ts';
export {
  countDecisions,
  holdsReadable,
  type ReadablePage,
  type ReadableQuery,
  type ReadableRow,
  readable,
  readObjects,
  type VersionMatch,
} from './readable.store.ts';
export { type Recalled, recall } from './recall.ts';
export { keepReceipt } from './receipt.ts';
export { type Incoming, type KindHandlers, quarantine, type ReceiptFacts, receive } from './receive.ts';
export { type Release, release, undecidedIncidents } from './release.ts';
export { type ReleasedTo, releaseTo } from './release-to.ts';
export { expireRequests, listRequests, requestRefs } from './request.store.ts';
export { sharingSchema } from './schema.ts';
export { findObjects, objectsAboutMax, objectsFoundMax, objectsHeld, objectsNaming } from './search.store.ts';
export { deliveriesSeen, demandRequest, objectsSeen } from './seen.store.ts';
export { incidentObjects, subjectsOf } from './select.ts';
export { sightingOf } from './sight.ts';
export { stopAsking } from './stop-asking.ts';
export { deliveriesOf, refusalsOf } from './view.ts';
export { type Warned, warningsOf } from './warned.store.ts';
