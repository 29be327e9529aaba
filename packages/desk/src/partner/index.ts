export { sendNext } from './courier.client.ts';
export { FeedFailure } from './feed.client.ts';
export { feedView, noteFailure } from './feed.store.ts';
export { runFeed, waitAfterFailure } from './feed.ts';
export { authenticate, collectionsFor, type PartnerContext } from './inbox.ts';
export { addPartner, removePartner, setTerms } from './pair.ts';
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
export { partnerSchema } from './schema.ts';
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
export { usageOf } from './usage.store.ts';
