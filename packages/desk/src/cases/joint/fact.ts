import {
  type CaseRevision,
  type CaseStanding,
  type Conversion,
  type FactBody,
  type FactKind,
  type FactTerms,
  type Instant,
  inputFault,
} from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';
import { flagAfter, flagOf } from './flag.ts';
import { byPlace, type HeldRevision, headsOf, isConflict, seenIn } from './revision.ts';
import { highestSeen } from './seen.ts';

/** One fact of a case as far as this desk knows it. */
export interface Fact {
  readonly id: string;
  readonly kind: FactKind;
  readonly heads: readonly HeldRevision[];
  readonly conflict: boolean;
  readonly flag: FactTerms['flag'];
  readonly revisions: readonly HeldRevision[];
}

/** The facts that these revisions make, in the order in which they came to be. What was taken back counts for nothing. */
export function factsOf(revisions: readonly HeldRevision[]): Fact[] {
  const facts = [...Map.groupBy(revisions, ({ fact }) => fact)].flatMap(([id, all]): Fact[] => {
    const standing = all.filter(({ recalled }) => !recalled);
    const heads = headsOf(standing);
    const [first] = heads;
    if (!first) return [];
    const flag = flagOf(heads, standing);
    return [{ id, kind: first.body.kind, heads, conflict: isConflict(heads), flag, revisions: [...all].sort(byPlace) }];
  });
  const began = new Map(facts.map((it) => [it.id, it.revisions.map(({ at }) => at).sort()[0] ?? '']));
  return facts.sort((a, b) => {
    const [x, y] = [began.get(a.id) ?? '', began.get(b.id) ?? ''];
    return compare(x, y) || compare(a.id, b.id);
  });
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** It is shown: its author, or whoever changed it last, has not taken it away. */
export function isThere({ heads }: Fact): boolean {
  return heads.some(({ about }) => about.removed !== true);
}

/** The head to show where one must be: of several the newest, and of one time the same at every desk. */
export function shownOf({ heads }: Fact): HeldRevision {
  const shown = [...heads].sort((a, b) => (a.at === b.at ? byPlace(a, b) : a.at < b.at ? 1 : -1))[0];
  if (!shown) throw new Error('a fact has a head');
  return shown;
}

export interface Change {
  readonly body?: FactBody | undefined;
  readonly source?: string | undefined;
  readonly terms?: string | undefined;
  readonly removed?: boolean | undefined;
}

/**
 * The next revision of a fact, by somebody who had these of its revisions before them. What they had not seen stays beside it as
 * a conflict. Where they saw several heads, this settles between them. Throws `case-revision-unknown`, `input-invalid`.
 */
export function revise(
  fact: Fact,
  based: readonly string[],
  change: Change,
  {
    desk,
    at,
    conversion,
  }: { readonly desk: CaseRevision['desk']; readonly at: Instant; readonly conversion?: Conversion },
): Omit<CaseRevision, 'case'> {
  const before = based.map((object) => {
    const found = fact.revisions.find((it) => it.object === object && !it.recalled);
    if (!found) throw new GongjoError('case-revision-unknown', { id: object });
    return found;
  });
  const [first] = [...before].sort((a, b) => (a.at < b.at ? 1 : -1));
  if (!first) throw new GongjoError('case-revision-unknown', { id: '' });
  const body = change.body ?? first.body;
  if (body.kind !== fact.kind)
    throw new GongjoError('input-invalid', { detail: inputFault('body.kind', 'kind', { kind: fact.kind }) });
  const { flag, conversion: kept } = conversion
    ? { flag: 'evidence' as const, conversion }
    : flagAfter(before, fact.revisions);
  const source = change.source ?? first.about.source;
  const terms = change.terms ?? first.about.terms;
  const removed = change.removed ?? first.about.removed === true;
  return {
    fact: fact.id,
    desk,
    n: nextOf(fact.revisions, desk),
    seen: seenIn(before),
    at,
    body,
    about: {
      flag,
      ...(source === undefined ? {} : { source }),
      ...(terms === undefined ? {} : { terms }),
      ...(kept === undefined ? {} : { conversion: kept }),
      ...(removed ? { removed: true as const } : {}),
    },
  };
}

/** Also where this desk was set back to an older backup: what others have seen of it is not said again under the same number. */
export function nextOf(revisions: readonly HeldRevision[], desk: string): number {
  return 1 + Math.max(0, ...revisions.map((it) => Math.max(it.desk === desk ? it.n : 0, highestSeen(it.seen, desk))));
}

/** What each desk has said to the case, as far as this desk knows: its own last word, and no other desk's about it. */
export function standingsOf(facts: readonly Fact[]): Map<string, CaseStanding> {
  const found = new Map<string, CaseStanding>();
  for (const { kind, revisions } of facts) {
    if (kind !== 'desk') continue;
    const said = revisions.flatMap(({ body, ...it }) =>
      body.kind === 'desk' && !it.recalled ? [{ ...it, body }] : [],
    );
    for (const { body } of said) if (!found.has(body.desk)) found.set(body.desk, 'offered');
    const own = said.filter(({ desk, body }) => desk === body.desk).sort((a, b) => a.n - b.n || compare(a.at, b.at));
    const last = own.at(-1)?.body;
    if (last) found.set(last.desk, last.standing);
  }
  return found;
}
