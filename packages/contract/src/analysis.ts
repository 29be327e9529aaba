import { z } from 'zod';
import { zUnits } from './chain.ts';

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
