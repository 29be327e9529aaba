import { sha512 } from '@noble/hashes/sha2.js';
import { bytesOf, concat, twoBytes } from '../bytes.ts';
import { UNIFORM_BYTES } from './group.ts';

/** The block of SHA-512 that `expand_message_xmd` begins with; it is the same for every message. */
const blockBytes = 128;
const begun = sha512.create().update(new Uint8Array(blockBytes));
const domainBytesMax = 255;

/**
 * `expand_message_xmd` of RFC 9380 section 5.3.1 with SHA-512, for the one length that ristretto255 asks for: 64 bytes, which is
 * one round of the hash. The answer for a domain is a function, because a list is expanded under one domain a million times.
 */
export function expander(domain: Uint8Array): (message: Uint8Array) => Uint8Array {
  if (domain.length > domainBytesMax) throw new RangeError('a domain separation tag has at most 255 bytes');
  const tag = concat(domain, Uint8Array.of(domain.length));
  const tail = concat(twoBytes(UNIFORM_BYTES), Uint8Array.of(0), tag);
  const first = concat(Uint8Array.of(1), tag);
  return (message) => {
    const seed = begun.clone().update(message).update(tail).digest();
    return sha512.create().update(seed).update(first).digest();
  };
}

/** The context string of RFC 9497 section 3.1: mode 1 (VOPRF) of ristretto255-SHA512. */
export const contextString = concat(bytesOf('OPRFV1-'), Uint8Array.of(1), bytesOf('-ristretto255-SHA512'));

export const inContext = (label: string): Uint8Array => concat(bytesOf(label), contextString);
