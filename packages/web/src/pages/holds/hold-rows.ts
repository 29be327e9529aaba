import type { HoldClock, HoldSummary } from '@gongjo/contract';
import { amountLine } from '../../format/amount.ts';

export const holdColumns = [
  'addressee',
  'incident',
  'desk',
  'amount',
  'state',
  'number',
  'drafted',
  'sent',
  'ends',
] as const;
export type HoldColumn = (typeof holdColumns)[number];

/** Exact amounts, for a file. */
export function amountsText(amounts: HoldSummary['amounts']): string {
  return amounts
    .map(({ units, decimals, symbol }) => `${amountLine(units, decimals).replaceAll(',', '')} ${symbol}`)
    .join('; ');
}

/** The clock that ends next, of those that run. */
export function nextClock(clocks: readonly HoldClock[]): HoldClock | null {
  const running = clocks.filter(({ state }) => state !== 'met').toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  return running[0] ?? null;
}

/** What ends first stands first; what has no clock comes after, the newest first. */
export function byUrgency(holds: readonly HoldSummary[]): HoldSummary[] {
  return holds.toSorted((a, b) => {
    const [one, other] = [nextClock(a.clocks)?.dueAt, nextClock(b.clocks)?.dueAt];
    if (one === undefined || other === undefined)
      return Number(one === undefined) - Number(other === undefined) || (a.draftedAt < b.draftedAt ? 1 : -1);
    return one < other ? -1 : 1;
  });
}
