import type { DeskId } from '@gongjo/contract';
import { type AnyQuestion, applies } from './engine.ts';
import { alone } from './load.ts';
import type { PolicySet, Rule } from './model.ts';
import { type Dimension, draftOf } from './space.ts';

/** One point of a space: the index of a value for each of its dimensions. */
export type Point = readonly number[];

/** Whether a rule applies at a point: `null` where it cannot be evaluated there. */
export type Firing = (point: Point) => boolean | null;

export interface SpaceOf {
  readonly action: AnyQuestion['action'];
  readonly desk: DeskId;
  readonly dimensions: readonly Dimension[];
}

/** The question at a point. */
export function questionAt({ action, desk, dimensions }: SpaceOf, point: Point): AnyQuestion {
  const draft = draftOf(desk);
  for (const [at, dimension] of dimensions.entries()) dimension.set(draft, point[at] ?? 0);
  const { approvals, originConsents, redaction, via, signatureVerified, ...rest } = draft;
  return action === 'release'
    ? { action, desk, ...rest, approvals, originConsents, redaction }
    : { action, desk, ...rest, via, signatureVerified };
}

/**
 * A rule looks at few facts, so there are few different answers of it: each is asked of the engine once, however many points
 * share it. That makes a space of a hundred thousand cases a matter of a second.
 */
export function firingOf(space: SpaceOf, rule: Rule): Firing {
  if (rule.actions !== null && !rule.actions.includes(space.action)) return () => false;
  const set = alone(rule);
  const known = new Map<number, boolean | null>();
  const relevant = space.dimensions.flatMap(({ attributes, values }, at) =>
    attributes.some((it) => rule.mentions.has(it)) ? [{ at, size: values.length }] : [],
  );
  return (point) => {
    let key = 0;
    for (const { at, size } of relevant) key = key * size + (point[at] ?? 0);
    let answer = known.get(key);
    if (answer === undefined) {
      const seen = space.dimensions.map(() => 0);
      for (const { at } of relevant) seen[at] = point[at] ?? 0;
      answer = applies(set, questionAt(space, seen));
      known.set(key, answer);
    }
    return answer;
  };
}

/** Whether a set permits what is asked at a point. */
export type Permits = (point: Point) => boolean;

/** A set's answer at any point of a space, by the semantics of Cedar: a rule that fails forbids, here as in `decide`. */
export function permitsOf(policies: PolicySet, firings: ReadonlyMap<string, Firing>): Permits {
  const of = (effect: Rule['effect']) =>
    [...policies.rules.values()].flatMap((rule) => (rule.effect === effect ? (firings.get(rule.text) ?? []) : []));
  const forbids = of('forbid');
  const permits = of('permit');
  return (point) => {
    for (const firing of forbids) if (firing(point) !== false) return false;
    let permitted = false;
    for (const firing of permits) {
      const answer = firing(point);
      if (answer === null) return false;
      permitted ||= answer;
    }
    return permitted;
  };
}
