import { canonicalJson, instant } from '../kernel/index.ts';
import type { StixObject } from '../stix/index.ts';

/** Whether two versions of an object of ours say the same, whenever they were made. */
export function sameBut(a: StixObject, b: StixObject): boolean {
  return said(a) === said(b);
}

function said({ created: _, modified: __, ...rest }: StixObject): string {
  return canonicalJson(rest);
}

/** STIX 2.1 section 3.6: a new version keeps `created` and is modified later than the one before. */
export function newerThan(before: StixObject, changed: StixObject, now: string): StixObject {
  return { ...changed, created: before.created, modified: laterOf(String(before.modified), now) };
}

/** The object withdrawn (section 3.6.2): its last version. */
export function revoked(before: StixObject, now: string): StixObject {
  return { ...before, modified: laterOf(String(before.modified), now), revoked: true };
}

/** Two changes in one millisecond are still one after the other. */
function laterOf(before: string, now: string): string {
  const beforeMs = Date.parse(before);
  const nowMs = Date.parse(now);
  return nowMs > beforeMs ? now : instant(beforeMs + 1);
}
