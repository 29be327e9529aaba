import { z } from 'zod';
import { noteCharsMax } from '../../audit/index.ts';
import { GongjoError } from '../../kernel/index.ts';
import type { PartnerContext } from '../inbox.ts';
import { believedKey, signerFor } from '../keys-of.ts';
import type { Partner } from '../partner.store.ts';
import { claimedKey, signVow, verifyVow, vowTypes } from '../vow.ts';

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

/** Signed, from and to named: what was said about a record can be proved later by either side. */
export function sealAudit({ keys, desk }: PartnerContext, partner: Partner, body: Show | Seen): Promise<string> {
  return signVow(signerFor(keys, partner), vowTypes.audit, { iss: desk.desk, aud: partner.card.desk, body });
}

/** Throws `signature-invalid` unless the partner signed it for this desk. */
export async function unsealAudit<T>(
  { records, clock, desk }: PartnerContext,
  partner: Partner,
  body: z.ZodType<T>,
  message: string,
): Promise<T> {
  const from = partner.card.desk;
  const key = await believedKey(records, clock, partner, claimedKey(message));
  const shape = z.strictObject({ iss: z.string().max(64), aud: z.string().max(64), body });
  const said = await verifyVow(key, from, vowTypes.audit, shape, message);
  if (said.iss !== from || said.aud !== desk.desk)
    throw new GongjoError('signature-invalid', { desk: from, detail: 'it names another sender or recipient' });
  return said.body as T;
}

export const packHash = (hash: Uint8Array): string => Buffer.from(hash).toString('base64');
export const unpackHash = (text: string): Uint8Array => Buffer.from(text, 'base64');
