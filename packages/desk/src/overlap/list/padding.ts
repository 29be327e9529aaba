import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { bytesOf } from '../bytes.ts';
import { VALUE_BYTES } from './value.ts';

/**
 * Sizes tell: how large an agency's list is, how many entries a day brings, how many questions an officer had. So every count
 * that a partner sees is a step, and the difference to the step is filled with values that nobody can tell from real ones.
 *
 * What is left: a step is coarse but not constant, and within an epoch padding is exchanged while real entries stay, so that a
 * partner who keeps every version learns over time about how many entries are old. A new epoch starts afresh.
 */

/** A list of a handful of entries looks like one of a thousand. */
const listMin = 1024;
/** Enough padding to hide the ordinary change of a day behind. */
const spareMin = 64;
const spareShare = 16;

/** The size that a list with so many entries shows: a step of at most an eighth, and never without padding. */
export function paddedListCount(entries: number): number {
  const least = entries + Math.max(spareMin, Math.ceil(entries / spareShare));
  const step = Math.max(listMin, 2 ** (Math.floor(Math.log2(least)) - 3));
  return Math.ceil(least / step) * step;
}

/** Steps of a batch of questions; the last is the most that one session asks. */
export const questionSteps = [64, 256, 1024, 4096] as const;
export const QUESTIONS_MAX = 4096;

export const paddedQuestionCount = (questions: number): number =>
  questionSteps.find((step) => step >= questions) ?? QUESTIONS_MAX;

/** Changes between two lists show as a power of two, and never fewer than this. */
const changeMin = 64;
const paddedChangeCount = (changes: number): number =>
  changes <= changeMin ? changeMin : 2 ** Math.ceil(Math.log2(changes));

/** The padding in use: a window over an endless row of values. */
export interface Padding {
  readonly from: number;
  readonly count: number;
}

/** What the next padding depends on: the list as it was, and what changed among its real entries. */
export interface Before {
  readonly total: number;
  readonly padding: Padding;
  readonly came: number;
  readonly went: number;
}

/**
 * The padding of a list with so many real entries. After an earlier list the size never shrinks within the epoch, and as
 * much padding is exchanged as makes the change look like a step; where the padding at hand is too little for that, all of it.
 */
export function nextPadding(entries: number, before: Before | null): Padding {
  if (before === null) return { from: 0, count: paddedListCount(entries) - entries };
  const total = Math.max(before.total, paddedListCount(entries));
  const grown = total - before.total;
  const leaving = paddedChangeCount(Math.max(before.went, before.came - grown));
  const exchanged = Math.min(leaving - before.went, before.padding.count);
  return { from: before.padding.from + exchanged, count: total - entries };
}

const valuesPerBlock = 64 / VALUE_BYTES;

/** The secret from which an epoch's padding comes, made from the seed of its key. */
export const paddingSecret = (seed: Uint8Array): Uint8Array => hmac(sha512, seed, bytesOf('gongjo overlap padding 1'));

/** The values of a window: HMAC-SHA-512 of the place, eight values a block. To whom the secret is unknown they are random. */
export function paddingValues(secret: Uint8Array, { from, count }: Padding): BigUint64Array {
  const values = new BigUint64Array(count);
  let block = -1;
  let view: DataView = new DataView(new ArrayBuffer(0));
  for (let at = 0; at < count; at += 1) {
    const place = from + at;
    const wanted = Math.floor(place / valuesPerBlock);
    if (wanted !== block) {
      block = wanted;
      const bytes = hmac(sha512, secret, bytesOf(String(block)));
      view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    values[at] = view.getBigUint64((place % valuesPerBlock) * VALUE_BYTES, true);
  }
  return values;
}
