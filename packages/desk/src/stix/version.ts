import type { Instant } from '@gongjo/contract';
import { epochMs, instant, invariant } from '../kernel/index.ts';
import { hasVersions, type StixObject } from './model/index.ts';
import { compareTimes } from './time.ts';

/**
 * Versions of an object (STIX 2.1 section 3.6): the same `id`, another `modified`; the latest counts. `revoked` ends an
 * object for good.
 */

/** The order of two `modified` of one object. Any precision; two spellings of one time are one version. */
export const compareVersions = compareTimes;

/** Section 3.6.1: what a version may not change; a change of these makes another object. */
const immutable = ['type', 'id', 'created', 'created_by_ref', 'spec_version'] as const;

/**
 * The next version. `changes` replaces properties; `undefined` takes one away. `modified` is `now`, or a millisecond after
 * the last one where the clock stands before that. An object without versions, a revoked one, or a change of what may not
 * change is a mistake of the caller.
 */
export function newVersion(object: StixObject, changes: Readonly<Record<string, unknown>>, now: Instant): StixObject {
  invariant(hasVersions(object), `${object.type} has no versions`);
  invariant(object.revoked !== true, 'a revoked object gets no new version');
  for (const name of immutable)
    invariant(!(name in changes) || changes[name] === object[name], `${name} is the same in every version`);
  const kept = Object.entries({ ...object, ...changes }).filter(([, value]) => value !== undefined);
  return { ...(Object.fromEntries(kept) as StixObject), modified: after(object.modified, now) };
}

/** The version that withdraws the object. It says what the last one said, so that a reader knows what is withdrawn. */
export function revoke(object: StixObject, now: Instant): StixObject {
  return newVersion(object, { revoked: true }, now);
}

function after(modified: unknown, now: Instant): Instant {
  if (typeof modified !== 'string' || compareTimes(now, modified) > 0) return now;
  // Cut at milliseconds, so one more is later than any fraction.
  return instant(epochMs(`${modified.slice(0, 19)}.${modified.slice(20, -1).padEnd(3, '0').slice(0, 3)}Z`) + 1);
}
