import type { Asked, Bounds, Question } from './model.ts';

/**
 * Bounds of a trace that names none. Hops: what a page and an evidence package can still carry. Addresses: at a few
 * milliseconds for some thousand addresses in one read, a trace at this bound ends within seconds. Movements of one address:
 * a person's wallet has fewer after a theft; an address with more is a service that no tag names yet. Fan-out: people pay a
 * few others at once, exchanges pay out to hundreds; a thief's own splits seen so far have at most some hundred outputs.
 * Units: everything is followed.
 */
export const defaultBounds: Bounds = {
  hopsMax: 50_000,
  addressesMax: 20_000,
  movementsPerAddressMax: 5_000,
  fanOutMax: 1_000,
  unitsMin: 0n,
};

/** The whole question: first in, first out; forward; fees end the trace; the default bounds. */
export function completeQuestion({ chain, leads, method, direction, fees, bounds }: Asked): Question {
  return {
    chain,
    leads: leads.map((lead) => ('address' in lead ? { address: lead.address } : { txid: lead.txid, ord: lead.ord })),
    method: method ?? 'fifo',
    direction: direction ?? 'forward',
    fees: fees ?? 'drop',
    bounds: {
      hopsMax: bounds?.hopsMax ?? defaultBounds.hopsMax,
      addressesMax: bounds?.addressesMax ?? defaultBounds.addressesMax,
      movementsPerAddressMax: bounds?.movementsPerAddressMax ?? defaultBounds.movementsPerAddressMax,
      fanOutMax: bounds?.fanOutMax ?? defaultBounds.fanOutMax,
      unitsMin: bounds?.unitsMin ?? defaultBounds.unitsMin,
    },
  };
}
