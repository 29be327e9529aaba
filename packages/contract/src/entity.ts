import { z } from 'zod';
import {
  changeHeuristics,
  coinJoinKinds,
  zChangeSuggestion,
  zChangeTable,
  zVerdict,
  zVerdictReason,
} from './analysis.ts';
import { zAddress, zAsset, zAssetId, zBlockHash, zChainId, zInstant, zTxId, zUnits } from './chain.ts';
import { zTag } from './tag.ts';

/** A position in time of a chain that a reader can look up. */
export const zSeen = z.strictObject({ txid: zTxId, height: z.int(), time: zInstant });
export type Seen = z.infer<typeof zSeen>;

/** Why addresses were joined: inputs of one transaction, or an output that the reader's chosen heuristic takes for change. */
export const joinRules = ['multi-input', ...changeHeuristics] as const;
export type JoinRule = (typeof joinRules)[number];

/** An analyst's decision that a transaction joins nobody. Kept with who decided, when and why. */
export const zEntityCut = z.strictObject({
  chain: zChainId,
  txid: zTxId,
  reason: z.string().min(1).max(2000),
  /** The member of the desk who decided. */
  by: z.string().min(1).max(200),
  at: zInstant,
});
export type EntityCut = z.infer<typeof zEntityCut>;

/** What is asked when a transaction is cut, or a cut is taken back. */
export const zCutReason = zEntityCut.pick({ reason: true });

/** A cut with what became of it: null while it stands, else who took it back, when and why. */
export const zEntityCutRecord = zEntityCut.extend({
  takenBack: zEntityCut.pick({ reason: true, by: true, at: true }).nullable(),
});
export type EntityCutRecord = z.infer<typeof zEntityCutRecord>;

/** The answer of `GET /api/ledger/:chain/cuts`: those that stand, then the newest 500 taken back, each newest first. */
export const zEntityCuts = z.strictObject({ cuts: z.array(zEntityCutRecord) });
export type EntityCuts = z.infer<typeof zEntityCuts>;

/** Bounds of an entity. Beyond one it stops and says so. */
export const zEntityBounds = z.strictObject({
  addressesMax: z.int().min(1).max(1_000_000),
  /** Whole transactions looked at. */
  transactionsMax: z.int().min(1).max(1_000_000),
  /** Outputs of one address; beyond it only the first are followed and summed. */
  outputsPerAddressMax: z.int().min(1).max(1_000_000),
  /** Steps from the address that was asked for. */
  roundsMax: z.int().min(1).max(1_000_000),
});
export type EntityBounds = z.infer<typeof zEntityBounds>;
export const entityBoundKinds = ['addressesMax', 'transactionsMax', 'outputsPerAddressMax', 'roundsMax'] as const;

/** What was asked, complete: the same question on the same ledger has the same answer, byte for byte. */
export const zEntityQuestion = z.strictObject({
  chain: zChainId,
  address: zAddress,
  bounds: zEntityBounds,
  cuts: z.array(zEntityCut.pick({ txid: true, reason: true })),
  /** Change heuristics that may join, too; none by default. */
  change: z.array(z.enum(changeHeuristics)),
});
export type EntityQuestion = z.infer<typeof zEntityQuestion>;

/** A transaction that joined addresses, and by what. */
export const zJoin = zSeen.extend({
  rule: z.enum(joinRules),
  certainty: z.literal('heuristic'),
  /** Those of the entity that it joined, sorted. */
  addresses: z.array(zAddress).min(2),
  /** The output taken for change, and why; null for `multi-input`. */
  change: zChangeSuggestion.pick({ output: true, address: true, reasons: true }).nullable(),
  /**
   * Read in chain order, it joined what no earlier one had joined: these alone hold the entity together (a spanning forest).
   */
  spanning: z.boolean(),
  /** Without its transaction the entity would fall apart: where an analyst looks first for a wrong join. */
  bridge: z.boolean(),
});
export type Join = z.infer<typeof zJoin>;

/** A CoinJoin that the entity took part in; it joins nobody. */
export const zRefusedJoin = zSeen.extend({ kind: z.enum(coinJoinKinds), reasons: z.array(zVerdictReason).min(1) });
export type RefusedJoin = z.infer<typeof zRefusedJoin>;

/** Addresses that stated heuristics join, with everything that joined them. */
export const zEntity = z.strictObject({
  chain: zChainId,
  question: zEntityQuestion,
  /** The answer is as of this block. */
  asOf: z.strictObject({ height: z.int(), hash: zBlockHash, time: zInstant }),
  /** The first block that the ledger holds; what happened before is not known. */
  from: z.int(),
  /** Sorted. */
  addresses: z.array(zAddress).min(1),
  /** In chain order; of one transaction in the order of `joinRules`. */
  joins: z.array(zJoin),
  refused: z.array(zRefusedJoin),
  /** Cuts that the entity met: without them these transactions would have joined. */
  cuts: z.array(zSeen.extend({ reason: z.string() })),
  /** Transactions of which the chosen change heuristics name different outputs; their change joins nobody. */
  contradictions: z.array(zSeen.extend({ suggestions: z.array(zChangeSuggestion).min(2) })),
  /** Sums over all outputs that paid the addresses; value that the entity pays itself counts on both sides. */
  totals: z.strictObject({
    receivedUnits: zUnits,
    spentUnits: zUnits,
    balanceUnits: zUnits,
    outputs: z.int(),
    unspent: z.int(),
  }),
  /** Null where the ledger knows no transaction of it. */
  first: zSeen.nullable(),
  last: zSeen.nullable(),
  /** Bounds that were reached: then there may be more addresses, transactions and value than stand here. */
  truncated: z.array(z.strictObject({ bound: z.enum(entityBoundKinds), number: z.int() })),
});
export type Entity = z.infer<typeof zEntity>;

