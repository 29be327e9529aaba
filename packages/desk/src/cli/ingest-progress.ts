import { GongjoError } from '../kernel/index.ts';

/** How far reading a chain has come, as the desk tells it. */
export interface Progress {
  readonly height: number;
  readonly target: number;
  readonly blocks: number;
  readonly transactions: number;
  readonly movements: number;
  readonly ratePerS: number;
  readonly secondsLeft: number;
}

/** A height given as a flag. */
export function height(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new GongjoError('usage-wrong', { detail: `${flag} ${text}` });
  return Number(text);
}

export function shown({ height, target, ratePerS, secondsLeft, transactions, movements }: Progress) {
  return { height, target, rate: Math.round(ratePerS), left: Math.ceil(secondsLeft), transactions, movements };
}
