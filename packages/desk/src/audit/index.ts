export { auditSchema } from './audit.schema.ts';
export { recordAudit, settleAudit } from './audit.store.ts';
export {
  type Checkpoint,
  cosign,
  cosignedAt,
  openCheckpoint,
  originOf,
  readCheckpoint,
  type SignedCheckpoint,
  signCheckpoint,
  witnessName,
} from './checkpoint.ts';
export { type EntryFilter, entriesAbout, entriesListedMax, entryAt, listEntries } from './entry.store.ts';
export { type AuditEntry, type AuditEvent, entryLeaf, entryText } from './entry.ts';
export { type Hash, leafHash, sameHash } from './merkle/hash.ts';
export { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './merkle/proof.ts';
export { type Note, noteCharsMax, noteText, readNote, signatureLine, verifyEd25519 } from './note.ts';
export { type CheckpointContext, contradictEachOther, keepContradiction, type Standing, standing } from './own.ts';
export { recordSize } from './tree.store.ts';
export { type Tree, treeOf, type Verified, verifyAudit } from './verify.ts';
export {
  acceptContradiction,
  type Contradiction,
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
  type Witness,
} from './witness.store.ts';