/** The answer of `GET /api/ledger/:chain/entities/:address`. */
export const zEntityView = z.strictObject({
  entity: zEntity,
  asset: zAsset,
  /** Tags of its addresses, contradicting ones too. */
  tags: z.array(zTag),
});
export type EntityView = z.infer<typeof zEntityView>;

/**
 * What an output's script demands, by the templates of Bitcoin Core (`src/script/solver.h`): BIP 16 (`p2sh`), BIP 141
 * (`p2wpkh`, `p2wsh`), BIP 341 (`p2tr`), BIP 141's later witness versions (`witness-unknown`), bare multisig of 1–20 keys
 * (`multisig`), data (`op-return`, never spendable), and anything else as itself (`nonstandard`). The
 * ledger stores a type by its place in this list, so new ones go to the end.
 */
export const outputTypes = [
  'p2pk',
  'p2pkh',
  'p2sh',
  'p2wpkh',
  'p2wsh',
  'p2tr',
  'witness-unknown',
  'multisig',
  'op-return',
  'nonstandard',
] as const;
export type OutputType = (typeof outputTypes)[number];

const zOutpointView = z.strictObject({ txid: zTxId, index: z.int().min(0) });

/** The answer of `GET /api/ledger/:chain/transactions/:txid` on chains of outputs. */
export const zUtxoTransactionView = zSeen.extend({
  chain: zChainId,
  index: z.int().min(0),
  coinbase: z.boolean(),
  inputs: z.array(
    z.strictObject({
      /** Null for new coins and for outputs that the ledger does not hold. */
      of: zOutpointView.nullable(),
      units: zUnits.nullable(),
      address: zAddress.nullable(),
    }),
  ),
  outputs: z.array(
    z.strictObject({
      units: zUnits,
      type: z.enum(outputTypes),
      address: zAddress.nullable(),
      spentBy: z.strictObject({ txid: zTxId, input: z.int().min(0) }).nullable(),
    }),
  ),
  /** Null where an input's amount is not known, and for new coins. */
  feeUnits: zUnits.nullable(),
  /** What it looks like; empty where no rule says anything. */
  verdicts: z.array(zVerdict),
  /** Null for new coins and CoinJoins, of which no change heuristic speaks. */
  change: zChangeTable.nullable(),
  tags: z.array(zTag),
  asset: zAsset,
});
export type UtxoTransactionView = z.infer<typeof zUtxoTransactionView>;

/** Who an address dealt with. Amounts are of `asset`. */
export const zCounterparty = z.strictObject({
  address: zAddress,
  asset: zAssetId,
  /**
   * What it gave to the address and what it took from it. On chains of outputs an output belongs to the inputs in proportion
   * to their amounts, rounded down: an assumption, exact where all inputs are of one address.
   */
  gaveUnits: zUnits,
  tookUnits: zUnits,
  /** Transactions in which it gave or took. */
  transactions: z.int().min(1),
});
export type Counterparty = z.infer<typeof zCounterparty>;

/** The answer of `GET /api/ledger/:chain/addresses/:address`, on every family of chains. */
export const zAddressView = z.strictObject({
  chain: zChainId,
  address: zAddress,
  asOf: zEntity.shape.asOf,
  from: z.int(),
  assets: z.array(zAsset),
  /** For each asset that it ever held, in the order of `assets`. Negative where the ledger starts late, never on chains of outputs. */
  holdings: z.array(
    z.strictObject({
      asset: zAssetId,
      receivedUnits: zUnits,
      spentUnits: zUnits,
      balanceUnits: z.string().regex(/^-?\d{1,78}$/),
    }),
  ),
  /** Transactions that paid it or that it paid in. */
  transactions: z.int().min(0),
  first: zSeen.nullable(),
  last: zSeen.nullable(),
  /** The largest first: by what was given and taken together. */
  counterparties: z.array(zCounterparty),
  /** There are more counterparties than these. */
  counterpartiesMore: z.int().min(0),
  tags: z.array(zTag),
  /** Null on chains whose addresses no heuristic joins. */
  entity: z
    .strictObject({ addresses: z.int(), joins: z.int(), refused: z.int(), truncated: zEntity.shape.truncated })
    .nullable(),
  /** The address has more movements than were read; sums and counterparties are then of the first part. */
  truncated: z.boolean(),
});
export type AddressView = z.infer<typeof zAddressView>;
