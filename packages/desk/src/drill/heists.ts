import type { DrillPlan } from './code.ts';
import { type DrillEvent, eventsOf } from './events.ts';
import { generateHeist } from './heist/generate.ts';
import type { Heist } from './heist/model.ts';

export interface Staged {
  readonly heist: Heist;
  readonly events: readonly DrillEvent[];
}

/** The heist of the exercise that was asked for last: some megabytes, made in a fraction of a second. */
export class Heists {
  #last: { readonly code: string; readonly staged: Staged } | null = null;

  of(plan: DrillPlan): Staged {
    if (this.#last?.code !== plan.code) {
      const heist = generateHeist(plan);
      this.#last = { code: plan.code, staged: { heist, events: eventsOf(heist) } };
    }
    return this.#last.staged;
  }
}
