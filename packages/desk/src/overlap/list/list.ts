import { sha256 } from '@noble/hashes/sha2.js';
import { concat, sameBytes } from '../bytes.ts';
import { DIGEST_BYTES, HEADER_BYTES, headerBytes, LIST_MAX, type ListHeader, readHeader } from './header.ts';
import { isAscending, VALUE_BYTES, valueBytes, valuesIn } from './value.ts';

/** What partners cache: the values of everything that is not silent, and padding that looks the same. */
export interface List {
  readonly header: ListHeader;
  /** Ascending. */
  readonly values: BigUint64Array;
}

export type ListFault =
  | 'not a list' // another format, version or suite, or too large
  | 'length' // the bytes do not end where the head says
  | 'digest' // the values are not those that the head names
  | 'order' // values out of order or twice
  | 'base' // a difference from another list than the one at hand
  | 'difference'; // a difference removes what is not there or adds what is

export type ListRead =
  | { readonly list: List; readonly fault: null }
  | { readonly list: null; readonly fault: ListFault };

export const faulty = (fault: ListFault): ListRead => ({ list: null, fault });

/** A list of sorted values under a key. */
export function listOf(
  { epoch, serial, publicKey }: Pick<ListHeader, 'epoch' | 'serial' | 'publicKey'>,
  values: BigUint64Array,
): List {
  if (values.length > LIST_MAX) throw new RangeError(`a list has at most ${LIST_MAX} entries`);
  const digest = sha256(valueBytes(values));
  return { header: { epoch, serial, count: values.length, publicKey, digest }, values };
}

export const listBytes = ({ header, values }: List): Uint8Array => concat(headerBytes(header), valueBytes(values));

/**
 * Reads a list that a partner sent and checks what can be checked: form, bounds, order, digest. That it holds what the partner
 * works on cannot be checked by anyone.
 */
export function readList(bytes: Uint8Array): ListRead {
  const header = readHeader(bytes);
  if (header === null) return faulty('not a list');
  if (bytes.length !== HEADER_BYTES + header.count * VALUE_BYTES) return faulty('length');
  return checkedList(header, valuesIn(bytes.subarray(HEADER_BYTES)));
}

export function checkedList(header: ListHeader, values: BigUint64Array): ListRead {
  if (header.digest.length !== DIGEST_BYTES || !sameBytes(sha256(valueBytes(values)), header.digest))
    return faulty('digest');
  return isAscending(values) ? { list: { header, values }, fault: null } : faulty('order');
}
