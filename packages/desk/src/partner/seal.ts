import { randomUUID } from 'node:crypto';
import { type DeskId, type PublicKey, zSha256 } from '@gongjo/contract';
import { CompactSign, compactVerify, decodeJwt, decodeProtectedHeader, importJWK, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { canonicalJson, detailOf, GongjoError } from '../kernel/index.ts';
import type { Clock, DeskKeys } from '../platform/index.ts';
import type { ReceiptFacts } from '../sharing/index.ts';

/**
 * Signatures between desks: JWS (RFC 7515) with EdDSA over Ed25519 (RFC 8037).
 * A delivery's payload, the TAXII envelope in canonical JSON (RFC 8785), is detached (RFC 7515 appendix F): it travels as the
 * request's body, the rest in the header `Gongjo-Signature`. The signed header names sender, recipient and delivery, so that
 * a bundle cannot be passed on as if it had been meant for somebody else. Each kind has its own `typ`, so that none can be
 * taken for another.
 */
const algorithm = 'EdDSA';
const types = {
  delivery: 'gongjo-delivery+jws',
  receipt: 'gongjo-receipt+jws',
  token: 'gongjo-token+jwt',
  request: 'gongjo-hold+jws',
} as const;

/** A partner's request is believed for this long after it was made, and this much clock difference is forgiven. */
const tokenLifeS = 60;
export const clockToleranceS = 60;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export async function signDelivery(
  keys: DeskKeys,
  from: DeskId,
  to: DeskId,
  id: string,
  envelope: string,
): Promise<string> {
  const jws = await new CompactSign(encoder.encode(envelope))
    .setProtectedHeader({ alg: algorithm, typ: types.delivery, kid: keys.keyId, iss: from, aud: to, jti: id })
    .sign(keys.privateKey);
  const [header, , signature] = jws.split('.');
  return `${header}..${signature}`;
}

/** A request to somebody who is no desk, detached as a delivery is. */
export async function signRequest(keys: DeskKeys, from: DeskId, body: Uint8Array): Promise<string> {
  const jws = await new CompactSign(body)
    .setProtectedHeader({ alg: algorithm, typ: types.request, kid: keys.keyId, iss: from })
    .sign(keys.privateKey);
  const [header, , signature] = jws.split('.');
  return `${header}..${signature}`;
}

const zDeliveryHeader = z.object({ typ: z.literal(types.delivery), iss: z.string(), aud: z.string(), jti: z.uuid() });

/** The delivery's identifier as its header says it, before anything is verified; null where there is none to read. */
export function claimedDelivery(signature: string): string | null {
  try {
    return zDeliveryHeader.parse(decodeProtectedHeader(signature)).jti;
  } catch {
    return null;
  }
}

/** Throws `signature-invalid` unless `from` signed exactly this envelope for `to`. Answers the delivery's identifier. */
export async function verifyDelivery(
  key: PublicKey,
  from: DeskId,
  to: DeskId,
  envelope: string,
  signature: string,
): Promise<string> {
  const invalid = (detail: string) => new GongjoError('signature-invalid', { desk: from, detail });
  const parts = signature.split('.');
  if (parts.length !== 3 || parts[1] !== '') throw invalid('it is not a detached JWS');
  if (!isCanonical(parts[2] ?? '')) throw invalid('it is not in base64url');
  try {
    const attached = `${parts[0]}.${Buffer.from(envelope).toString('base64url')}.${parts[2]}`;
    const { protectedHeader } = await compactVerify(attached, await importJWK(key, algorithm), {
      algorithms: [algorithm],
    });
    const header = zDeliveryHeader.parse(protectedHeader);
    if (header.iss !== from || header.aud !== to) throw new Error('it names another sender or recipient');
    return header.jti;
  } catch (thrown) {
    throw invalid(thrown instanceof z.ZodError ? 'its header is not that of a delivery' : detailOf(thrown));
  }
}

/** The last character of a signature has bits that decoders ignore; without this, sixteen texts would be one signature. */
function isCanonical(base64url: string): boolean {
  return Buffer.from(base64url, 'base64url').toString('base64url') === base64url;
}

const zReceipt = z.object({
  delivery: z.uuid(),
  from: z.string(),
  by: z.string(),
  receivedAt: z.iso.datetime({ precision: 3 }),
  envelopeSha256: zSha256,
  objects: z.array(
    z.object({ id: z.string(), modified: z.string().nullable(), tlp: z.string().nullable(), sha256: z.string() }),
  ),
  refused: z
    .array(
      z.object({ index: z.int(), id: z.string().nullable(), code: z.string().max(100), detail: z.string().max(2000) }),
    )
    .optional(),
  recalled: z
    .array(z.object({ id: z.string(), modified: z.string().nullable(), done: z.enum(['withdrawn', 'unknown']) }))
    .optional(),
});

export async function signReceipt(keys: DeskKeys, facts: ReceiptFacts): Promise<string> {
  return new CompactSign(encoder.encode(canonicalJson(facts)))
    .setProtectedHeader({ alg: algorithm, typ: types.receipt, kid: keys.keyId })
    .sign(keys.privateKey);
}

/** Throws `signature-invalid` unless the partner signed a receipt for exactly this delivery. */
export async function verifyReceipt(
  key: PublicKey,
  by: DeskId,
  from: DeskId,
  delivery: { readonly id: string; readonly envelopeSha256: string },
  jws: string,
): Promise<ReceiptFacts> {
  try {
    const { payload, protectedHeader } = await compactVerify(jws, await importJWK(key, algorithm), {
      algorithms: [algorithm],
    });
    if (protectedHeader.typ !== types.receipt) throw new Error('it is not a receipt');
    const facts = zReceipt.parse(JSON.parse(decoder.decode(payload)));
    if (
      facts.by !== by ||
      facts.from !== from ||
      facts.delivery !== delivery.id ||
      facts.envelopeSha256 !== delivery.envelopeSha256
    )
      throw new Error('it is a receipt for something else');
    return facts;
  } catch (thrown) {
    throw new GongjoError('signature-invalid', { desk: by, detail: detailOf(thrown) }, thrown);
  }
}

/** Proves to a partner who is asking; good once, for one minute and for that partner alone. No secret is shared or stored. */
export async function signToken(
  keys: DeskKeys,
  clock: Clock,
  from: DeskId,
  to: DeskId,
  id: string = randomUUID(),
): Promise<string> {
  const nowS = Math.floor(clock.now() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: algorithm, typ: types.token, kid: keys.keyId })
    .setIssuer(from)
    .setAudience(to)
    .setJti(id)
    .setIssuedAt(nowS)
    .setExpirationTime(nowS + tokenLifeS)
    .sign(keys.privateKey);
}

/** What a token that was verified is known by, so that it is good once; null where it names nothing. */
export function tokenId(token: string): string | null {
  return decodeJwt(token).jti ?? null;
}

/** Who a token says it is from, before it is verified; null where it says nothing. */
export function claimedIssuer(token: string): string | null {
  try {
    return decodeJwt(token).iss ?? null;
  } catch {
    return null;
  }
}

export async function verifyToken(
  key: PublicKey,
  clock: Clock,
  from: DeskId,
  to: DeskId,
  token: string,
): Promise<void> {
  try {
    await jwtVerify(token, await importJWK(key, algorithm), {
      algorithms: [algorithm],
      issuer: from,
      audience: to,
      typ: types.token,
      maxTokenAge: tokenLifeS,
      clockTolerance: clockToleranceS,
      currentDate: new Date(clock.now()),
    });
  } catch (thrown) {
    throw new GongjoError('partner-token-invalid', { detail: detailOf(thrown) }, thrown);
  }
}
