import { z } from 'zod';
import { zAddress, zAsset, zAssetId, zBlockHash, zChainId, zInstant, zTxId, zUnits } from './chain.ts';
import { zTag } from './tag.ts';

/**
 * How traced value is told from other value that it was mixed with. `fifo`: what came first leaves first; `lifo`: what came
 * last leaves first; `haircut`: every part leaves in proportion; `poison`: whatever leaves is tainted in full.
 */
export const traceMethods = ['fifo', 'lifo', 'haircut', 'poison'] as const;
export type TraceMethod = (typeof traceMethods)[number];
/** `forward`: where the value went; `backward`: where it came from. */
export const traceDirections = ['forward', 'backward'] as const;
export type TraceDirection = (typeof traceDirections)[number];
/** Fees end a trace (`drop`) or are followed to whoever earned them (`follow`). */
export const feeRules = ['drop', 'follow'] as const;
export type FeeRule = (typeof feeRules)[number];

/**
 * Where a trace starts: a transaction (`ord` null: all that it moved), one of its outputs or movements (`ord`), or all that
 * an address received.
 */
export const zLead = z.union([
  z.strictObject({ txid: zTxId, ord: z.int().min(0).nullable().default(null) }),
  z.strictObject({ address: zAddress }),
]);
export type Lead = z.infer<typeof zLead>;

/** Bounds of a trace. Beyond one it stops and says so. */
export const zTraceBounds = z.strictObject({
  /** Hops in the result. */
  hopsMax: z.int().min(1).max(1_000_000),
  /** Addresses (account chains) or transactions (chains of outputs) that value is followed through. */
  addressesMax: z.int().min(1).max(1_000_000),
  /** Movements or outputs of one address; beyond it the address is a hub. */
  movementsPerAddressMax: z.int().min(1).max(1_000_000),
  /** Outputs of one transaction; beyond it the transaction is a payout of a service and is not followed. */
  fanOutMax: z.int().min(1).max(1_000_000),
  /** Parts of traced value smaller than this, in the asset's smallest unit, are not followed. */
  unitsMin: zUnits,
});
export type TraceBounds = z.infer<typeof zTraceBounds>;

/** What was asked, complete: the same question on the same ledger has the same answer, byte for byte. */
export const zTraceQuestion = z.strictObject({
  chain: zChainId,
  leads: z.array(zLead).min(1),
  method: z.enum(traceMethods),
  direction: z.enum(traceDirections),
  fees: z.enum(feeRules),
  bounds: zTraceBounds,
});
export type TraceQuestion = z.infer<typeof zTraceQuestion>;

/** A question as it is put to a desk; what it leaves out is the desk's default. As of the newest block that both limits allow. */
export const zTraceRequest = z.strictObject({
  chain: zChainId,
  leads: z.array(zLead).min(1).max(100),
  method: z.enum(traceMethods).optional(),
  direction: z.enum(traceDirections).optional(),
  fees: z.enum(feeRules).optional(),
  bounds: zTraceBounds.partial().optional(),
  /** As of this block, where the ledger has gone on. */
  untilHeight: z.int().min(0).optional(),
  /** As of the last block of this time or before. */
  untilTime: zInstant.optional(),
});
export type TraceRequest = z.input<typeof zTraceRequest>;

export const hopRules = ['lead', 'fifo', 'lifo', 'haircut', 'poison', 'fee', 'swap'] as const;
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
  /** Index of the transaction's movement, as the ledger counts them; on chains of outputs, the index of the output. */
  ord: z.int(),
  /** Null on chains of outputs where it is not known: new coins, and inputs from before the ledger. */
  from: zAddress.nullable(),
  /** Null: burned or paid as a base fee. */
  to: zAddress.nullable(),
  asset: zAssetId,
  units: zUnits,
  movementUnits: zUnits,
  /** For a swap: what came back in the same transaction, to the address that gave. */
  received: z.array(z.object({ asset: zAssetId, units: zUnits, movementUnits: zUnits })),
});
export type Hop = z.infer<typeof zHop>;

export const stopKinds = [
  'unspent',
  'service',
  'mixer',
  'coinjoin',
  'bridge',
  'hub',
  'limit',
  'small',
  'fee',
  'burned',
  'mined',
  'before-ledger',
] as const;
/** Where followed value ends and why. */
export const zStop = z.object({
  kind: z.enum(stopKinds),
  address: zAddress.nullable(),
  asset: zAssetId,
  units: zUnits,
  tag: zTag.nullable(),
  /** The hops that brought it here; in a backward trace, those that it left by. */
  hops: z.array(z.int()),
  since: zInstant,
  /** On chains of outputs: the outputs in which it stands, with the traced part of each. */
  holdings: z.array(z.object({ txid: zTxId, ord: z.int(), units: zUnits })).optional(),
});
export type Stop = z.infer<typeof zStop>;

export const gapKinds = [
  'ledger-starts-late',
  'opening-balance-unknown',
  'internal-transfers-unread',
  'complex-transaction',
  'swap-unverified',
  'bound-reached',
  'inputs-unknown',
  'history-truncated',
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

export const decoyKinds = ['zero-value', 'look-alike-address', 'look-alike-symbol', 'unsolicited'] as const;
/**
 * A movement made to mislead followers, seen at a traced address and not followed. `unsolicited`: a token that the address
 * did nothing to get; dust and advertising, seldom more.
 */
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

/**
 * Value in equals value out, per asset: `lead + swappedIn = swappedOut + Σ stops`; not with `poison`, which multiplies. In and out
 * are as the trace goes: backward, what a swap brought is `swappedOut` and what was given for it `swappedIn`.
 */
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
  /** The transactions of the lead, in chain order. */
  lead: z.array(zTxId),
  method: z.enum(traceMethods),
  question: zTraceQuestion,
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

/** Where followed value is, joined by holder. */
export const zTracedPlace = z.object({
  stop: zTrace.shape.stops.element.shape.kind,
  /** Null where the holder has several. */
  address: zAddress.nullable(),
  tag: zTag.nullable(),
  asset: zAssetId,
  units: zUnits,
  sharePpm: z.int(),
  since: zInstant,
});
export type TracedPlace = z.infer<typeof zTracedPlace>;
