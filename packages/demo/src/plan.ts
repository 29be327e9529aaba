import type { Address, Text } from '@gongjo/contract';
import type { Action } from './action.ts';
import { noise } from './bystanders.ts';
import type { Role } from './cast.ts';
import { dice } from './random.ts';
import { schemeOf } from './scheme.ts';
import { stepText } from './step-texts.ts';
import { type StepId, stepIds, steps } from './steps.ts';

export interface Step {
  readonly id: StepId;
  readonly text: Text;
  /** Transactions of each block of this step, in order; among them those of people who know nothing of the theft. */
  readonly blocks: readonly (readonly Action[])[];
}

export interface HeistPlan {
  readonly seed: number;
  readonly steps: readonly Step[];
  /** The transactions of the first block that take the money, and what they take. */
  readonly lead: readonly Action[];
  readonly stolen: { readonly won: bigint; readonly coin: bigint };
  /** Everybody who holds money for the thief. */
  readonly thieves: readonly Role[];
  /** Addresses made to be mistaken for the thief's. */
  readonly twins: readonly Address[];
}

/** The whole theft of a seed, without a chain. Pure: the same seed gives the same plan. */
export function planHeist(seed: number): HeistPlan {
  const scheme = schemeOf(seed);
  const bystanders = dice(seed, 'bystanders');
  const some = () => noise(scheme.cast, bystanders, bystanders.between(0, 2));
  const lead = steps.drain(scheme)[0] ?? [];
  const { splits, hops, twins } = scheme;
  return {
    seed,
    lead,
    stolen: { won: scheme.stolenWon, coin: scheme.stolenCoin },
    thieves: [
      ...(['thief-landing', 'thief-coin', 'thief-dollars', 'thief-mule'] as const),
      ...splits.map(({ role }) => role),
      ...hops.flatMap(({ role, peel }) => [role, peel]),
    ],
    twins: [...twins.splits, twins.dollars, twins.deposit],
    steps: stepIds.map((id) => {
      const blocks = id === 'drain' ? [lead] : steps[id](scheme);
      return { id, text: stepText(id, scheme), blocks: blocks.map((actions) => [...some(), ...actions, ...some()]) };
    }),
  };
}
