import type { Trace as WireTrace } from '@gongjo/contract';
import type { Trace } from './model.ts';

/** A trace as it came over the wire, with its amounts as numbers again. */
export function exactTrace(wire: WireTrace): Trace {
  const exact = <T extends { readonly units: string }>(one: T) => ({ ...one, units: BigInt(one.units) });
  const whole = <T extends { readonly units: string; readonly movementUnits: string }>(one: T) => ({
    ...exact(one),
    movementUnits: BigInt(one.movementUnits),
  });
  const { bounds } = wire.question;
  return {
    ...wire,
    question: { ...wire.question, bounds: { ...bounds, unitsMin: BigInt(bounds.unitsMin) } },
    hops: wire.hops.map((hop) => ({ ...whole(hop), received: hop.received.map(whole) })),
    stops: wire.stops.map(({ holdings, ...stop }) => ({
      ...exact(stop),
      ...(holdings === undefined ? {} : { holdings: holdings.map(exact) }),
    })),
    decoys: wire.decoys.map(exact),
    balances: wire.balances.map(({ lead, swappedIn, swappedOut, stops, ...balance }) => ({
      ...balance,
      lead: BigInt(lead),
      swappedIn: BigInt(swappedIn),
      swappedOut: BigInt(swappedOut),
      stops: Object.fromEntries(Object.entries(stops).map(([kind, units]) => [kind, BigInt(units)])),
    })),
  };
}
