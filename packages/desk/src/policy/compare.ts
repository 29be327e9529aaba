import type { DeskId, ObjectChange, PolicyChange, PolicyComparison } from '@gongjo/contract';
import { boxesOf, pointOf } from './boxes.ts';
import { type Firing, firingOf, type Permits, permitsOf, type SpaceOf } from './firing.ts';
import type { Outcome, PolicySet, Redacted, ReleaseQuestion, Rule } from './model.ts';
import { opennessOf, rememberingOutcomes } from './outcome.ts';
import { changeText } from './say.ts';
import { admitSpace, chained, type Dimension, releaseSpace } from './space.ts';

/** The default set and one like it differ in some fifty thousand cases at most; ten times that takes seconds. */
export const CASES_MAX = 500_000;

/** A person reads these, the widest first; that there are more is told. */
export const LINES_MAX = 100;

/** Between two of these, whoever drives the comparison may let others have their turn. */
const casesPerTurn = 2_000;

export type Brief = PolicyChange['before'];

/** A case with the outcome's place in the order in which the chain asks. */
interface Answer {
  readonly brief: Brief;
  readonly rank: number;
}

/** Cases, by their place in the space, in which one outcome has become another. */
interface Group {
  readonly before: Answer;
  readonly after: Answer;
  readonly cases: Set<number>;
}

export type Compared = Pick<PolicyComparison, 'cases' | 'complete' | 'changes' | 'more' | 'rules'>;

/**
 * Asks two policy sets about every case that their rules can tell apart, and says in which they answer otherwise: facts that no
 * rule names cannot matter, and of those named only the values named and one that is not. A generator, because it takes a second
 * or more: it yields so that others can be served meanwhile.
 */
export function* comparing(
  before: PolicySet,
  after: PolicySet,
  { desk, profiles }: { readonly desk: DeskId; readonly profiles: readonly string[] },
): Generator<undefined, Compared> {
  const sets = [before, after];
  const rules = rulesCompared(before, after);
  const touched = [before, after].flatMap((set) =>
    [...set.rules.values()].filter(({ id }) => [...rules.added, ...rules.removed, ...rules.changed].includes(id)),
  );
  const changes: PolicyChange[] = [];
  let left = 0;
  let cases = 0;
  let complete = true;
  for (const action of ['release', 'admit'] as const) {
    const dimensions = action === 'release' ? releaseSpace(sets, desk, profiles) : admitSpace(sets, desk);
    const space = { action, desk, dimensions };
    const told = yield* differences(space, before, after);
    cases += told.cases;
    complete &&= told.complete;
    for (const group of told.groups) {
      const found = yield* linesOf(space, group, touched);
      changes.push(...found.lines);
      left += found.left;
    }
  }
  const order = { wider: 0, narrower: 1 };
  changes.sort((a, b) => order[a.direction] - order[b.direction] || b.cases - a.cases);
  return {
    cases,
    complete,
    rules,
    changes: changes.slice(0, LINES_MAX),
    more: Math.max(0, changes.length - LINES_MAX) + left,
  };
}

/** The same in one go. */
export function comparePolicies(...given: Parameters<typeof comparing>): Compared {
  const run = comparing(...given);
  for (;;) {
    const { done, value } = run.next();
    if (done) return value;
  }
}

export function rulesCompared(before: PolicySet, after: PolicySet): PolicyComparison['rules'] {
  const ids = (in1: PolicySet, notIn: PolicySet) => [...in1.rules.keys()].filter((id) => !notIn.rules.has(id));
  const changed = [...after.rules.values()].filter((rule) => {
    const was = before.rules.get(rule.id);
    return was !== undefined && was.text !== rule.text;
  });
  return { added: ids(after, before), removed: ids(before, after), changed: changed.map(({ id }) => id) };
}

/** One question of the chain: the values of its own dimensions, and what is to be done where it is the first to be permitted. */
interface Asked {
  readonly brief: Brief;
  readonly values: readonly (readonly [at: number, value: number])[];
}

/** The questions of the chain in its order: consent, persons, profile. */
function chainOf(dimensions: readonly Dimension[]): Asked[] {
  const place = (fact: string) => dimensions.findIndex((it) => it.fact === fact);
  const [consents, persons, profiles] = [place('originConsents'), place('approvals'), place('redaction')];
  const range = (at: number) => [...(dimensions[at]?.values.keys() ?? [0])];
  return range(consents).flatMap((consent) =>
    range(persons).flatMap((count) =>
      range(profiles).map((profile): Asked => {
        const named = profile === 0 ? null : (dimensions[profiles]?.values[profile] ?? null);
        const kind = count > 0 ? 'ask-person' : consent > 0 ? 'ask-origin' : named === null ? 'release' : 'redact';
        const values = [[consents, consent] as const, [persons, count] as const, [profiles, profile] as const];
        return {
          brief: { kind, persons: count, consent: consent > 0, profile: named },
          values: values.filter(([at]) => at >= 0),
        };
      }),
    ),
  );
}

const refused: Brief = { kind: 'refuse', persons: 0, consent: false, profile: null };

