import { GongjoError } from '../kernel/index.ts';
import type { DrillPlan } from './code.ts';
import { type DrillEvent, eventsOf } from './events.ts';
import { generateHeist } from './heist/generate.ts';
import type { Heist } from './heist/model.ts';
import { readRecording } from './recording/recording.store.ts';
import { replayOf } from './recording/replay.ts';

export interface Staged {
  readonly heist: Heist;
  readonly events: readonly DrillEvent[];
}

/** The heist of the exercise that was asked for last: some megabytes, made or read in a fraction of a second. */
export class Heists {
  #last: { readonly code: string; readonly staged: Staged } | null = null;

  /** Throws `drill-recording-unreadable`. */
  async of(plan: DrillPlan): Promise<Staged> {
    if (this.#last?.code !== plan.code) {
      const heist = plan.recording === null ? generateHeist(plan) : await recorded(plan, plan.recording);
      this.#last = { code: plan.code, staged: { heist, events: eventsOf(heist) } };
    }
    return this.#last.staged;
  }
}

async function recorded(plan: DrillPlan, { folder, sha256 }: NonNullable<DrillPlan['recording']>): Promise<Heist> {
  const recording = await readRecording(folder);
  if (recording.sha256 === sha256) return replayOf(plan, recording);
  throw new GongjoError('drill-recording-unreadable', { folder, detail: 'it is another recording now' });
}
