import { createHash } from 'node:crypto';
import type { PublicKey } from '@gongjo/contract';
import { fingerprintOfId } from '../../kernel/index.ts';

/** RFC 7638: SHA-256 over the required members in lexical order, base64url. */
export function thumbprint({ crv, kty, x }: PublicKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}

/** As people compare it: hexadecimal in groups of four. */
export function fingerprint(key: PublicKey): string {
  return fingerprintOfId(thumbprint(key));
}
