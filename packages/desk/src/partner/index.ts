export { sendNext } from './courier.client.ts';
export { authenticate, collectionsFor, type PartnerContext } from './inbox.ts';
export { addPartner, removePartner } from './pair.ts';
export { findPartner, findParty, listPartners, type Partner, partnerNamed, partyOf } from './partner.store.ts';
export { partnerSchema } from './schema.ts';
export { respond, taxiiBodyBytesMax, taxiiError, taxiiRoot, taxiiType } from './taxii.ts';
