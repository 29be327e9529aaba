import type { CaseRevision, FactBody, FactTerms, Tlp } from '@gongjo/contract';
import { canonicalJson } from '../../kernel/index.ts';
import { alsoSeen, type Dot, hasSeen, joinSeen } from './seen.ts';

/** A revision as a desk holds it. */
export interface HeldRevision extends CaseRevision {
  /** Its STIX object, which names its content: the same place with other content is another object. */
  readonly object: string;
  readonly tlp: Tlp | null;
  /** The person at this desk who made it. */
  readonly by: string | null;
  readonly keptHere: boolean;
  readonly recalled: boolean;
}

type Placed = Pick<HeldRevision, 'object' | 'desk' | 'n' | 'seen'>;

/** What desks know of a fact, as a set: the union of what each knows. Commutative, associative, idempotent. */
export function mergeRevisions<T extends Placed>(...sets: readonly (readonly T[])[]): T[] {
  const all = new Map<string, T>();
  for (const set of sets) for (const revision of set) if (!all.has(revision.object)) all.set(revision.object, revision);
  return [...all.values()].sort(byPlace);
}

/** A fixed order that every desk comes to, whatever the order in which it heard. */
export function byPlace(a: Placed, b: Placed): number {
  return compare(a.desk, b.desk) || a.n - b.n || compare(a.object, b.object);
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/**
 * What stands of a fact: the revisions that nobody had seen when writing another. Two desks that changed it without knowing of
 * each other leave two heads, and none of them is dropped. A revision never supersedes one of its own place – a desk that was set
 * back to an older backup may use a number twice – and where two claim to have seen each other, both stand.
 */
export function headsOf<T extends Placed>(revisions: readonly T[]): T[] {
  const seen = joinSeen(...revisions.map((it) => it.seen));
  // What nobody has seen stands; only the others are looked for one by one.
  const heads = revisions.filter((it) => !hasSeen(seen, it) || !revisions.some((other) => supersedes(other, it)));
  // A ring of false claims would hide all of it.
  return (heads.length > 0 ? heads : [...revisions]).sort(byPlace);
}

function supersedes(later: Placed, earlier: Placed): boolean {
  return !isSamePlace(later, earlier) && hasSeen(later.seen, earlier) && !hasSeen(earlier.seen, later);
}

const isSamePlace = (a: Dot, b: Dot) => a.desk === b.desk && a.n === b.n;

/** Everything that somebody had seen who had these revisions before them. */
export function seenIn(revisions: readonly Placed[]): CaseRevision['seen'] {
  return joinSeen(...revisions.map((it) => alsoSeen(it.seen, it)));
}

/** What a revision says, whoever said it when. */
function saidBy({
  body,
  about,
  tlp,
}: {
  readonly body: FactBody;
  readonly about: FactTerms;
  readonly tlp: Tlp | null;
}): string {
  return canonicalJson({ body, about, tlp });
}

/** Desks say different things of a fact. Heads that say the same are no conflict. */
export function isConflict(heads: readonly HeldRevision[]): boolean {
  return new Set(heads.map(saidBy)).size > 1;
}
