import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { type DeskId, type PublicKey, zDeskId } from '@gongjo/contract';
import fc from 'fast-check';
import { CompactSign, compactVerify, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { canonicalJson, GongjoError } from '../kernel/index.ts';
import { type DeskKeys, openKeys, sha256Hex } from '../platform/index.ts';
import {
  claimedDelivery,
  claimedIssuer,
  signDelivery,
  signReceipt,
  signToken,
  verifyDelivery,
  verifyReceipt,
  verifyToken,
} from './seal.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-seal-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const keysOf = async (name: string): Promise<DeskKeys> => openKeys(mkdtempSync(path.join(folder, name)));

const seoul = zDeskId.parse('seoul');
const washington = zDeskId.parse('washington');
const third = zDeskId.parse('third');
const [ours, theirs] = await Promise.all([keysOf('ours'), keysOf('theirs')]);
const id = '0b9e3c1e-6a53-4b8e-9d59-8f1f7c0f6a10';
const envelope = canonicalJson({ objects: [{ type: 'identity', name: '서울 – desk' }] });
const clockAt = (ms: number) => ({ now: () => ms, sleep: async () => undefined });
const noon = Date.UTC(2026, 0, 1, 12);

const hasCode = (code: string) => (thrown: unknown) => thrown instanceof GongjoError && thrown.code === code;
const verify = (signature: string, text = envelope, from: DeskId = seoul, to: DeskId = washington) =>
  verifyDelivery(ours.publicKey, from, to, text, signature);

/** The same text with the character at `at` exchanged for another that could stand there. */
function altered(text: string, at: number): string {
  const char = text[at] === 'A' ? 'B' : 'A';
  return `${text.slice(0, at)}${char}${text.slice(at + 1)}`;
}

describe('RFC 8037 appendix A', () => {
  // Keys, payload and signature as the RFC prints them.
  const publicKey: PublicKey = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
  const privateKey = { ...publicKey, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' };
  const jws =
    'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg';

  test('A.4: signing gives the published signature', async () => {
    const signed = await new CompactSign(new TextEncoder().encode('Example of Ed25519 signing'))
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(await importJWK(privateKey, 'EdDSA'));
    assert.equal(signed, jws);
  });

  test('A.5: the published signature verifies', async () => {
    const { payload } = await compactVerify(jws, await importJWK(publicKey, 'EdDSA'), { algorithms: ['EdDSA'] });
    assert.equal(new TextDecoder().decode(payload), 'Example of Ed25519 signing');
  });
});

describe('a delivery’s signature', () => {
  test('verifies, and names the delivery', async () => {
    const signature = await signDelivery(ours, seoul, washington, id, envelope);
    assert.equal(await verify(signature), id);
    assert.equal(claimedDelivery(signature), id);
  });

  test('is detached: it does not carry the envelope', async () => {
    const signature = await signDelivery(ours, seoul, washington, id, envelope);
    assert.match(signature, /^[\w-]+\.\.[\w-]+$/);
  });

  test('any text verifies that was signed, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), async (text, other) => {
        fc.pre(text !== other);
        const signature = await signDelivery(ours, seoul, washington, id, text);
        assert.equal(await verify(signature, text), id);
        await assert.rejects(verify(signature, other), hasCode('signature-invalid'));
      }),
      { numRuns: 50 },
    );
  });

  test('one character changed anywhere in header or signature breaks it', async () => {
    const signature = await signDelivery(ours, seoul, washington, id, envelope);
    for (let at = 0; at < signature.length; at += 1)
      await assert.rejects(verify(altered(signature, at)), hasCode('signature-invalid'), `at ${at}`);
  });

  test('the unused bits of its last character are part of it', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const signature = await signDelivery(ours, seoul, washington, id, envelope);
    for (const last of alphabet)
      if (!signature.endsWith(last))
        await assert.rejects(verify(signature.slice(0, -1) + last), hasCode('signature-invalid'), last);
  });

  test('one byte changed anywhere in the envelope breaks it', async () => {
    const signature = await signDelivery(ours, seoul, washington, id, envelope);
    const bytes = Buffer.from(envelope);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await assert.rejects(verify(signature, changed.toString('utf8')), hasCode('signature-invalid'), `at ${at}`);
    }
  });

  test('that another desk made is refused', async () => {
    const signature = await signDelivery(theirs, seoul, washington, id, envelope);
    await assert.rejects(verify(signature), hasCode('signature-invalid'));
  });

  test('under another sender’s name is refused', async () => {
    const signature = await signDelivery(ours, third, washington, id, envelope);
    await assert.rejects(verify(signature), hasCode('signature-invalid'));
  });

  test('meant for another recipient is refused', async () => {
    const signature = await signDelivery(ours, seoul, third, id, envelope);
    await assert.rejects(verify(signature), hasCode('signature-invalid'));
  });

  test('with the envelope attached is refused', async () => {
    const [header, , tail] = (await signDelivery(ours, seoul, washington, id, envelope)).split('.');
    const attached = `${header}.${Buffer.from(envelope).toString('base64url')}.${tail}`;
    await assert.rejects(verify(attached), hasCode('signature-invalid'));
  });

  for (const text of ['', '.', '..', '...', 'a.b', 'a.b.c', 'not base64!..x', `${'A'.repeat(10_000)}..A`]) {
    test(`${JSON.stringify(text.slice(0, 20))} is refused and claims nothing`, async () => {
      await assert.rejects(verify(text), hasCode('signature-invalid'));
      assert.equal(claimedDelivery(text), null);
    });
  }

  test('whose identifier is not a UUID is refused', async () => {
    const signature = await signDelivery(ours, seoul, washington, '../../etc', envelope);
    await assert.rejects(verify(signature), hasCode('signature-invalid'));
    assert.equal(claimedDelivery(signature), null);
  });
});

