import { sha256 } from '@noble/hashes/sha2.js';
import { bytesOf, concat, sameBytes } from '../bytes.ts';
import { ELEMENT_BYTES } from '../voprf/group.ts';
import { VALUE_BYTES } from './value.ts';

/**
 * The head of a list, 88 bytes, numbers little-endian:
 *
 *     0  4  "GJOL"                      16  4  count of values
 *     4  1  version of the format, 1    20  4  zero
 *     5  1  suite, 1                    24 32  public key: the commitment
 *     6  1  bytes of a value, 8         56 32  SHA-256 of the values
 *     7  1  zero
 *     8  4  epoch of the key
 *    12  4  serial of the list within the epoch
 *
 * Suite 1 is ristretto255-SHA512 in the verifiable mode of RFC 9497 with the inputs of `inputOf`.
 */
export interface ListHeader {
  readonly epoch: number;
  readonly serial: number;
  readonly count: number;
  readonly publicKey: Uint8Array;
  readonly digest: Uint8Array;
}

export const HEADER_BYTES = 88;
const magic = bytesOf('GJOL');
const fixed = concat(magic, Uint8Array.of(1, 1, VALUE_BYTES, 0));
export const DIGEST_BYTES = 32;

/** 10 million entries and their padding; as much as 134 MB. */
export const LIST_MAX = 2 ** 24;

export function headerBytes({ epoch, serial, count, publicKey, digest }: ListHeader): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(fixed);
  view.setUint32(8, epoch, true);
  view.setUint32(12, serial, true);
  view.setUint32(16, count, true);
  bytes.set(publicKey, 24);
  bytes.set(digest, 24 + ELEMENT_BYTES);
  return bytes;
}

/** Null where the bytes are no head of a list of this version and suite. */
export function readHeader(bytes: Uint8Array): ListHeader | null {
  if (bytes.length < HEADER_BYTES || !sameBytes(bytes.subarray(0, fixed.length), fixed)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const count = view.getUint32(16, true);
  if (count > LIST_MAX || view.getUint32(20, true) !== 0) return null;
  return {
    epoch: view.getUint32(8, true),
    serial: view.getUint32(12, true),
    count,
    publicKey: bytes.slice(24, 24 + ELEMENT_BYTES),
    digest: bytes.slice(24 + ELEMENT_BYTES, HEADER_BYTES),
  };
}

/** What names a list exactly: SHA-256 of its head, which holds the digest of its values. */
export const listId = (header: ListHeader): Uint8Array => sha256(headerBytes(header));
