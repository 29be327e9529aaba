import { z } from 'zod';
import { zReason } from './desk.ts';
import { outcomeKinds, policyFacts } from './policy-terms.ts';
import { zText } from './text.ts';

export const zOutcome = z.object({
  /** The next step. Persons are asked before the origin. */
  kind: z.enum(outcomeKinds),
  /** The profile to redact by, now or once everybody has agreed; null: whole. */
  profile: z.string().nullable(),
  /** How many persons must have approved in all. */
  persons: z.int(),
  /** The origin desk must agree as well. */
  consent: z.boolean(),
  reasons: z.array(zReason),
});

/** A fact that was put to the policy set, and whether a rule that decided looked at it. */
export const zFactTold = z.object({ fact: z.enum(policyFacts), value: z.string(), used: z.boolean() });
export type FactTold = z.infer<typeof zFactTold>;

/** One question of the chain with its answer. */
export const zStepTold = z.object({
  profile: z.string().nullable(),
  persons: z.int(),
  consent: z.boolean(),
  decision: z.enum(['permit', 'forbid']),
  /** This answer is the outcome. */
  decides: z.boolean(),
  reasons: z.array(zReason),
});

/** What would happen to an object for a recipient, and why. */
export const zExplanation = z.object({
  object: z.object({ id: z.string(), modified: z.string().nullable(), type: z.string(), label: z.string() }),
  recipient: z.object({ id: z.string(), name: zText }),
  policySha256: z.string(),
  outcome: zOutcome,
  steps: z.array(zStepTold),
  facts: z.array(zFactTold),
});
export type PolicyExplanation = z.infer<typeof zExplanation>;

const zBrief = zOutcome.omit({ reasons: true });

/** Cases in which two policy sets differ, put together into one line. */
export const zPolicyChange = z.object({
  action: z.enum(['release', 'admit']),
  /** `wider`: more leaves or enters, or with fewer asked. */
  direction: z.enum(['wider', 'narrower']),
  before: zBrief,
  after: zBrief,
  /** The facts of these cases; what is not listed may be anything. */
  where: z.array(z.object({ fact: z.enum(policyFacts), values: z.array(z.string()) })),
  cases: z.int(),
  text: zText,
});
export type PolicyChange = z.infer<typeof zPolicyChange>;

/** A stored object that would be treated otherwise for a recipient of today. */
export const zObjectChange = z.object({
  object: z.object({ id: z.string(), type: z.string(), label: z.string() }),
  recipient: z.string(),
  direction: z.enum(['wider', 'narrower']),
  before: zBrief,
  after: zBrief,
  /** Why, by the new set. */
  reasons: z.array(zReason),
});
export type ObjectChange = z.infer<typeof zObjectChange>;

export const zPolicyComparison = z.object({
  before: z.string(),
  after: z.string(),
  rules: z.object({ added: z.array(z.string()), removed: z.array(z.string()), changed: z.array(z.string()) }),
  /** Cases asked of both sets. `complete` is false where there were too many and some were left out. */
  cases: z.int(),
  complete: z.boolean(),
  changes: z.array(zPolicyChange),
  /** Lines, or cases, left out because there were too many. */
  more: z.int(),
  objects: z.object({
    /** Pairs of a stored object and a recipient that were asked. */
    asked: z.int(),
    complete: z.boolean(),
    changes: z.array(zObjectChange),
    wider: z.int(),
    narrower: z.int(),
  }),
});
export type PolicyComparison = z.infer<typeof zPolicyComparison>;

/** A version of the policy set: what it says, who set it, and since when. */
export const zPolicyVersion = z.object({
  sha256: z.string(),
  /** `file`: read from the data folder at start. */
  by: z.string(),
  at: z.string(),
  reason: z.string().nullable(),
  rules: z.int(),
  current: z.boolean(),
});
export type PolicyVersion = z.infer<typeof zPolicyVersion>;

export const zPolicyShown = z.object({
  sha256: z.string(),
  text: z.string(),
  rules: z.array(z.object({ id: z.string(), effect: z.enum(['permit', 'forbid']), reason: zText, text: z.string() })),
});
export type PolicyShown = z.infer<typeof zPolicyShown>;
