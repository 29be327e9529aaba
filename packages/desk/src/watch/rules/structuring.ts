import type { Address } from '@gongjo/contract';
import { epochMs } from '../../kernel/index.ts';
import { type Hop, joinedHops, type Trace } from '../../trace/index.ts';
import type { Finding } from './model.ts';

/** Of the largest to the smallest: five in a hundred. People who stay below a threshold stay close to it. */
const spreadPercent = 5n;
/** Fewer happen by chance: wages and rents come in threes and fours. */
const countMin = 8;
/** A working day in both countries, and the night between. */
const windowMs = 24 * 3_600_000;

/**
 * `structuring`: one address sends, or receives, eight or more followed amounts of one asset that differ by at most five in a
 * hundred, within a day. "Structuring transactions in small amounts … below record-keeping or reporting thresholds" is the
 * first indicator of FATF, "Virtual Assets Red Flag Indicators of Money Laundering and Terrorist Financing", 2020; thresholds
 * differ between countries (the travel rule: 1 m won in Korea, 3,000 dollars in the United States) and prices move, so what is
 * measured is likeness, not a sum.
 *
 * Fails: salaries, faucets, rewards and payouts of pools are alike, too; it looks at followed value alone, where those are
 * rare. Amounts that are varied on purpose by more are not seen. Said of the eighth, and again each time the number doubles.
 */
export function structuring(trace: Pick<Trace, 'hops'>): Finding[] {
  const moves = joinedHops(trace.hops.filter(({ rule, from, to }) => rule !== 'fee' && rule !== 'swap' && from !== to));
  const found = new Map<string, Finding>();
  for (const side of ['from', 'to'] as const)
    for (const of of Map.groupBy(moves, (hop) => `${hop[side]}|${hop.asset}`).values()) {
      const address = of[0]?.[side];
      if (address)
        for (const finding of alike(of, address))
          found.set(`${side}|${address}|${finding.at.asset}|${finding.count}`, finding);
    }
  return [...found.values()];
}

function alike(hops: readonly Hop[], subject: Address): Finding[] {
  if (hops.length < countMin) return [];
  const byTime = [...hops].sort((a, b) => epochMs(a.time) - epochMs(b.time) || a.id - b.id);
  const found: Finding[] = [];
  let wanted = countMin;
  for (const [at, last] of byTime.entries()) {
    const endMs = epochMs(last.time);
    const similar: Hop[] = [];
    for (let before = at; before >= 0; before -= 1) {
      const hop = byTime[before];
      if (hop === undefined || endMs - epochMs(hop.time) > windowMs) break;
      if (isLike(hop.movementUnits, last.movementUnits)) similar.push(hop);
    }
    if (similar.length < wanted) continue;
    found.push({ rule: 'structuring', at: last, subject, count: wanted, since: similar.at(-1)?.time ?? last.time });
    wanted *= 2;
  }
  return found;
}

function isLike(a: bigint, b: bigint): boolean {
  const [small, large] = a < b ? [a, b] : [b, a];
  return small > 0n && (large - small) * 100n <= large * spreadPercent;
}
