import type { Redaction, Tlp } from '@gongjo/contract';
import {
  isStricter,
  redact,
  refLevelIn,
  type StixObject,
  strictest,
  strictParts,
  tlpOf,
  wholeTlpOf,
  withTlp,
} from '../stix/index.ts';
import type { MarkReader } from './marking.ts';

/** Marking definitions say nothing of a case and stay as they are. */
const bareTypes: ReadonlySet<string> = new Set(['marking-definition']);

/** The copy that may leave: marked at least as strictly as the object is here and as the recipient asks. */
export function tightened(object: StixObject, effective: Tlp, floor: Tlp): StixObject {
  if (bareTypes.has(object.type)) return object;
  const level = strictest([effective, floor]) ?? effective;
  const said = tlpOf(object);
  return said === null || (said !== 'conflict' && isStricter(level, said)) ? withTlp(object, level) : object;
}

/** What a profile leaves of an object. */
export interface RedactedCopy {
  readonly profile: string;
  readonly object: StixObject;
  /** JSON pointers of what was taken away. */
  readonly removed: readonly string[];
}

/** The copies that the profiles for this type make, in their order; a profile that removes nothing, or cannot, makes none. */
export function redactedCopies(
  object: StixObject,
  profiles: readonly Redaction[],
  { book, resolve }: MarkReader,
): RedactedCopy[] {
  return profiles.flatMap(({ id, types, remove, stricterParts }): RedactedCopy[] => {
    if (types.length > 0 && !types.includes(object.type)) return [];
    const whole = wholeTlpOf(object);
    const strict =
      stricterParts && whole !== null && whole !== 'conflict'
        ? strictParts(object, whole, refLevelIn(book, resolve))
        : [];
    const redaction = redact(object, [...remove, ...strict]);
    if (!redaction.possible || redaction.removed.length === 0) return [];
    return [{ profile: id, object: redaction.object, removed: redaction.removed }];
  });
}
