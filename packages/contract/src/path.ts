import { z } from 'zod';
import { zAddress, zAsset, zAssetId, zBlockHash, zChainId, zInstant, zTxId, zUnits } from './chain.ts';
import { zTag } from './tag.ts';
import { zGap, zTraceBounds } from './trace.ts';

/**
 * Bounds of a search for a path. `hopsMax`: steps of the path; `addressesMax`: addresses (account chains) or transactions
 * (chains of outputs) that are looked at; what exceeds `movementsPerAddressMax` or `fanOutMax` is not gone through.
 */
export const zPathBounds = zTraceBounds.omit({ unitsMin: true });
export type PathBounds = z.infer<typeof zPathBounds>;

/** A search as it is put to a desk; what it leaves out is the desk's default. As of the newest block that both limits allow. */
export const zPathRequest = z.strictObject({
  chain: zChainId,
  from: zAddress,
  to: zAddress,
  bounds: zPathBounds.partial().optional(),
  untilHeight: z.int().min(0).optional(),
  untilTime: zInstant.optional(),
});
export type PathRequest = z.input<typeof zPathRequest>;

/**
 * How a search ended. `arrived`: with a path; `exhausted`: everything that may be gone through was, and there is none;
 * `hops`, `width`: at the bound `hopsMax` or `addressesMax`, so that there may be one beyond it.
 */
export const pathEnds = ['arrived', 'exhausted', 'hops', 'width'] as const;
export type PathEnd = (typeof pathEnds)[number];

/** One step: value that went from `from` to `to`. On chains of outputs `ord` is the output that the transaction made of `spends`. */
export const zPathStep = z.object({
  txid: zTxId,
  height: z.int(),
  time: zInstant,
  from: zAddress,
  to: zAddress,
  asset: zAssetId,
  ord: z.int(),
  /** The whole movement or output; a path says nothing about whose value it is. */
  units: zUnits,
  /** The output that it spends; null on account chains. */
  spends: z.object({ txid: zTxId, ord: z.int(), units: zUnits }).nullable(),
});
export type PathStep = z.infer<typeof zPathStep>;

/** The shortest path between two addresses, or that there is none within the bounds. */
export const zPath = z.object({
  chain: zChainId,
  from: zAddress,
  to: zAddress,
  bounds: zPathBounds,
  /** The answer is as of this block. */
  asOf: z.object({ height: z.int(), hash: zBlockHash, time: zInstant }),
  ended: z.enum(pathEnds),
  /** Null where there is none within the bounds. */
  steps: z.array(zPathStep).nullable(),
  gaps: z.array(zGap),
  assets: z.array(zAsset),
  /** Of the addresses that the path touches. */
  tags: z.array(zTag),
});
export type Path = z.infer<typeof zPath>;
