export { accept } from './accept.ts';
export { confirmWords, tellConfirmed } from './confirm.ts';
export { sendNext } from './courier.client.ts';
export { createGate, type Entered, QuotaExceeded } from './gate.ts';
export { authenticate, collectionsFor, type PartnerContext } from './inbox.ts';
export { invite, withdraw } from './invite.ts';
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
export { type KeyedProof, proofWithKeys } from './proof.ts';
export { defaultQuotas } from './quota.ts';
export { revokePartnerKey, takeRevocation, tellRevoked } from './revoke.ts';
export { revokeOwnKey, rotateKey, settleKeys } from './rotate.ts';
export { partnerSchema } from './schema.ts';
export { respond, taxiiBodyBytesMax, taxiiError, taxiiRoot, taxiiType } from './taxii.ts';
export { createThrottle } from './throttle.ts';
export { usageOf } from './usage.store.ts';
export { createWire, type Wire, type WireAnswer, type WireRequest } from './wire.client.ts';