describe('algorithms other than EdDSA', () => {
  const header = { typ: 'gongjo-delivery+jws', iss: seoul, aud: washington, jti: id };
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  test('alg none is refused', async () => {
    await assert.rejects(verify(`${encode({ alg: 'none', ...header })}..`), hasCode('signature-invalid'));
    const token = new UnsecuredJWT()
      .setIssuer(seoul)
      .setAudience(washington)
      .setIssuedAt(noon / 1000)
      .encode();
    await assert.rejects(
      verifyToken(ours.publicKey, clockAt(noon), seoul, washington, token),
      hasCode('partner-token-invalid'),
    );
  });

  test('HS256 with the public key as its secret is refused', async () => {
    const secret = new TextEncoder().encode(ours.publicKey.x);
    const signed = await new CompactSign(new TextEncoder().encode(envelope))
      .setProtectedHeader({ alg: 'HS256', ...header })
      .sign(secret);
    const [head, , tail] = signed.split('.');
    await assert.rejects(verify(`${head}..${tail}`), hasCode('signature-invalid'));
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256', typ: 'gongjo-token+jwt' })
      .setIssuer(seoul)
      .setAudience(washington)
      .setIssuedAt(noon / 1000)
      .setExpirationTime(noon / 1000 + 60)
      .sign(secret);
    await assert.rejects(
      verifyToken(ours.publicKey, clockAt(noon), seoul, washington, token),
      hasCode('partner-token-invalid'),
    );
  });
});

