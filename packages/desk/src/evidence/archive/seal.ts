import type { PublicKey } from '@gongjo/contract';
import { verifyEd25519 } from '../../audit/index.ts';
import { canonicalJson } from '../../kernel/index.ts';
import type { DeskKeys } from '../../platform/index.ts';
import { type Statement, zStatement } from './manifest.ts';

/**
 * The signature of a package: a compact JWS (RFC 7515) with EdDSA over Ed25519 (RFC 8037), as desks sign to each other, whose
 * header and payload are canonical JSON. Its text follows from the statement and the key but for the signature itself.
 */
const type = 'gongjo-evidence+jws';

const encode = (text: string | Uint8Array) => Buffer.from(text).toString('base64url');

/** Everything before the last dot. */
export function signedPart(kid: string, statement: Statement): string {
  return `${encode(canonicalJson({ alg: 'EdDSA', kid, typ: type }))}.${encode(canonicalJson(statement))}`;
}

export async function sealManifest(keys: DeskKeys, statement: Statement): Promise<string> {
  const part = signedPart(keys.keyId, statement);
  const signature = await crypto.subtle.sign('Ed25519', keys.privateKey, Buffer.from(part));
  return `${part}.${encode(new Uint8Array(signature))}`;
}

export function holdsFor(key: PublicKey, part: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  if (bytes.length !== 64 || bytes.toString('base64url') !== signature) return false;
  return verifyEd25519(key, part, bytes);
}

/** What a signature says, if it is in the one form; its signature is not looked at. */
export function claimedStatement(jws: string): Statement | null {
  try {
    const [, payload = ''] = jws.split('.');
    const parsed = zStatement.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
