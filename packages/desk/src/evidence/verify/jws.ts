import { createPublicKey, verify } from 'node:crypto';
import type { PublicKey } from '@gongjo/contract';

/** A compact JWS (RFC 7515) with EdDSA over Ed25519 (RFC 8037) that one of these keys made; null where none did. */
export function verifyJws(
  keys: readonly PublicKey[],
  jws: string,
): { readonly header: Readonly<Record<string, unknown>>; payload(): unknown } | null {
  const [head = '', payload = '', signature = '', ...rest] = jws.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  if (rest.length > 0 || bytes.toString('base64url') !== signature) return null;
  const signed = Buffer.from(`${head}.${payload}`);
  const isSigned = keys.some(({ kty, crv, x }) =>
    verify(null, signed, createPublicKey({ key: { kty, crv, x }, format: 'jwk' }), bytes),
  );
  if (!isSigned) return null;
  const header = parse(head);
  if (typeof header !== 'object' || header === null || (header as { alg?: unknown }).alg !== 'EdDSA') return null;
  return { header: header as Record<string, unknown>, payload: () => parse(payload) };
}

function parse(base64url: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
