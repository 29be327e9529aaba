/** Whether inputs can be divided among participants; `undecided` where the bound on the search was reached. */
export type Division = 'possible' | 'impossible' | 'undecided';

/**
 * Goals compared with parts before the answer is `undecided`. Covering bins is NP-hard; this is some tens of milliseconds at
 * worst, and a JoinMarket round of ten participants and 23 inputs takes a tenth of it.
 */
const comparisonsMax = 20_000;
/** Beyond this many addresses the search would not end within its bound, and its depth is a depth of calls. */
const partsMax = 500;

/**
 * Can `parts` (what each address brought) be divided so that every goal (what each participant took out) is covered?
 * Nothing may be left uncovered; what is over is fee, so the search ends where more is over than the whole has to spare.
 * The answer does not depend on the order of either list.
 */
export function division(parts: readonly bigint[], goals: readonly bigint[]): Division {
  const wanted = descending(goals.filter((goal) => goal > 0n));
  if (parts.length < wanted.length) return 'impossible';
  const spare = sum(parts) - sum(wanted);
  if (spare < 0n) return 'impossible';
  if (parts.length > partsMax) return 'undecided';
  const search: Search = { parts: descending(parts), missing: wanted, left: comparisonsMax };
  return place(search, 0, spare);
}

interface Search {
  readonly parts: readonly bigint[];
  /** What each goal still lacks; zero when it is covered. */
  readonly missing: bigint[];
  left: number;
}

function place(search: Search, index: number, spare: bigint): Division {
  const { parts, missing } = search;
  if (missing.every((units) => units === 0n)) return 'possible';
  const part = parts[index];
  if (part === undefined) return 'impossible';
  search.left -= missing.length;
  if (search.left < 0) return 'undecided';
  const choices = closestFirst(missing, part);
  for (const [goal, lacks] of choices) {
    const over = part > lacks ? part - lacks : 0n;
    if (over > spare) continue;
    missing[goal] = lacks - (part - over);
    const answer = place(search, index + 1, spare - over);
    missing[goal] = lacks;
    if (answer !== 'impossible') return answer;
  }
  // A part that nobody needs is surplus of somebody's, even where no goal is covered yet.
  if (choices.every(([, lacks]) => lacks > 0n) && part <= spare) return place(search, index + 1, spare - part);
  return 'impossible';
}

/**
 * The goals that a part can go to, one of those that lack the same (they are the same choice), the one that it fills most
 * exactly first: real participants choose coins that fit.
 */
function closestFirst(missing: readonly bigint[], part: bigint): (readonly [goal: number, lacks: bigint])[] {
  const choices = new Map<bigint, number>();
  for (const [goal, lacks] of missing.entries()) if (!choices.has(lacks)) choices.set(lacks, goal);
  const off = (lacks: bigint): bigint => (lacks > part ? lacks - part : part - lacks);
  return [...choices]
    .map(([lacks, goal]) => [goal, lacks] as const)
    .sort(([, a], [, b]) => (off(a) < off(b) ? -1 : off(a) > off(b) ? 1 : a < b ? -1 : 1));
}

function descending(units: readonly bigint[]): bigint[] {
  return [...units].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
}

function sum(units: readonly bigint[]): bigint {
  return units.reduce((total, each) => total + each, 0n);
}
