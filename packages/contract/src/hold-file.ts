import { z } from 'zod';
import { zInstant } from './chain.ts';
import { inputRules } from './input-terms.ts';
import { zMediaType, zSha256 } from './text.ts';

/** What came back as a file: who the customer is, logs of access, what stands in the account, an answer in writing. */
export const holdFileKinds = ['kyc', 'logs', 'holdings', 'reply', 'other'] as const;
export type HoldFileKind = (typeof holdFileKinds)[number];

/** The most that a desk can be set to take in one file: it is held in memory while it is checked. */
export const holdFileBytesMost = 64 * 1024 * 1024;

/** Who gave it, as a person says. */
const zGiver = z.string().regex(/^[^\p{C}]{1,300}$/u);
/** A name is shown and written to disks: no folder, and nothing that a terminal or a page takes for something else. */
export const zFileName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((name) => /^[^\p{C}\p{Zl}\p{Zp}/\\]*$/u.test(name) && !/^\.+$/.test(name), inputRules.fileName);

/** A file that came back. `sha256`: as whoever sent it has it; other bytes are refused. */
export const zHoldFileReceived = z.strictObject({
  kind: z.enum(holdFileKinds),
  name: zFileName,
  mediaType: zMediaType.default('application/octet-stream'),
  base64: z.base64(),
  sha256: zSha256.optional(),
  /** Absent: the addressee. */
  from: zGiver.optional(),
  /** Absent: now. */
  receivedAt: zInstant.optional(),
  note: z.string().max(2000).optional(),
});
export type HoldFileReceived = z.infer<typeof zHoldFileReceived>;

/** A file that is kept at a request. */
export const zHoldFile = z.object({
  id: z.string(),
  kind: z.enum(holdFileKinds),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  sha256: zSha256,
  from: z.string(),
  receivedAt: zInstant,
  /** When it was entered here, and by whom. */
  takenAt: zInstant,
  by: z.string(),
  note: z.string().nullable(),
});
export type HoldFile = z.infer<typeof zHoldFile>;
