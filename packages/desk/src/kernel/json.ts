import canonicalize from 'canonicalize';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Canonical JSON of RFC 8785: the bytes that are hashed and signed. Throws on what JSON cannot say. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}

/** What `T` becomes on the wire: amounts as decimal strings, everything else as it is. */
export type Wire<T> = T extends bigint
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : { -readonly [K in keyof T]: Wire<T[K]> };

/** Ordinary JSON with every `bigint` as a decimal string. */
export function wireJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));
}
