export { sendNext } from './courier.client.ts';
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
export { respond, taxiiBodyBytesMax, taxiiError, taxiiRoot, taxiiType } from './taxii.ts';
export { usageOf } from './usage.store.ts';
