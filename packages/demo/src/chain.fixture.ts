import { type LocalChain, startChain } from './chain.ts';
import type { Clock, StepDone } from './heist.ts';
import { runHeist } from './heist.ts';
import { type HeistPlan, planHeist } from './plan.ts';
import { buildWorld, historyS, type World } from './world.ts';

/** Time in which nobody waits: a fixed morning, and sleeps that are over at once. */
export const stillClock: Clock = { nowMs: () => Date.parse('2030-01-02T03:04:05.000Z'), sleep: async () => {} };

export interface PlayedHeist {
  readonly world: World;
  readonly plan: HeistPlan;
  readonly steps: readonly StepDone[];
}

/** Plays a seed's theft on a chain of its own, hands it to `look`, and takes the chain down. */
export async function withHeist<T>(
  seed: number,
  look: (played: PlayedHeist) => Promise<T>,
  onStep: (done: StepDone, world: World) => void | Promise<void> = () => {},
): Promise<T> {
  return withChain(async (chain, genesisTimeS) => {
    const world = await buildWorld({ seed, chain, genesisTimeS });
    const plan = planHeist(seed);
    const steps: StepDone[] = [];
    await runHeist({
      ...{ world, plan, clock: stillClock, paceMs: 0 },
      onStep: async (done) => {
        steps.push(done);
        await onStep(done, world);
      },
    });
    return look({ world, plan, steps });
  });
}

export async function withChain<T>(use: (chain: LocalChain, genesisTimeS: number) => Promise<T>): Promise<T> {
  const genesisTimeS = Math.floor(stillClock.nowMs() / 1000) - 2 * historyS;
  const chain = await startChain({ genesisTimeS });
  try {
    return await use(chain, genesisTimeS);
  } finally {
    await chain.stop();
  }
}
