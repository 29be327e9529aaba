import type { SeenSet } from '@gongjo/contract';

/**
 * Sets of revisions, exact: by desk, runs of numbers in order and apart (`zSeenSet`). Joining is a union of sets, so the order in
 * which, and how often, desks hear of each other's changes makes no difference.
 */

type Run = readonly [number, number];

/** A revision's place: the `n`th change of a fact by a desk. */
export interface Dot {
  readonly desk: string;
  readonly n: number;
}

export function hasSeen(seen: SeenSet, { desk, n }: Dot): boolean {
  return runsOf(seen, desk).some(([first, last]) => first <= n && n <= last);
}

export function joinSeen(...sets: readonly SeenSet[]): SeenSet {
  const desks = [...new Set(sets.flatMap((it) => Object.keys(it)))].sort();
  return Object.fromEntries(desks.map((desk) => [desk, joinRuns(sets.flatMap((it) => runsOf(it, desk)))])) as SeenSet;
}

export function alsoSeen(seen: SeenSet, { desk, n }: Dot): SeenSet {
  return joinSeen(seen, { [desk]: [[n, n]] } as SeenSet);
}

/** The highest number of a desk that a set holds; 0 for none. */
export function highestSeen(seen: SeenSet, desk: string): number {
  return runsOf(seen, desk).at(-1)?.[1] ?? 0;
}

/** Every number of a desk in a set. */
function* dotsOf(seen: SeenSet, desk: string): Generator<number> {
  for (const [first, last] of runsOf(seen, desk)) for (let n = first; n <= last; n += 1) yield n;
}

function runsOf(seen: SeenSet, desk: string): readonly Run[] {
  return Object.hasOwn(seen, desk) ? ((seen as Record<string, Run[]>)[desk] ?? []) : [];
}

function joinRuns(runs: readonly Run[]): [number, number][] {
  const joined: [number, number][] = [];
  for (const [first, last] of [...runs].sort(([a], [b]) => a - b)) {
    const before = joined.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined;
}

/** A number of a desk that a set holds and these do not; null: there is none. */
export function unseenOf(seen: SeenSet, desk: string, known: ReadonlySet<number>): number | null {
  for (const n of dotsOf(seen, desk)) if (!known.has(n)) return n;
  return null;
}
