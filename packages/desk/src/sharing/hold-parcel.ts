import { zHoldId, zSha256 } from '@gongjo/contract';
import { z } from 'zod';

/** The bytes of one file that a note names. */
export const zHoldParcel = z.object({
  kind: z.literal('hold-file'),
  /** The note. */
  object: z.string().min(1).max(300),
  hold: zHoldId,
  sha256: zSha256,
  base64: z.base64(),
});
export type HoldParcel = z.infer<typeof zHoldParcel>;
