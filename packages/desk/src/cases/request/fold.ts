import type { Instant, RequestContent, RequestEvent, RequestEventView, RequestState, SeenSet } from '@gongjo/contract';
import { type Cell, requestTable, sideOf } from './states.ts';

/** An event as a desk holds it. */
export interface HeldEvent extends RequestEvent {
  readonly object: string;
}

export type Effect = RequestEventView['effect'];

export interface Folded<T extends HeldEvent> {
  readonly state: RequestState;
  /** What was asked; null where the beginning has not come yet. */
  readonly content: RequestContent | null;
  readonly deadline: Instant | null;
  readonly sentAt: Instant | null;
  /** When the deadline was set as it is; null where it never was extended. */
  readonly extendedAt: Instant | null;
  /** Events in the order in which they count, each with what it did. */
  readonly events: readonly { readonly event: T; readonly effect: Effect }[];
}

/**
 * What a request has come to, from its events in any order: both desks that have the same events come to the same. Who had seen an
 * event when acting counts after it; events that crossed are put in a fixed order, and the table makes that order irrelevant.
 */
export function foldRequest<T extends HeldEvent>(events: readonly T[]): Folded<T> {
  let state: RequestState = 'draft';
  let content: RequestContent | null = null;
  let deadline: Instant | null = null;
  let sentAt: Instant | null = null;
  let extendedAt: Instant | null = null;
  const told: { event: T; effect: Effect }[] = [];
  const places = new Set<string>();
  for (const event of inOrder(events)) {
    const { what, desk, n } = event;
    const place = `${desk} ${n}`;
    const cell: Cell | undefined =
      isOfItsSide(event) && !places.has(place) ? requestTable[state][what.event] : undefined;
    places.add(place);
    told.push({ event, effect: effectOf(cell) });
    if (!cell) continue;
    state = cell.to;
    if (what.event === 'send') [content, deadline, sentAt] = [what.content, what.content.deadline, event.at];
    if (what.event === 'extend') [deadline, extendedAt] = [what.deadline, event.at];
  }
  return { state, content, deadline, sentAt, extendedAt, events: told };
}

const effectOf = (cell: Cell | undefined): Effect => (cell === undefined ? 'void' : cell.late ? 'late' : 'act');

function isOfItsSide({ desk, from, to, what }: HeldEvent): boolean {
  return desk === (sideOf[what.event] === 'asker' ? from : to);
}

/** Whoever has seen an event has seen more than its author had. */
function inOrder<T extends HeldEvent>(events: readonly T[]): T[] {
  const known = new Map(events.map((it) => [it.object, countIn(it.seen)]));
  return [...events].sort(
    (a, b) =>
      (known.get(a.object) ?? 0) - (known.get(b.object) ?? 0) ||
      Number(a.desk === a.to) - Number(b.desk === b.to) ||
      a.n - b.n ||
      (a.object < b.object ? -1 : 1),
  );
}

function countIn(seen: SeenSet): number {
  const runs = Object.values(seen as Record<string, readonly (readonly [number, number])[]>).flat();
  return runs.reduce((sum, [first, last]) => sum + last - first + 1, 0);
}
