/** What is wrong with a document, and where (RFC 6901 JSON pointer; '' is the whole document). */
export interface Finding {
  readonly path: string;
  readonly detail: string;
}

/** Deeper nesting serves no STIX object (ATT&CK needs 5) and would let a sender choose how deep we recurse. */
export const DEPTH_MAX = 32;

/** Room for a long report's description; a sender may not fill the records or a page with one string. */
export const STRING_CHARS_MAX = 100_000;

/**
 * All values of a document, with those inside others. ATT&CK for ICS has 54,000; ten thousand objects of a hundred values
 * are this many. More would keep the desk busy for longer than a delivery may take.
 */
export const NODES_MAX = 1_000_000;

/** STIX 2.1 section 3.1: a property's name has at most 250 characters. */
export const KEY_CHARS_MAX = 250;

/** A place is told to a person; deeper ones are told by how they begin. */
const POINTER_CHARS_MAX = 1_000;

export function pointer(parts: readonly PropertyKey[]): string {
  return parts
    .map((part) => `/${String(part).slice(0, KEY_CHARS_MAX).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('')
    .slice(0, POINTER_CHARS_MAX);
}

/** Whether a value holds at most so many values. Looks no further than that, and does not recurse. */
export function nodesWithin(value: unknown, max: number): boolean {
  let count = 1;
  const open: unknown[] = [value];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (typeof at !== 'object' || at === null) continue;
    const items = Array.isArray(at) ? at : Object.values(at);
    count += items.length;
    if (count > max) return false;
    for (const item of items) if (typeof item === 'object' && item !== null) open.push(item);
  }
  return true;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The first thing about a value that keeps it from being handled safely: nesting, length, a string that has no UTF-8
 * form (it would hash like another one) or no form in a database, a key that reaches an object's prototype, or something that is not JSON.
 */
export function shapeFault(value: unknown, path: readonly PropertyKey[], depth = 1): Finding | null {
  const fault = (detail: string): Finding => ({ path: pointer(path), detail });
  if (typeof value === 'string') {
    if (value.length > STRING_CHARS_MAX) return fault(`longer than ${STRING_CHARS_MAX} characters`);
    if (value.includes('\u0000')) return fault('the character NUL, which databases do not hold');
    return value.isWellFormed() ? null : fault('not well-formed Unicode');
  }
  if (typeof value === 'number') return Number.isFinite(value) ? null : fault('not a finite number');
  if (typeof value === 'boolean' || value === null) return null;
  if (typeof value !== 'object') return fault('not JSON');
  if (depth > DEPTH_MAX) return fault(`nested deeper than ${DEPTH_MAX} levels`);
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__') return fault('the key __proto__ is not allowed');
    if (key.length > KEY_CHARS_MAX) return fault(`a key is longer than ${KEY_CHARS_MAX} characters`);
    const found = shapeFault(item, [...path, key], depth + 1);
    if (found !== null) return found;
  }
  return null;
}
