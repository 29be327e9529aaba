import { epochMs, instant } from '../kernel/index.ts';
import type { DrillPlan } from './code.ts';
import type { Heist } from './heist/model.ts';

/** Something that happens in an exercise: a block of one of its chains, or a report. */
export interface DrillEvent {
  readonly kind: 'accounts' | 'outputs' | 'report';
  /** Which one: of a block, its height. */
  readonly index: number;
  readonly atS: number;
}

/** Everything that happens, in order; who reports sees the block that was made at the same second. */
export function eventsOf({
  accounts,
  outputs,
  reports,
}: Pick<Heist, 'accounts' | 'outputs' | 'reports'>): DrillEvent[] {
  const of = (kind: DrillEvent['kind'], items: readonly { readonly atS: number }[]) =>
    items.map(({ atS }, index): DrillEvent => ({ kind, index, atS }));
  return [...of('accounts', accounts), ...of('outputs', outputs), ...of('report', reports)].sort(
    (a, b) => a.atS - b.atS,
  );
}

/** When an event is due. What was before the exercise was as long ago as it says, however fast the exercise is. */
export function dueMs({ startMs, pace }: Pick<DrillPlan, 'startMs' | 'pace'>, { atS }: DrillEvent): number {
  if (atS < 0 || pace === null) return startMs + Math.min(atS, 0) * 1000;
  return startMs + (atS * 1000) / pace;
}

/** A block's time, in whole seconds as chains have it: when it was due, or where that says nothing, when it is written. */
export function blockTime(plan: Pick<DrillPlan, 'startMs' | 'pace'>, event: DrillEvent, nowMs: number): string {
  const ms = plan.pace === null && event.atS >= 0 ? nowMs : dueMs(plan, event);
  return instant(Math.floor(ms / 1000) * 1000);
}

export const secondsBetween = (from: string, to: string): number => Math.floor((epochMs(to) - epochMs(from)) / 1000);
