import { fill } from '@gongjo/contract';
import type { Texts } from '../texts/texts.ts';

/** The desk's own bounds of a reason that a person gives. */
export const reasonCharsMin = 3;
export const reasonCharsMax = 500;

/** What is wrong with a reason, as it is said beside its field; null where nothing is. */
export function reasonError(reason: string, t: Texts): string | null {
  const { length } = reason.trim();
  if (length < reasonCharsMin) return fill(t.watches.errors.reasonShort, { min: reasonCharsMin });
  return length > reasonCharsMax ? fill(t.watches.errors.tooLong, { max: reasonCharsMax }) : null;
}
