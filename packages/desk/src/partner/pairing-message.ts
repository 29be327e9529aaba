import { zDeskCard } from '@gongjo/contract';
import { z } from 'zod';

/** The messages of a pairing, each the payload of a JWS of the desk that sends it. */
const zHex = z.string().regex(/^[0-9a-f]{64}$/);
const zNonce = z.string().regex(/^[\w-]{43}$/);
const common = { invitation: z.uuid(), iss: z.string().max(32), aud: z.string().max(32) };

export const zBegin = z.strictObject({
  ...common,
  step: z.literal('begin'),
  card: zDeskCard,
  commitment: zHex,
  proof: zHex,
});
export const zBegun = z.strictObject({
  ...common,
  step: z.literal('begun'),
  card: zDeskCard,
  commitment: zHex,
  nonce: zNonce,
});
export const zReveal = z.strictObject({ ...common, step: z.literal('reveal'), nonce: zNonce });
export const zReady = z.strictObject({ ...common, step: z.literal('ready'), transcript: zHex });
/** A person at the sender has heard the words and they were right. */
export const zConfirm = z.strictObject({ ...common, step: z.literal('confirm'), transcript: zHex });
/** The sender wants no more of this pairing. */
export const zBurn = z.strictObject({ ...common, step: z.literal('burn'), transcript: zHex });

/** What identifies a pairing in any message. */
export const zAnyStep = z.object({ invitation: z.uuid(), step: z.string().max(20) });

export type PairingStep = 'begin' | 'reveal' | 'confirm' | 'burn';
export const pairingSteps: readonly PairingStep[] = ['begin', 'reveal', 'confirm', 'burn'];
