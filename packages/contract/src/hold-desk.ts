import { z } from 'zod';
import { zAssetId, zInstant, zUnits } from './chain.ts';
import { zDeskId } from './desk.ts';
import { zCountry, zEntryId } from './directory.ts';
import { holdAmountsMax, holdDocumentForms, holdEvents, holdStates, zHoldClock, zHoldFacts, zHoldId } from './hold.ts';
import { holdFileKinds, zFileName } from './hold-file.ts';
import { zTlp } from './incident.ts';
import { zMediaType, zSha256, zText } from './text.ts';

/**
 * A hold request on its way to the addressee's own desk, and what that desk says to it. `docs/holds.md` explains the way.
 */

const zLine = z.string().regex(/^[^\p{C}]{1,300}$/u);
const zReason = z.string().min(3).max(2000);
const zNote = z.string().max(2000);

/** The largest file that goes between desks: in base64, with its envelope, it is within the eight megabytes that a desk reads at most. */
export const holdParcelBytesMax = 5 * 1024 * 1024;
/** What a desk keeps of one partner that has not come to an end: an agency asks an exchange for hundreds of holds a year, and this is a flood. */
export const holdsAskedMax = 10_000;
/** What one desk may say to one request; more would be a conversation. */
export const holdWordsMax = 500;

/** A file that follows, known by its bytes. */
const zNamedFile = z.strictObject({
  name: zFileName,
  bytes: z.int().min(1).max(holdParcelBytesMax),
  sha256: zSha256,
});

/** The request as it travels: all that it says, and its documents by their hashes. It is the same however often it is sent. */
export const zHoldAsked = z.strictObject({
  hold: zHoldId,
  from: zDeskId,
  to: zDeskId,
  /** Counts the approvals: a later one takes the place of an earlier. */
  round: z.int().min(1),
  number: zLine,
  drill: z.boolean(),
  title: zText,
  approvedAt: zInstant,
  acknowledgeHours: z.int().min(1).max(720),
  addressee: z.strictObject({ id: zEntryId, name: zText, entity: zText.nullable(), country: zCountry.nullable() }),
  facts: zHoldFacts,
  documents: z
    .array(zNamedFile.extend({ form: z.enum(holdDocumentForms), language: z.enum(['en', 'ko']).nullable() }))
    .min(1)
    .max(20),
});
export type HoldAsked = z.infer<typeof zHoldAsked>;

/** What the desk that is asked says. Amounts are always named: nobody's silence is taken for all of it. */
export const zHoldWord = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('acknowledge'), reference: zLine.optional(), note: zNote.optional() }),
  z.strictObject({
    event: z.literal('hold'),
    amounts: z
      .array(z.strictObject({ asset: zAssetId, units: zUnits }))
      .min(1)
      .max(holdAmountsMax),
    until: zInstant.optional(),
    reference: zLine.optional(),
    note: zNote.optional(),
  }),
  z.strictObject({ event: z.literal('extend'), until: zInstant, note: zNote.optional() }),
  z.strictObject({ event: z.literal('release'), reason: zReason }),
  z.strictObject({ event: z.literal('refuse'), reason: zReason }),
  zNamedFile.extend({
    event: z.literal('file'),
    kind: z.enum(holdFileKinds),
    mediaType: zMediaType,
    note: zNote.optional(),
  }),
]);
export type HoldWord = z.infer<typeof zHoldWord>;

/** One word as it travels: of `desk`, on what `from` asked it. */
export const zHoldTold = z.strictObject({
  hold: zHoldId,
  from: zDeskId,
  desk: zDeskId,
  round: z.int().min(1),
  n: z.int().min(1).max(holdWordsMax),
  at: zInstant,
  what: zHoldWord,
});
export type HoldTold = z.infer<typeof zHoldTold>;

/** What a person at the desk that is asked says; files have a way of their own. */
export const zHoldTelling = z.discriminatedUnion('event', [
  zHoldWord.options[0],
  zHoldWord.options[1],
  zHoldWord.options[2],
  zHoldWord.options[3],
  zHoldWord.options[4],
]);
export type HoldTelling = z.infer<typeof zHoldTelling>;

/** A file for whoever asks. */
export const zHoldGiving = z.strictObject({
  kind: z.enum(holdFileKinds),
  name: zFileName,
  mediaType: zMediaType.default('application/octet-stream'),
  base64: z.base64(),
  sha256: zSha256.optional(),
  note: zNote.optional(),
});
export type HoldGiving = z.infer<typeof zHoldGiving>;

/** How a word fares on its way: policy has not let it go; it is carried; the other desk has it, or has refused it. */
export const holdCarriages = ['kept', 'waiting', 'accepted', 'refused'] as const;
export const zHoldCarriage = z.object({
  state: z.enum(holdCarriages),
  /** Why it is kept or was refused. */
  reasons: z.array(zText),
});
export type HoldCarriage = z.infer<typeof zHoldCarriage>;

export const zAskedHoldSummary = z.object({
  id: z.string(),
  /** Who asks. */
  desk: z.object({ id: z.string(), name: zText }),
  number: z.string(),
  title: zText,
  addressee: zText,
  entity: zText.nullable(),
  facts: zHoldFacts,
  tlp: zTlp,
  drill: z.boolean(),
  receivedAt: zInstant,
  /** By what this desk has said and the other has taken. */
  state: z.enum(holdStates),
  /** Where it stands by the word of whoever asks, where that is known: it may be withdrawn, say. */
  stateThere: z.enum(holdStates).nullable(),
  held: z.array(z.object({ asset: zAssetId, units: zUnits })),
  expiresAt: zInstant.nullable(),
  clocks: z.array(zHoldClock),
});
export type AskedHoldSummary = z.infer<typeof zAskedHoldSummary>;

export const zAskedHold = zAskedHoldSummary.extend({
  documents: z.array(
    z.object({
      name: z.string(),
      form: z.enum(holdDocumentForms),
      language: z.enum(['en', 'ko']).nullable(),
      bytes: z.int(),
      sha256: z.string(),
      /** Its bytes are here, and are those that were named. */
      here: z.boolean(),
    }),
  ),
  words: z.array(z.object({ n: z.int(), at: zInstant, by: z.string(), what: zHoldWord, carriage: zHoldCarriage })),
  may: z.array(z.enum(holdEvents)),
  fileBytesMax: z.int(),
});
export type AskedHold = z.infer<typeof zAskedHold>;
