import type { Instant, RequestClock, RequestState } from '@gongjo/contract';
import { epochMs, instant } from '../../kernel/index.ts';
import type { Folded, HeldEvent } from './fold.ts';

/** When whoever asks is reminded for, counted from the sending and from the deadline. */
interface Pace {
  /** Nobody has acknowledged after this long. */
  readonly acknowledgeMs: number;
  /** This long before the deadline. */
  readonly nearMs: number;
  /** This long after it. */
  readonly overMs: number;
}

const hourMs = 3_600_000;
/** A day each: what one shift does not see, the next does. */
const ordinary: Pace = { acknowledgeMs: 24 * hourMs, nearMs: 24 * hourMs, overMs: 24 * hourMs };
/** Stolen value moves within the hour. */
const urgent: Pace = { acknowledgeMs: hourMs, nearMs: 2 * hourMs, overMs: 2 * hourMs };

/** When somebody is there to be reminded: an instant, or the next one in the hours of the agency that is asked. */
export type Attending = (at: Instant) => Instant;

const waiting: ReadonlySet<RequestState> = new Set(['sent', 'acknowledged', 'partly-answered']);

/**
 * Reminders and escalation that are still to come, or due, for a request as it stands. Each is taken once, by a step's name, which holds
 * the deadline: an extended deadline has steps of its own, and none that had passed before is made up for. A desk that was down
 * when several were due takes the last of them. Nobody is reminded of what was not told: the clock runs from when the request was
 * released to the other side, and while it is not, there is none.
 */
export function stepsOf(
  { state, content, deadline, sentAt, extendedAt, events }: Folded<HeldEvent>,
  attending: Attending,
  releasedAt: Instant | null,
): RequestClock[] {
  if (!content || deadline === null || sentAt === null || releasedAt === null || !waiting.has(state)) return [];
  const pace = content.urgent ? urgent : ordinary;
  const at = (ms: number) => (content.urgent ? instant(ms) : attending(instant(ms)));
  const began = later(sentAt, releasedAt);
  const runsFrom = extendedAt === null ? began : later(began, extendedAt);
  const due = epochMs(deadline);
  const acknowledge = { step: 'acknowledge', event: 'remind' as const, at: at(epochMs(began) + pace.acknowledgeMs) };
  const all: RequestClock[] = [
    ...(state === 'sent' ? [acknowledge] : []),
    { step: `near ${deadline}`, event: 'remind', at: at(due - pace.nearMs) },
    { step: `due ${deadline}`, event: 'remind', at: at(due) },
    { step: `over ${deadline}`, event: 'escalate', at: at(due + pace.overMs) },
  ];
  const done = new Set(
    events.flatMap(({ event: { what } }) => (what.event === 'remind' || what.event === 'escalate' ? [what.step] : [])),
  );
  const ordered = all
    .filter(({ at: when }) => when > runsFrom)
    .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  const last = ordered.findLastIndex(({ step }) => done.has(step));
  return ordered.slice(last + 1);
}

const later = (a: Instant, b: Instant): Instant => (a < b ? b : a);

/** The step to take now; null: none is due. */
export function stepDue(steps: readonly RequestClock[], now: Instant): RequestClock | null {
  return steps.filter(({ at }) => at <= now).at(-1) ?? null;
}
