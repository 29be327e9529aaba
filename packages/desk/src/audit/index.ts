export { auditSchema } from './audit.schema.ts';
export { recordAudit, settleAudit } from './audit.store.ts';
export {
  cosign,
  cosignedAt,
  openCheckpoint,
  originOf,
  readCheckpoint,
  type SignedCheckpoint,
  signCheckpoint,
  witnessName,
} from './checkpoint.ts';
export { entriesAbout, entriesListedMax, entryAt, listEntries } from './entry.store.ts';
export { entryLeaf, entryText } from './entry.ts';
export { type Hash, sameHash } from './merkle/hash.ts';
export { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './merkle/proof.ts';
export { type Note, noteCharsMax, readNote, signatureLine, verifyEd25519 } from './note.ts';
export { contradictEachOther, keepContradiction, type Standing, standing } from './own.ts';
export { recordSize } from './tree.store.ts';
export { type Tree, treeOf, verifyAudit } from './verify.ts';
export {
  acceptContradiction,
  countContradictions,
  type Held,
  keepHeld,
  listContradictions,
  listHeld,
  listWitnesses,
  newestCheckpoint,
  noteCosigned,
  noteUnwitnessed,
  openContradiction,
} from './witness.store.ts';
