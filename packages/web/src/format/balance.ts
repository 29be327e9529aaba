import type { Balance } from '@gongjo/contract';

/** All that stands somewhere, fees included, and what is missing from `lead + swappedIn = swappedOut + standing`. */
export function balanceOf({ lead, swappedIn, swappedOut, stops }: Omit<Balance, 'asset'>): {
  standing: bigint;
  difference: bigint;
} {
  const standing = Object.values(stops).reduce((total, units) => total + BigInt(units), 0n);
  return { standing, difference: BigInt(lead) + BigInt(swappedIn) - BigInt(swappedOut) - standing };
}
