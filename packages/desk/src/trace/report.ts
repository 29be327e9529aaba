import type { Address, AssetId, TxId } from '@gongjo/contract';
import { invariant } from '../kernel/index.ts';
import type { Account } from './account.ts';
import { findDecoys } from './decoys.ts';
import { compareEntries, type Facts } from './facts.ts';
import { type Cut, type Findings, traceOf } from './findings.ts';
import type { Gap, Hop, Trace } from './model.ts';
import type { Run } from './run.ts';
import type { Arrival } from './step.ts';

/** What a finished run forward says. */
export function report(run: Run, facts: Facts, lead: readonly TxId[], more: readonly Gap[]): Trace {
  const steps = run.steps();
  const hops = steps.flatMap((step) => step.hops);
  const reached = steps.flatMap((step) => step.reached);
  return traceOf({
    question: facts.question,
    coverage: facts.coverage,
    lead,
    hops,
    taken: steps.flatMap((step) => step.taken),
    swapped: hops.flatMap(swappedBy),
    gaps: [...more, ...steps.flatMap((step) => step.gaps)],
    cut: run.cut,
    arrivals: [...steps.flatMap((step) => step.arrivals), ...restOf(reached, run.cut)],
    decoys: (assets) => findDecoys(facts, hops, reached, assets),
    asset: (id) => facts.asset(id),
  });
}

/** Forward, a swap takes out of the trace what was given and brings what was received. */
function swappedBy({ rule, asset, units, received }: Hop): Findings['swapped'] {
  if (rule !== 'swap') return [];
  return [{ asset, into: 0n, out: units }, ...received.map((one) => ({ asset: one.asset, into: one.units, out: 0n }))];
}

/** What is left in the pools: unspent, unless its address moves the asset on after a bound had cut the trace. */
function restOf(reached: readonly Account[], cut: Cut | null): Arrival[] {
  const left: Arrival[] = [];
  for (const account of reached) {
    for (const [asset, pool] of account.pools) {
      if (pool.traced === 0n) continue;
      const kind = cut !== null && movesOn(account, asset, cut) ? 'limit' : 'unspent';
      for (const { units, source } of pool.remaining()) {
        if (source === 'clean') continue;
        invariant(source !== 'lead', 'every traced lot was brought by a hop');
        left.push({ kind, address: account.address, asset, units, tag: null, hop: source, since: source.time });
      }
    }
  }
  return left;
}

function movesOn({ address, reached }: Account, asset: AssetId, cut: Cut): boolean {
  const movements = reached?.known?.rows.movements ?? [];
  return movements.some(
    (movement) =>
      movement.asset === asset &&
      movement.from === address &&
      movement.to !== address &&
      movement.units > 0n &&
      compareEntries(movement, cut.at) >= 0,
  );
}

/** The addresses where traced value rests, once each and sorted: those to watch for its next movement. */
export function unspentAddresses(trace: Pick<Trace, 'stops'>): Address[] {
  const addresses = new Set<Address>();
  for (const { kind, address } of trace.stops) if (kind === 'unspent' && address !== null) addresses.add(address);
  return [...addresses].sort();
}
