import { z } from 'zod';
import { zAssetId, zUnits } from './chain.ts';
import { stopKinds } from './trace.ts';

/**
 * Who could freeze value where it stands. `holder`: whoever keeps it for customers (a service that a tag names); `issuer`:
 * the issuer of the token; `none`: it is destroyed, paid as fees, or mixed; `unknown`: nothing is known that says one or the
 * other.
 */
export const freezers = ['holder', 'issuer', 'none', 'unknown'] as const;
export type Freezer = (typeof freezers)[number];

const total = {
  asset: zAssetId,
  units: zUnits,
  /** Parts per million of all that stands somewhere in this asset, rounded down. */
  sharePpm: z.int(),
};

/** "Where is it now?" in sums: each list divides all that stands somewhere, asset by asset, largest share first. */
export const zTotals = z.object({
  byStop: z.array(z.object({ stop: z.enum(stopKinds), ...total })),
  /** Under whose law the holder stands, ISO 3166-1 alpha-2; null where no tag, or none that says it, names a holder. */
  byCountry: z.array(z.object({ country: z.string().nullable(), ...total })),
  /** Null for a backward trace: where value came from, it is no more. */
  byFreezer: z.array(z.object({ freezer: z.enum(freezers), ...total })).nullable(),
});
export type Totals = z.infer<typeof zTotals>;
