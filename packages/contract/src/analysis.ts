import { z } from 'zod';
import { zAddress, zUnits } from './chain.ts';

/** Transactions that several strangers made together, so that their inputs have no common owner. */
export const coinJoinKinds = ['equal-output', 'wasabi-1', 'wasabi-2', 'whirlpool'] as const;
export type CoinJoinKind = (typeof coinJoinKinds)[number];

export const verdictKinds = [...coinJoinKinds, 'peeling'] as const;
export type VerdictKind = (typeof verdictKinds)[number];

/** What was seen in a transaction. Each is also the name of its text (`terms.reason`), which names its values. */
export const reasonRules = [
  'equal-outputs',
  'input-addresses',
  'change-outputs',
  'no-change-outputs',
  'inputs-divide',
  'inputs-division-undecided',
  'inputs-unknown',
  'base-denomination',
  'denomination-levels',
  'coordinator-fee',
  'amounts-descend',
  'standard-denominations',
  'pool-denomination',
  'pool-inputs',
  'peel-inputs',
  'peel-small',
  'peel-chain',
  'change-type',
  'change-first-use',
  'change-reuse',
  'change-optimal',
  'change-round',
  'change-locktime',
  'change-peel',
] as const;
export type ReasonRule = (typeof reasonRules)[number];

/** One thing seen. `values` are those that its text names; amounts are called `units` or `…Units`, in the smallest unit. */
export const zVerdictReason = z.strictObject({
  rule: z.enum(reasonRules),
  values: z.record(z.string(), z.union([z.int(), zUnits])),
});
export type VerdictReason = z.infer<typeof zVerdictReason>;

/** What a transaction looks like, and by what. Always a heuristic: it can be wrong, both ways. */
export const zVerdict = z.strictObject({
  kind: z.enum(verdictKinds),
  certainty: z.literal('heuristic'),
  reasons: z.array(zVerdictReason).min(1),
});
export type Verdict = z.infer<typeof zVerdict>;

/** Rules of the literature for telling which output returns to the payer. Suggestions: none merges addresses unless asked. */
export const changeHeuristics = [
  'address-type',
  'first-use',
  'reuse',
  'optimal-change',
  'round-amounts',
  'locktime',
  'peeling',
] as const;
export type ChangeHeuristic = (typeof changeHeuristics)[number];

/** Where each is described, in the language of its source. */
export const changeSources: Readonly<Record<ChangeHeuristic, string>> = {
  'address-type':
    'Kalodner et al., “BlockSci: Design and applications of a blockchain analysis platform”, USENIX Security 2020; Möser, Narayanan, “Resurrecting Address Clustering in Bitcoin”, Financial Cryptography 2022',
  'first-use':
    'Meiklejohn et al., “A Fistful of Bitcoins: Characterizing Payments Among Men with No Names”, IMC 2013, heuristic 2; Androulaki et al., “Evaluating User Privacy in Bitcoin”, Financial Cryptography 2013',
  reuse:
    'Meiklejohn et al., “A Fistful of Bitcoins: Characterizing Payments Among Men with No Names”, IMC 2013 (self-change addresses)',
  'optimal-change': 'Nick, “Data-Driven De-Anonymization in Bitcoin”, ETH Zürich 2015',
  'round-amounts':
    'Kalodner et al., “BlockSci: Design and applications of a blockchain analysis platform”, USENIX Security 2020; Möser, Narayanan, “Resurrecting Address Clustering in Bitcoin”, Financial Cryptography 2022',
  locktime:
    'Kalodner et al., “BlockSci: Design and applications of a blockchain analysis platform”, USENIX Security 2020; Möser, Narayanan, “Resurrecting Address Clustering in Bitcoin”, Financial Cryptography 2022',
  peeling:
    'Meiklejohn et al., “A Fistful of Bitcoins: Characterizing Payments Among Men with No Names”, IMC 2013; Kappos et al., “How to Peel a Million: Validating and Expanding Bitcoin Clusters”, USENIX Security 2022',
};

/** One heuristic's word on which output is change. */
export const zChangeSuggestion = z.strictObject({
  heuristic: z.enum(changeHeuristics),
  /** The index of the output. */
  output: z.int().min(0),
  address: zAddress,
  certainty: z.literal('heuristic'),
  reasons: z.array(zVerdictReason).min(1),
});
export type ChangeSuggestion = z.infer<typeof zChangeSuggestion>;

/** Why a heuristic names no output: it finds no single one, or a fact that it needs is not known. */
export const silences = ['no-candidate', 'facts-missing'] as const;
export type Silence = (typeof silences)[number];

/** All heuristics on one transaction, side by side. */
export const zChangeTable = z.strictObject({
  suggestions: z.array(zChangeSuggestion),
  silent: z.array(z.strictObject({ heuristic: z.enum(changeHeuristics), why: z.enum(silences) })),
  /** Outputs that were named, with those that named each; more than one is a contradiction. */
  outputs: z.array(z.strictObject({ output: z.int().min(0), heuristics: z.array(z.enum(changeHeuristics)) })),
  contradiction: z.boolean(),
});
export type ChangeTable = z.infer<typeof zChangeTable>;