/** The place in the chain of the first question that is permitted. */
function answerAt(permits: Permits, chain: readonly Asked[], point: number[]): Answer {
  for (const [rank, { brief, values }] of chain.entries()) {
    for (const [at, value] of values) point[at] = value;
    if (permits(point)) return { brief, rank };
  }
  return { brief: refused, rank: chain.length };
}

interface Told {
  readonly cases: number;
  readonly complete: boolean;
  readonly groups: readonly Group[];
}

/** The sizes of a space's dimensions as cases are counted: the chain goes through its own by itself. */
const sizesOf = ({ dimensions }: SpaceOf): number[] =>
  dimensions.map(({ fact, values }) => (chained.has(fact) ? 1 : values.length));

function* differences(space: SpaceOf, before: PolicySet, after: PolicySet): Generator<undefined, Told> {
  const firings = new Map<string, Firing>();
  for (const { rules } of [before, after])
    for (const rule of rules.values()) if (!firings.has(rule.text)) firings.set(rule.text, firingOf(space, rule));
  const was = permitsOf(before, firings);
  const is = permitsOf(after, firings);
  const sizes = sizesOf(space);
  const total = sizes.reduce((product, size) => product * size, 1);
  // A stride that shares no factor with any size visits all values of every fact.
  const stride = total <= CASES_MAX ? 1 : nextPrime(Math.ceil(total / CASES_MAX), sizes);
  const chain = chainOf(space.dimensions);
  const groups = new Map<string, Group>();
  let cases = 0;
  for (let at = 0; at < total; at += stride) {
    if (cases % casesPerTurn === 0) yield undefined;
    cases += 1;
    const point = pointOf(at, sizes);
    const [one, other] = [answerAt(was, chain, point), answerAt(is, chain, point)];
    if (one.rank === other.rank) continue;
    const key = `${one.rank} ${other.rank}`;
    const group = groups.get(key) ?? { before: one, after: other, cases: new Set() };
    group.cases.add(at);
    groups.set(key, group);
  }
  return { cases, complete: stride === 1, groups: [...groups.values()] };
}

function nextPrime(from: number, sizes: readonly number[]): number {
  for (let it = from; ; it++) {
    let prime = it > 1;
    for (let divisor = 2; divisor * divisor <= it; divisor++) if (it % divisor === 0) prime = false;
    if (prime && sizes.every((size) => size % it !== 0)) return it;
  }
}

function* linesOf(
  space: SpaceOf,
  { before, after, cases }: Group,
  touched: readonly Rule[],
): Generator<undefined, { readonly lines: PolicyChange[]; readonly left: number }> {
  const { action, dimensions } = space;
  const sizes = sizesOf(space);
  const looksAt = ({ attributes }: Dimension) =>
    touched.some(({ mentions }) => attributes.some((it) => mentions.has(it)));
  // A reader is told of the facts that the changed rules look at before any other.
  const order = [...dimensions.keys()].toSorted(
    (a, b) => Number(looksAt(dimensions[a] as Dimension)) - Number(looksAt(dimensions[b] as Dimension)),
  );
  const { boxes, left } = yield* boxesOf(cases, sizes, order, LINES_MAX);
  const lines = boxes.map((box) => {
    const where = dimensions.flatMap(({ fact, values }, at) => {
      const indices = box.values[at] ?? [];
      if (chained.has(fact) || indices.length === values.length) return [];
      return [{ fact, values: indices.map((index) => values[index] ?? '') }];
    });
    const same = {
      action,
      direction: after.rank < before.rank ? ('wider' as const) : ('narrower' as const),
      before: before.brief,
      after: after.brief,
      where,
      cases: box.size,
    };
    return { ...same, text: changeText(same) };
  });
  return { lines, left };
}

/** A stored object and a recipient of today. */
export interface Pair {
  readonly question: ReleaseQuestion;
  readonly redactions: readonly Redacted[];
  readonly label: string;
}

/** Some ten milliseconds where each has facts of its own. */
const pairsPerTurn = 20;

const briefOf = ({ kind, persons, consent, profile }: Outcome): Brief => ({ kind, persons, consent, profile });

/**
 * What the two sets would do with these objects for these recipients.
 */
export function* comparingAt(
  before: PolicySet,
  after: PolicySet,
  pairs: Iterable<Pair>,
): Generator<undefined, { readonly asked: number; readonly changes: ObjectChange[] }> {
  const [wasOf, isOf] = [rememberingOutcomes(before), rememberingOutcomes(after)];
  const changes: ObjectChange[] = [];
  let asked = 0;
  for (const { question, redactions, label } of pairs) {
    if (asked % pairsPerTurn === 0) yield undefined;
    asked += 1;
    const [was, is] = [wasOf(question, redactions), isOf(question, redactions)];
    const difference = opennessOf(is, redactions) - opennessOf(was, redactions);
    if (difference === 0) continue;
    changes.push({
      object: { id: question.object.id, type: question.object.type, label },
      recipient: question.partner.id,
      direction: difference < 0 ? 'wider' : 'narrower',
      before: briefOf(was),
      after: briefOf(is),
      reasons: [...is.reasons],
    });
  }
  return { asked, changes };
}
