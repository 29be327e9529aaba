export { accept } from './accept.ts';
export { answerAudit, auditBytesMax, auditRoot, auditStep, type Shown, showRecord } from './audit/index.ts';
export { ComeBackLater } from './come-back-later.ts';
export { confirmWords, tellConfirmed } from './confirm.ts';
export { sendNext } from './courier.client.ts';
export { FeedFailure } from './feed.client.ts';
export { feedView, noteFailure } from './feed.store.ts';
export { runFeed, waitAfterFailure } from './feed.ts';
export { createGate, type Gate } from './gate.ts';
export { authenticate, collectionsFor, type PartnerContext } from './inbox.ts';
export { invite, withdraw } from './invite.ts';
export { believedKeys } from './keys-of.ts';
export {
  allTerms,
  answerOverlap,
  askBytesMax,
  askEveryone,
  askPartner,
  createCalculator,
  dropOverlapTerms,
  entriesChanged,
  entriesNamed,
  itemOf,
  keepEntries,
  keepOverlapTerms,
  matchViews,
  noMemory,
  type OverlapContext,
  overlapRoot,
  overlapSteps,
  overlapsAbout,
  overlapsOn,
  overlapView,
  readReturns,
  refreshOwnList,
  removeEntries,
  removeOthers,
  rotateEpoch,
  tidyOverlaps,
} from './overlap/index.ts';
export { ownKeys } from './own-key.store.ts';
export { addPartner, removePartner, setTerms } from './pair.ts';
export { listPairings } from './pairing.store.ts';
export { pairingRoot } from './pairing-call.client.ts';
export { answerPairing } from './pairing-door.ts';
export { pairingSteps } from './pairing-message.ts';
export {
  activePartners,
  findPartner,
  findParty,
  listPartners,
  type Partner,
  partnerNamed,
  partyOf,
} from './partner.store.ts';
export { partnerKeys } from './partner-key.store.ts';
export { proofWithKeys } from './proof.ts';
export { defaultQuotas } from './quota.ts';
export { revokePartnerKey, takeRevocation, tellRevoked } from './revoke.ts';
export { revokeOwnKey, rotateKey, settleKeys } from './rotate.ts';
export { partnerSchema } from './schema.ts';
export { signRequest } from './seal.ts';
export {
  apiRoot,
  type Collections,
  respond,
  type TaxiiRequest,
  type TaxiiResponse,
  taxiiBodyBytesMax,
  taxiiError,
  taxiiRoot,
  taxiiType,
} from './taxii/index.ts';
export {
  accountWith,
  addAccount,
  listAccounts,
  removeAccount,
  setRight,
  type TaxiiAccount,
  type TaxiiRight,
} from './taxii-account.store.ts';
export { type Attempts, type Caller, callerOf, collectionsOf, countAttempts } from './taxii-caller.ts';
export {
  addCollection,
  collectionNamed,
  filledTo,
  keepFilled,
  listCollections,
  type NewCollection,
  partyOfCollection,
  recipientOf,
  removeCollection,
  type TaxiiCollection,
} from './taxii-collection.store.ts';
export { createThrottle } from './throttle.ts';
export { usageOf } from './usage.store.ts';
export { createWire, type Wire, type WireAnswer, type WireRequest } from './wire.client.ts';
