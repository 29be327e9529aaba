import { sha1 } from '@noble/hashes/legacy.js';
import { hexOf } from '../kernel/index.ts';

/**
 * Name-based UUIDs, version 5 (RFC 9562 section 5.5). SHA-1 is what the standard prescribes; nothing here rests on its
 * collision resistance, because a UUID names a thing and proves nothing about it.
 */

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function bytesOf(uuid: string): Uint8Array {
  if (!uuidForm.test(uuid)) throw new TypeError(`namespace is not a lower-case UUID: ${uuid}`);
  const digits = uuid.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

/** The UUIDv5 of `name` (taken as UTF-8) in `namespace` (a lower-case UUID; anything else throws `TypeError`). */
export function uuid5(namespace: string, name: string): string {
  const digest = sha1.create().update(bytesOf(namespace)).update(new TextEncoder().encode(name)).digest();
  const bytes = Uint8Array.from(digest.subarray(0, 16), (byte, i) => {
    if (i === 6) return (byte & 0x0f) | 0x50;
    if (i === 8) return (byte & 0x3f) | 0x80;
    return byte;
  });
  const hex = hexOf(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
