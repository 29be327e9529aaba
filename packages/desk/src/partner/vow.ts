import type { DeskId, PublicKey } from '@gongjo/contract';
import { CompactSign, compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { z } from 'zod';
import { canonicalJson, detailOf, GongjoError } from '../kernel/index.ts';
import type { DeskKeys } from '../platform/index.ts';

/**
 * What two desks sign to each other about themselves – steps of a pairing, a change of a key, a comparison, a checkpoint – as JWS (RFC 7515) with EdDSA
 * over Ed25519 (RFC 8037), each kind with its own `typ` so that none can be taken for another.
 */
export const vowTypes = {
  pairing: 'gongjo-pairing+jws',
  key: 'gongjo-key+jws',
  overlap: 'gongjo-overlap+jws',
  audit: 'gongjo-audit+jws',
} as const;
export type VowType = (typeof vowTypes)[keyof typeof vowTypes];

const algorithm = 'EdDSA';
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function signVow(keys: DeskKeys, typ: VowType, payload: unknown): Promise<string> {
  return new CompactSign(encoder.encode(canonicalJson(payload)))
    .setProtectedHeader({ alg: algorithm, typ, kid: keys.keyId })
    .sign(keys.privateKey);
}

/** Throws `signature-invalid` unless this key signed something of this kind and shape. */
export async function verifyVow<T>(
  key: PublicKey,
  from: DeskId | string,
  typ: VowType,
  shape: z.ZodType<T>,
  jws: string,
): Promise<T> {
  try {
    const { payload, protectedHeader } = await compactVerify(jws, await importJWK(key, algorithm), {
      algorithms: [algorithm],
    });
    if (protectedHeader.typ !== typ) throw new Error('it is of another kind');
    return shape.parse(JSON.parse(decoder.decode(payload)));
  } catch (thrown) {
    const detail = thrown instanceof z.ZodError ? 'it does not say what it should' : detailOf(thrown);
    throw new GongjoError('signature-invalid', { desk: from, detail });
  }
}

/** What a message says before it is verified; null where it says nothing of this shape. */
export function claimedVow<T>(shape: z.ZodType<T>, jws: string): T | null {
  try {
    return shape.parse(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}

/** The key that a signature or token names, before it is verified. */
export function claimedKey(jws: string): string | null {
  try {
    return z.string().max(200).parse(decodeProtectedHeader(jws).kid);
  } catch {
    return null;
  }
}
