export {
  type CollectionRecipient,
  type Filled,
  fillCollection,
  recipientOf,
  type Selection,
  withdrawFromCollection,
} from './collection.ts';
export { type AddedObject, type AddingSource, addObjects, objectsIn } from './collection-add.ts';
export {
  countDeliveries,
  keepSignature,
  nextWaiting,
  noteAttempt,
  retryRefused,
  type StoredDelivery,
} from './delivery.store.ts';
export { versionOfObject } from './readable.sql.ts';
export {
  countDecisions,
  holdsReadable,
  type ReadablePage,
  type ReadableQuery,
  type ReadableRow,
  readable,
  type VersionMatch,
} from './readable.store.ts';
export { keepReceipt } from './receipt.ts';
export { type Incoming, quarantine, type ReceiptFacts, receive } from './receive.ts';
export { basisOf, type Party, type Release, release, type SharingContext, undecidedIncidents } from './release.ts';
export { sharingSchema } from './schema.ts';
export { incidentObjects, subjectsOf } from './select.ts';
export { sightingOf } from './sight.ts';
export { deliveriesOf, refusalsOf } from './view.ts';
