/**
 * The shapes of the generated chain: a model after what mainnet shows in 2023–2025. The numbers are targets rounded by hand, no
 * measurements: of script types, inputs, outputs and OP_RETURN after the public charts of transactionfee.info and mainnet.observer,
 * of the unspent share (some 6 % of all outputs ever made) after Bitcoin Core's `gettxoutsetinfo`, of single behaviours after
 * the papers named beside them. The tests beside this file hold the chain that comes out to the order of these numbers.
 */
export const shapes = {
  /** Subsidy and halving of mainnet, so that amounts are as there. (Regtest itself halves every 150 blocks.) */
  subsidyUnits: 5_000_000_000,
  halvingBlocks: 210_000,
  maturityBlocks: 100,
  /** Block times are exponential around this (Nakamoto 2008, §11). */
  blockIntervalS: 600,
  firstBlockTimeS: Date.UTC(2024, 0, 1) / 1000,
  /** A full block of mainnet; before it, blocks grow with the square of their number. */
  transactionsPerBlockMax: 2500,
  transactionGrowth: 0.0025,
  /** Below the 4,000,000 of BIP 141 by the largest transaction that is made. */
  blockWeightMax: 3_300_000,

  /** What wallets use, as shares of wallets. OP_RETURN comes from `kinds.data`. */
  walletTypes: [
    ['p2wpkh', 0.5],
    ['p2tr', 0.17],
    ['p2pkh', 0.155],
    ['p2sh', 0.14],
    ['p2wsh', 0.03],
    ['multisig', 0.004],
    ['p2pk', 0.001],
  ],
  /** A wallet pays to itself with another type than its own this often (wallet software that changes its default). */
  otherTypeShare: 0.03,
  /** Ordinals: a key-path-looking spend that carries an inscription in its witness. */
  inscriptionShare: 0.02,

  /** Shares of transactions; the rest are payments between people. */
  kinds: {
    payout: 0.045,
    sweep: 0.03,
    data: 0.06,
    peel: 0.04,
    wasabi1: 0.00015,
    wasabi2: 0.0002,
    whirlpool: 0.0015,
    joinmarket: 0.0004,
    dust: 0.0001,
  },
  /** Outputs of a batch payout: P(X ≥ x) = (4 / x)^1.25, so some 15 in the mean and now and then hundreds. */
  payoutOutputs: { least: 4, most: 600, shape: 1.25 },
  /** Deposits swept at once: P(X ≥ x) = (8 / x)^1.1. */
  sweepInputs: { least: 8, most: 250, shape: 1.1 },
  /** Coins that a payment takes: P(X ≥ x) = (1 / x)^1.45, as far as the payer has them. */
  paymentInputs: { least: 1, most: 100, shape: 1.45 },
  /** Steps of a peeling chain (Meiklejohn et al. 2013, §5.3 follows chains of hundreds of steps). */
  peelSteps: { least: 10, most: 1500, shape: 0.8 },

  exchanges: 40,
  pools: 15,
  /** Services that everybody pays at one address: hubs. */
  merchants: 100,
  /** Who a payment goes to; the rest goes to other people. */
  payees: { exchange: 0.33, merchant: 0.06 },
  /** How often a payee is new. */
  newPersonShare: 0.12,
  /**
   * How often a person is paid at the address used last, and gets change where the coin came from. Together they come to some
   * four addresses for ten outputs, as on mainnet (1.4 billion addresses on 3.4 billion outputs).
   */
  reuseShare: 0.6,
  changeReuseShare: 0.3,
  /** Popularity of person i of n: density ∝ i^(1 / this − 1). */
  popularity: 2.5,

  /** Age of a spent coin in blocks: Lomax; half of the draws are younger than six blocks, and the tail has no mean. */
  spendAge: { scaleBlocks: 1, shape: 0.38 },
  /** Share of all outputs that is unspent: payments take more coins the further the chain is above it. */
  unspentShare: 0.08,
  unspentFloor: 4_000,

  /** An amount paid, before what the payer has: median 0.004 BTC, heavy-tailed. */
  payment: { medianUnits: 400_000, sigma: 2.2 },
  roundShare: 0.3,
  dustUnits: 546,
  feeRate: { median: 8, sigma: 0.8, most: 200 },
} as const;

export type ScriptType = 'p2pk' | 'p2pkh' | 'p2sh' | 'p2wpkh' | 'p2wsh' | 'p2tr' | 'multisig';
export const scriptTypes: readonly ScriptType[] = shapes.walletTypes.map(([type]) => type);
