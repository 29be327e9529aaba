export {
  countDeliveries,
  keepSignature,
  nextWaiting,
  noteAttempt,
  retryRefused,
  type StoredDelivery,
} from './delivery.store.ts';
export { letterIn, receiveLetter, sendLetter, signAnew } from './letter.ts';
export { type ObjectPage, readableBy } from './object.store.ts';
export { keepReceipt } from './receipt.ts';
export { type Incoming, quarantine, type ReceiptFacts, receive } from './receive.ts';
export { basisOf, type Party, type Release, release, type SharingContext, undecidedIncidents } from './release.ts';
export { sharingSchema } from './schema.ts';
export { incidentObjects, subjectsOf } from './select.ts';
export { sightingOf } from './sight.ts';
export { deliveriesOf, refusalsOf } from './view.ts';
