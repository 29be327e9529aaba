import { questionSteps } from '../../overlap/index.ts';
import { hourMs, hourOf } from '../quota.ts';
import type { OverlapContext } from './context.ts';
import { askedOf } from './session.store.ts';
import type { State } from './wire.ts';

/**
 * Of the quota of a day, what a desk asks by itself: the rest is for its officers. A quota that is used up every day is also a
 * sign of a search (`judgeEnumeration`), and questions in vain are another.
 */
const dayShare = 0.75;
const [stepMin] = questionSteps;
const dayMs = 24 * hourMs;

/** How many questions a desk may ask a partner by itself now: a whole step, because that is what the partner counts; or none. */
export async function roomFor({ records, clock }: OverlapContext, desk: string, state: State): Promise<number> {
  const hour = hourOf(clock.now());
  const ofHour = state.perHour - (await askedOf(records, desk, hour));
  const day = Math.max(stepMin, Math.floor(state.perDay * dayShare));
  const ofDay = day - (await askedOf(records, desk, hour + hourMs - dayMs));
  const room = Math.min(ofHour, ofDay, state.perDay);
  return questionSteps.findLast((step) => step <= room) ?? 0;
}
