import { canonicalJson } from '../kernel/index.ts';
import { newVersion, type StixObject } from '../stix/index.ts';

/** Whether two versions of an object of ours say the same, whenever they were made. */
export function sameBut(a: StixObject, b: StixObject): boolean {
  return said(a) === said(b);
}

function said({ created: _, modified: __, ...rest }: StixObject): string {
  return canonicalJson(rest);
}

/** STIX 2.1 section 3.6: the object as it is built now, as the next version of the one before. */
export function newerThan(before: StixObject, built: StixObject, now: string): StixObject {
  const { created: _, modified: __, ...changes } = built;
  const gone = Object.keys(before).filter((key) => !(key in built));
  return newVersion(before, { ...Object.fromEntries(gone.map((key) => [key, undefined])), ...changes }, now);
}
