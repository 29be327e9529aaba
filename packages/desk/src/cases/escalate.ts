import type { EscalationStep, Instant } from '@gongjo/contract';
import { escalation } from '../directory/index.ts';
import { agencyNamed, type Reach, type Way, waysTo } from './notice.ts';

/** An agency that was told of an incident, as far as escalation asks. */
export interface ToldOf {
  readonly incident: string;
  readonly agency: string;
  readonly drill: boolean;
  /** Of an exercise that reaches only who is marked for exercises. */
  readonly quiet: boolean;
  readonly notifiedAt: Instant;
  /** By itself, or by somebody whom its silence was told to. */
  readonly acknowledgedAt: Instant | null;
  /** Steps that were taken already. */
  readonly done: ReadonlySet<string>;
}

/** A step that is due: whom to tell of an agency's silence. */
export interface Escalation {
  readonly incident: string;
  readonly agency: string;
  readonly step: string;
  readonly at: Instant;
  readonly target: string;
  readonly ways: readonly Way[];
}

/**
 * The steps that are due now and not taken yet. Each is taken by the condition of its own time – a notice that nobody saw at
 * night goes to whoever was there at night, even where the desk itself was down then and looks only now.
 */
export function escalationsDue(reach: Reach, told: readonly ToldOf[], now: Instant): Escalation[] {
  return told.flatMap(({ incident, agency: id, quiet, notifiedAt, acknowledgedAt, done }) => {
    const agency = agencyNamed(reach, id);
    if (!agency) return [];
    const { due } = escalation(reach.book, agency, { notifiedAt, acknowledgedAt, now });
    return due.flatMap(({ step, at, agency: target }): Escalation[] => {
      const key = stepKey(step, target);
      const other = agencyNamed(reach, target);
      if (done.has(key) || !other) return [];
      const { to } = step;
      const whom = 'role' in to ? to.role : 'contact' in to ? { contact: to.contact } : 'duty-officer';
      return [{ incident, agency: id, step: key, at, target, ways: waysTo(reach, other, whom, quiet) }];
    });
  });
}

/** When the next step of these is due; null where none is. */
export function nextEscalation(reach: Reach, told: readonly ToldOf[], now: Instant): Instant | null {
  const times = told.flatMap(({ agency: id, notifiedAt, acknowledgedAt }) => {
    const agency = agencyNamed(reach, id);
    const next = agency && escalation(reach.book, agency, { notifiedAt, acknowledgedAt, now }).next;
    return next ? [next.at] : [];
  });
  return times.sort()[0] ?? null;
}

/** Names a step, so that it is taken once, whatever the order in which a directory lists its steps. */
function stepKey({ afterMinutes, when, to }: EscalationStep, target: string): string {
  const [[kind, value] = []] = Object.entries(to);
  return `${afterMinutes} ${when} ${kind}:${String(value)} ${target}`;
}
