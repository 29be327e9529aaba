import { z } from 'zod';
import { GongjoError } from '../kernel/index.ts';
import type { PartnerContext } from './inbox.ts';
import { believedKey, signerFor } from './keys-of.ts';
import type { Partner } from './partner.store.ts';
import { claimedKey, signVow, type VowType, verifyVow } from './vow.ts';

/** What is said at a partner's door and answered there: signed, from and to named, so that either side can prove it later. */
export function sealFor(
  { keys, desk }: PartnerContext,
  partner: Partner,
  type: VowType,
  body: unknown,
): Promise<string> {
  return signVow(signerFor(keys, partner), type, { iss: desk.desk, aud: partner.card.desk, body });
}

/** Throws `signature-invalid` unless the partner signed something of this kind and shape for this desk. */
export async function unsealFrom<T>(
  { records, clock, desk }: PartnerContext,
  partner: Partner,
  type: VowType,
  body: z.ZodType<T>,
  message: string,
): Promise<T> {
  const from = partner.card.desk;
  const key = await believedKey(records, clock, partner, claimedKey(message));
  const shape = z.strictObject({ iss: z.string().max(64), aud: z.string().max(64), body });
  const said = await verifyVow(key, from, type, shape, message);
  if (said.iss !== from || said.aud !== desk.desk)
    throw new GongjoError('signature-invalid', { desk: from, detail: 'it names another sender or recipient' });
  return said.body as T;
}
