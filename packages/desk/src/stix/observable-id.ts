import { canonicalJson } from '../kernel/index.ts';
import { type StixId, stixId, stixNamespace, transactionId, walletId } from './id.ts';
import type { StixObject } from './model/index.ts';
import { type Finding, isRecord, pointer } from './shape.ts';
import { uuid5 } from './uuid.ts';

/** Deterministic identifiers of observables (STIX 2.1 section 2.9), by the properties that section 6 names for each type. */

const contributing: ReadonlyMap<string, readonly string[]> = new Map([
  ['artifact', ['hashes', 'payload_bin']],
  ['autonomous-system', ['number']],
  ['directory', ['path']],
  ['domain-name', ['value']],
  ['email-addr', ['value']],
  ['email-message', ['from_ref', 'subject', 'body']],
  ['file', ['hashes', 'name', 'parent_directory_ref', 'extensions']],
  ['ipv4-addr', ['value']],
  ['ipv6-addr', ['value']],
  ['mac-addr', ['value']],
  ['mutex', ['name']],
  ['network-traffic', ['start', 'end', 'src_ref', 'dst_ref', 'src_port', 'dst_port', 'protocols', 'extensions']],
  ['software', ['name', 'cpe', 'swid', 'vendor', 'version']],
  ['url', ['value']],
  ['user-account', ['account_type', 'user_id', 'account_login']],
  ['windows-registry-key', ['key', 'values']],
  ['x509-certificate', ['hashes', 'serial_number']],
]);

/** Section 2.9: of several hashes one counts, in this order, so that tools that know others agree. */
const preferredHashes = ['MD5', 'SHA-1', 'SHA-256', 'SHA-512'] as const;

function oneHash(hashes: unknown): unknown {
  if (!isRecord(hashes)) return hashes;
  const name = preferredHashes.find((it) => Object.hasOwn(hashes, it)) ?? Object.keys(hashes).sort()[0];
  return name === undefined ? hashes : { [name]: hashes[name] };
}

/**
 * The identifier that the standard derives for an observable; `null` where it derives none: a `process`, an object with none
 * of the properties that count, and types that it does not define. Wallets and transactions have theirs from the published
 * extensions, whose name is the bare value.
 */
export function observableId(object: Readonly<Record<string, unknown>> & { readonly type: string }): StixId | null {
  const { value } = object;
  if (object.type === 'cryptocurrency-wallet') {
    const address = value ?? object.address;
    return typeof address === 'string' ? walletId(address) : null;
  }
  if (object.type === 'cryptocurrency-transaction') {
    const hash = value ?? object.hash;
    return typeof hash === 'string' ? transactionId(hash) : null;
  }
  const present = (contributing.get(object.type) ?? []).filter((name) => object[name] !== undefined);
  if (present.length === 0) return null;
  const parts = present.map((name) => [name, name === 'hashes' ? oneHash(object[name]) : object[name]]);
  return stixId(object.type, uuid5(stixNamespace, canonicalJson(Object.fromEntries(parts))));
}

/** Enough to see what a tool does otherwise. */
export const NOTES_MAX = 100;

/**
 * What is legal and yet worth saying: observables whose identifier is not the one that the standard derives, so that the same
 * thing from two tools will be two objects. Legal, because the standard says "should".
 */
export function idNotes(objects: readonly StixObject[]): Finding[] {
  const notes: Finding[] = [];
  for (const object of objects) {
    if (notes.length >= NOTES_MAX) break;
    const derived = observableId(object);
    if (derived !== null && derived !== object.id.toLowerCase())
      notes.push({ path: pointer([object.id]), detail: `the standard derives ${derived}` });
  }
  return notes;
}
