import type { Progress } from '../chain/index.ts';
import { GongjoError } from '../kernel/index.ts';

/** A height given as a flag. */
export function height(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new GongjoError('usage-wrong', { detail: `${flag} ${text}` });
  return Number(text);
}

export function shown({ height, target, ratePerS, secondsLeft, transactions, movements }: Progress) {
  return { height, target, rate: Math.round(ratePerS), left: Math.ceil(secondsLeft), transactions, movements };
}
