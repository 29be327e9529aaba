import type { PublicKey } from '@gongjo/contract';
import { verifyEd25519 } from '../../audit/index.ts';

/** A signed text, and the key that signed it. */
export interface VerifiedJws {
  readonly header: Readonly<Record<string, unknown>>;
  readonly key: PublicKey;
  payload(): unknown;
}

/** A compact JWS (RFC 7515) with EdDSA over Ed25519 (RFC 8037) that one of these keys made; null where none did. */
export function verifyJws(keys: readonly PublicKey[], jws: string): VerifiedJws | null {
  const [head = '', payload = '', signature = '', ...rest] = jws.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  if (rest.length > 0 || bytes.toString('base64url') !== signature) return null;
  const key = keys.find((it) => verifyEd25519(it, `${head}.${payload}`, bytes));
  if (!key) return null;
  const header = parse(head);
  if (typeof header !== 'object' || header === null || (header as { alg?: unknown }).alg !== 'EdDSA') return null;
  return { key, header: header as Record<string, unknown>, payload: () => parse(payload) };
}

function parse(base64url: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
