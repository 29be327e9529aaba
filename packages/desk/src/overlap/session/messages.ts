import { zOverlapLine } from '@gongjo/contract';
import { sha256 } from '@noble/hashes/sha2.js';
import { z } from 'zod';
import { canonicalJson, hexOf } from '../../kernel/index.ts';
import { bytesOf } from '../bytes.ts';
import { DIGEST_BYTES } from '../list/header.ts';
import { QUESTIONS_MAX } from '../list/padding.ts';
import { VALUE_BYTES } from '../list/value.ts';
import { ELEMENT_BYTES } from '../voprf/group.ts';
import { PROOF_BYTES } from '../voprf/proof.ts';
import { OUTPUT_BYTES } from '../voprf/voprf.ts';
import { zPacked } from './packed.ts';

/**
 * A session between two desks, who asks and who answers:
 *
 *     ask     →   blinded questions; the values of what is asked under the asker's own key
 *     ← answer    evaluations and proof; blinded questions of the answerer, always equally many
 *     return  →   evaluations and proof for these
 *     tell    →   whole outputs of what was found, with what the asker lets be told
 *     ← told      for each, what the owner lets be told
 *
 * The first three are sent in every session and have sizes that are steps; after them each side compares for itself. What is
 * silent on a side is in none of its lists and values, only among its blinded questions, where all look alike.
 */
const zElements = zPacked(ELEMENT_BYTES, 1, QUESTIONS_MAX);
const zProof = zPacked(PROOF_BYTES, 1, 1);
const zKey = zPacked(ELEMENT_BYTES, 1, 1);
const zDigest = zPacked(DIGEST_BYTES, 1, 1);
const zSession = z.uuid();
/** Epochs and serials are kept as the database keeps integers; a desk that turns its key every second is there in 68 years. */
export const NUMBER_MAX = 2 ** 31 - 1;
const zEpoch = z.int().min(1).max(NUMBER_MAX);

export const zNote = z.strictObject({ contact: zOverlapLine, reference: zOverlapLine.nullable() });

export const zAsk = z.strictObject({
  kind: z.literal('ask'),
  session: zSession,
  /** The answerer's key by which the asker wants to be answered. */
  epoch: zEpoch,
  key: zKey,
  elements: zElements,
  /** Under the asker's own key: ascending, as many as there are questions. */
  offer: z.strictObject({ epoch: zEpoch, key: zKey, values: zPacked(VALUE_BYTES, 1, QUESTIONS_MAX) }),
  purpose: zOverlapLine,
  legalBasis: zOverlapLine.nullable(),
});

export const zAnswer = z.strictObject({
  kind: z.literal('answer'),
  session: zSession,
  elements: zElements,
  proof: zProof,
  /** The list that is in force: the asker compares with this or a later one. */
  list: zDigest,
  serial: z.int().min(0).max(NUMBER_MAX),
  reverse: zElements,
});

export const zReturn = z.strictObject({
  kind: z.literal('return'),
  session: zSession,
  elements: zElements,
  proof: zProof,
});

export const zTell = z.strictObject({
  kind: z.literal('tell'),
  session: zSession,
  claims: z.array(z.strictObject({ output: zPacked(OUTPUT_BYTES, 1, 1), note: zNote })).max(QUESTIONS_MAX),
});

export const zTold = z.strictObject({
  kind: z.literal('told'),
  session: zSession,
  notes: z.array(zNote.nullable()).max(QUESTIONS_MAX),
});

export type Ask = z.infer<typeof zAsk>;
export type Answer = z.infer<typeof zAnswer>;
export type Return = z.infer<typeof zReturn>;
export type Tell = z.infer<typeof zTell>;
export type Told = z.infer<typeof zTold>;
export type Message = Ask | Answer | Return | Tell | Told;

/**
 * SHA-256 of a message's canonical JSON. Both sides keep it, so that a session can be proved later without its content; an
 * answerer knows by it that an ask is the same one again, to be answered with the same bytes and not charged a second time.
 */
export const messageDigest = (message: Message): string => hexOf(sha256(bytesOf(canonicalJson(message))));