describe('one kind of signature is not taken for another', () => {
  const facts = {
    delivery: id,
    from: seoul,
    by: washington,
    receivedAt: '2026-01-01T12:00:00.000Z',
    envelopeSha256: sha256Hex(envelope),
    objects: [],
  };
  const asToken = (jws: string) => verifyToken(ours.publicKey, clockAt(noon), seoul, washington, jws);
  const asReceipt = (jws: string) =>
    verifyReceipt(ours.publicKey, washington, seoul, { id, envelopeSha256: sha256Hex(envelope) }, jws);
  const attached = (signature: string, text: string) =>
    signature.replace('..', `.${Buffer.from(text).toString('base64url')}.`);

  test('a receipt is a receipt for exactly one delivery', async () => {
    const jws = await signReceipt(ours, facts);
    assert.deepEqual(await asReceipt(jws), facts);
    for (const wrong of [
      { ...facts, delivery: '0b9e3c1e-6a53-4b8e-9d59-8f1f7c0f6a11' },
      { ...facts, from: third },
      { ...facts, by: third },
      { ...facts, envelopeSha256: sha256Hex('other') },
    ])
      await assert.rejects(asReceipt(await signReceipt(ours, wrong)), hasCode('signature-invalid'));
    await assert.rejects(asReceipt(await signReceipt(theirs, facts)), hasCode('signature-invalid'));
  });

  test('a delivery of a receipt’s text is not a receipt', async () => {
    const text = canonicalJson(facts);
    const signature = await signDelivery(ours, washington, seoul, id, text);
    await assert.rejects(asReceipt(attached(signature, text)), hasCode('signature-invalid'));
  });

  test('a receipt is not a delivery and not a token', async () => {
    const jws = await signReceipt(ours, facts);
    const [header, , tail] = jws.split('.');
    await assert.rejects(verify(`${header}..${tail}`, canonicalJson(facts)), hasCode('signature-invalid'));
    await assert.rejects(asToken(jws), hasCode('partner-token-invalid'));
    assert.equal(claimedDelivery(`${header}..${tail}`), null);
  });

  test('a token is not a delivery and not a receipt', async () => {
    const jws = await signToken(ours, clockAt(noon), seoul, washington);
    const [header, payload, tail] = jws.split('.');
    const text = Buffer.from(payload ?? '', 'base64url').toString();
    await assert.rejects(verify(`${header}..${tail}`, text), hasCode('signature-invalid'));
    await assert.rejects(asReceipt(jws), hasCode('signature-invalid'));
  });

  test('a delivery of a token’s claims is not a token', async () => {
    const nowS = noon / 1000;
    const claims = JSON.stringify({ iss: seoul, aud: washington, iat: nowS, exp: nowS + 60 });
    const signature = await signDelivery(ours, seoul, washington, id, claims);
    await assert.rejects(asToken(attached(signature, claims)), hasCode('partner-token-invalid'));
  });
});

describe('a token', () => {
  const verifyAt = async (ms: number, token: string) =>
    verifyToken(ours.publicKey, clockAt(ms), seoul, washington, token);

  test('says who asks', async () => {
    const token = await signToken(ours, clockAt(noon), seoul, washington);
    assert.equal(claimedIssuer(token), seoul);
    await verifyAt(noon, token);
  });

  test('is good for a minute, with a minute of clock difference forgiven each way', async () => {
    const token = await signToken(ours, clockAt(noon), seoul, washington);
    for (const goodAtS of [-59, 0, 59, 118]) await verifyAt(noon + goodAtS * 1000, token);
    for (const badAtS of [-3600, -62, 122, 3600])
      await assert.rejects(verifyAt(noon + badAtS * 1000, token), hasCode('partner-token-invalid'), `${badAtS}`);
  });

  test('that gives itself a long life is refused all the same', async () => {
    const long = await new SignJWT()
      .setProtectedHeader({ alg: 'EdDSA', typ: 'gongjo-token+jwt' })
      .setIssuer(seoul)
      .setAudience(washington)
      .setIssuedAt(noon / 1000)
      .setExpirationTime(noon / 1000 + 365 * 86_400)
      .sign(ours.privateKey);
    await assert.rejects(verifyAt(noon + 3_600_000, long), hasCode('partner-token-invalid'));
  });

  test('without a time is refused', async () => {
    const timeless = await new SignJWT()
      .setProtectedHeader({ alg: 'EdDSA', typ: 'gongjo-token+jwt' })
      .setIssuer(seoul)
      .setAudience(washington)
      .sign(ours.privateKey);
    await assert.rejects(verifyAt(noon, timeless), hasCode('partner-token-invalid'));
  });

  test('of another desk, or for another desk, is refused', async () => {
    for (const token of [
      await signToken(theirs, clockAt(noon), seoul, washington),
      await signToken(ours, clockAt(noon), third, washington),
      await signToken(ours, clockAt(noon), seoul, third),
    ])
      await assert.rejects(verifyAt(noon, token), hasCode('partner-token-invalid'));
  });

  test('that cannot be read claims nobody', () => {
    for (const text of ['', 'a.b.c', '....', 'null']) assert.equal(claimedIssuer(text), null);
  });
});
