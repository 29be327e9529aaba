import { z } from 'zod';
import { zAddress, zAsset, zAssetId, zBlockHash, zChainId, zInstant, zTxId, zUnits } from './chain.ts';

/** An attribution: address → who, by whom, from what source, how sure (0–100). */
export const zTag = z.object({
  chain: zChainId,
  address: zAddress,
  label: z.string(),
  category: z.enum(['exchange', 'mixer', 'dex', 'bridge', 'theft', 'service']),
  /** The directory entry of the holder, where it has one. */
  actor: z.string().nullable(),
  source: z.string(),
  confidence: z.int().min(0).max(100),
});
export type Tag = z.infer<typeof zTag>;

export const hopRules = ['lead', 'fifo', 'fee', 'swap'] as const;
/** A stated rule about how value passed. `exact`: the chain's own record. `heuristic`: an assumption that can be wrong. */
export const certainties = ['exact', 'heuristic'] as const;

/** One step of followed value. `units` is the traced part of the movement, `movementUnits` the whole movement. */
export const zHop = z.object({
  id: z.int(),
  rule: z.enum(hopRules),
  certainty: z.enum(certainties),
  txid: zTxId,
  height: z.int(),
  time: zInstant,
  /** Index in the transaction's movements, as the ledger counts them. */
  ord: z.int(),
  from: zAddress,
  /** Null: burned or paid as a base fee. */
  to: zAddress.nullable(),
  asset: zAssetId,
  units: zUnits,
  movementUnits: zUnits,
  /** For a swap: what came back in the same transaction, to the address that gave. */
  received: z.array(z.object({ asset: zAssetId, units: zUnits, movementUnits: zUnits })),
});
export type Hop = z.infer<typeof zHop>;

export const stopKinds = ['unspent', 'service', 'mixer', 'bridge', 'hub', 'limit', 'fee', 'burned'] as const;
/** Where followed value ends and why. */
export const zStop = z.object({
  kind: z.enum(stopKinds),
  address: zAddress.nullable(),
  asset: zAssetId,
  units: zUnits,
  tag: zTag.nullable(),
  /** The hops that brought it here. */
  hops: z.array(z.int()),
  since: zInstant,
});
export type Stop = z.infer<typeof zStop>;

export const gapKinds = [
  'ledger-starts-late',
  'opening-balance-unknown',
  'internal-transfers-unread',
  'complex-transaction',
  'swap-unverified',
  'bound-reached',
] as const;
/** What a trace could not see, said out loud. */
export const zGap = z.object({
  kind: z.enum(gapKinds),
  address: zAddress.nullable(),
  txid: zTxId.nullable(),
  /** Numbers that the text of the gap names, e.g. a height or a bound. */
  number: z.int().nullable(),
});
export type Gap = z.infer<typeof zGap>;

export const decoyKinds = ['zero-value', 'look-alike-address', 'look-alike-symbol'] as const;
/** A movement made to mislead followers, seen at a traced address and not followed. */
export const zDecoy = z.object({
  kind: z.enum(decoyKinds),
  txid: zTxId,
  from: zAddress.nullable(),
  to: zAddress.nullable(),
  asset: zAssetId,
  units: zUnits,
  /** The address or asset that it imitates. */
  imitates: z.string().nullable(),
});
export type Decoy = z.infer<typeof zDecoy>;

/** Value in equals value out, per asset: `lead + swappedIn = swappedOut + Σ stops`. */
export const zBalance = z.object({
  asset: zAssetId,
  lead: zUnits,
  swappedIn: zUnits,
  swappedOut: zUnits,
  stops: z.partialRecord(z.enum(stopKinds), zUnits),
});
export type Balance = z.infer<typeof zBalance>;

export const zTrace = z.object({
  chain: zChainId,
  lead: z.array(zTxId),
  method: z.literal('fifo'),
  /** The answer is as of this block. */
  asOf: z.object({ height: z.int(), hash: zBlockHash, time: zInstant }),
  hops: z.array(zHop),
  stops: z.array(zStop),
  gaps: z.array(zGap),
  decoys: z.array(zDecoy),
  balances: z.array(zBalance),
  assets: z.array(zAsset),
});
export type Trace = z.infer<typeof zTrace>;
