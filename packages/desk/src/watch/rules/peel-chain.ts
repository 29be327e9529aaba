import type { Address } from '@gongjo/contract';
import { type Hop, joinedHops, type Trace } from '../../trace/index.ts';
import type { Finding } from './model.ts';

/** A tenth, as the ledger's verdict on one transaction has it (`peelingVerdict`). */
const smallerBy = 10n;
/** One step is a payment with change, two are two; three in a row are a way to work. */
const stepsMin = 3;

/**
 * `peel-chain`: followed value goes from address to address, and at each of three steps or more in a row at most a tenth of
 * it is split off to another address. Meiklejohn, Pomarole, Jordan, Levchenko, McCoy, Voelker, Savage, "A Fistful of
 * Bitcoins", 2013; Kappos, Yousaf, Stütz, Rollet, Haslhofer, Meiklejohn, "How to Peel a Million", 2022. It works on the hops
 * of a trace, so on chains of accounts as on those of outputs. Said of the third step, and again of each that doubles the chain.
 *
 * Fails: services pay out this way, and so does whoever lives off one large coin; peels of more than a tenth, and steps that
 * peel to several addresses at once, are not seen.
 */
export function peelChain(trace: Pick<Trace, 'hops'>): Finding[] {
  const moves = joinedHops(
    trace.hops.filter(({ rule, from, to }) => rule !== 'fee' && rule !== 'swap' && from !== null && to !== from),
  );
  const leaving = Map.groupBy(moves, ({ from, asset }) => `${from}|${asset}`);
  /** How many steps in a row end with the remainder that this hop brought, and where the first of them was. */
  const steps = new Map<string, { count: number; since: string; first: Address | null }>();
  const found: Finding[] = [];
  for (const parts of [...leaving.values()].sort((a, b) => orderOf(a) - orderOf(b))) {
    const step = stepOf(parts);
    if (step === null || step.rest.to === null) continue;
    const before = steps.get(`${step.rest.from}|${step.rest.asset}`);
    const count = (before?.count ?? 0) + 1;
    const since = before?.since ?? step.rest.time;
    const first = before?.first ?? step.rest.from;
    const key = `${step.rest.to}|${step.rest.asset}`;
    if ((steps.get(key)?.count ?? 0) < count) steps.set(key, { count, since, first });
    if (count >= stepsMin && isDoubling(count / stepsMin))
      found.push({ rule: 'peel-chain', at: step.rest, count, since, ...(first === null ? {} : { subject: first }) });
  }
  return found;
}

function orderOf([first]: readonly Hop[]): number {
  return first?.id ?? 0;
}

/** All that left an address went two ways, one of them a tenth of the other or less. */
function stepOf(parts: readonly Hop[]): { readonly peel: Hop; readonly rest: Hop } | null {
  const [a, b, ...more] = parts;
  if (a === undefined || b === undefined || more.length > 0 || a.to === b.to) return null;
  const [peel, rest] = a.units < b.units ? [a, b] : [b, a];
  return peel.units > 0n && peel.units * smallerBy <= rest.units ? { peel, rest } : null;
}

function isDoubling(share: number): boolean {
  return Number.isInteger(Math.log2(share));
}
