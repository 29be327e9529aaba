import type { Instant, TxId } from '@gongjo/contract';
import type { HeistPlan, Step } from './plan.ts';
import type { World } from './world.ts';

export interface StepDone {
  readonly step: Step;
  readonly number: number;
  readonly of: number;
  /** Of the step's last block. */
  readonly height: number;
  readonly time: Instant;
  readonly txids: readonly TxId[];
  /** The transactions that took the money; only for the step that did. */
  readonly leadTxids: readonly TxId[];
}

/** What a heist needs of the machine it runs on. */
export interface Clock {
  nowMs(): number;
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface HeistRun {
  readonly world: World;
  readonly plan: HeistPlan;
  readonly clock: Clock;
  /** From the first step to the last; 0: as fast as the chain mines. */
  readonly paceMs: number;
  /** Awaited: the thief waits for whoever watches the script itself, e.g. to open the incident. */
  readonly onStep: (done: StepDone) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/** Plays the plan block by block, evenly over `paceMs`. Rejects when the signal aborts or a transaction fails. */
export async function runHeist(run: HeistRun): Promise<void> {
  const { world, plan, clock, paceMs, onStep, signal } = run;
  const blocks = plan.steps.reduce((sum, step) => sum + step.blocks.length, 0);
  const startMs = clock.nowMs();
  // Blocks are a second apart at least. A theft that is played faster than that happened a little earlier, so that no
  // block lies in the future.
  const lagS = Math.max(0, blocks - Math.floor(paceMs / 1000));
  const lead = new Set<object>(plan.lead);

  let lastTimeS = world.lastTimeS;
  let played = 0;
  for (const [index, step] of plan.steps.entries()) {
    const txids: TxId[] = [];
    const leadTxids: TxId[] = [];
    let last: { height: number; time: Instant } | undefined;
    for (const actions of step.blocks) {
      const waitMs = startMs + (paceMs * played) / Math.max(1, blocks - 1) - clock.nowMs();
      if (waitMs > 0) await clock.sleep(waitMs, signal);
      signal?.throwIfAborted();
      lastTimeS = Math.max(lastTimeS + 1, Math.floor(clock.nowMs() / 1000) - lagS);
      const done = await world.stage.play(actions, lastTimeS, new Set(plan.lead));
      played += 1;
      txids.push(...done.txids);
      leadTxids.push(...done.txids.filter((_, at) => lead.has(actions[at] ?? {})));
      last = done;
    }
    if (last === undefined) throw new Error(`step ${step.id} has no block`);
    await onStep({
      ...{ step, number: index + 1, of: plan.steps.length, txids, leadTxids },
      ...{ height: last.height, time: last.time },
    });
  }
}
