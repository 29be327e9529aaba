import { z } from 'zod';
import { noteCharsMax } from '../../audit/index.ts';

/** The door at which partners show each other the checkpoints of their audit records. */
export const auditRoot = '/audit/v1/';
export const auditStep = 'checkpoint';

/** Two notes and a proof of at most 2 × 53 hashes, as a signed message. */
export const auditBytesMax = 96 * 1024;

const zNote = z.string().max(noteCharsMax);
const zHash = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

/** "This is my record now, and it continues what you hold of it." */
export const zShow = z.strictObject({
  kind: z.literal('show'),
  checkpoint: zNote,
  at: z.iso.datetime({ precision: 3 }),
  /** The size that the witness is believed to hold; 0: none. */
  from: z.int().min(0),
  /** The record of now at that size, signed: with what the witness holds, a fork proves itself. */
  before: zNote.nullable(),
  /** RFC 9162 section 2.1.4, from there to the checkpoint. */
  proof: z.array(zHash).max(128),
});
export type Show = z.infer<typeof zShow>;

export const zSeen = z.discriminatedUnion('kind', [
  /** It continues; here is the cosignature. */
  z.strictObject({ kind: z.literal('seen'), size: z.int().min(0), cosignature: z.string().max(600) }),
  /** This is what is held; show the way from there. */
  z.strictObject({ kind: z.literal('from'), size: z.int().min(0), held: zNote }),
  /** It does not continue what is held. */
  z.strictObject({ kind: z.literal('contradicted'), size: z.int().min(0), held: zNote }),
]);
export type Seen = z.infer<typeof zSeen>;

export const packHash = (hash: Uint8Array): string => Buffer.from(hash).toString('base64');
export const unpackHash = (text: string): Uint8Array => Buffer.from(text, 'base64');
