import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import type { DeliveryProof } from '@gongjo/contract';
import { findParty, proofWithKeys, sendNext } from '../partner/index.ts';
import { nextWaiting, recallByHand } from '../sharing/index.ts';
import { type ExchangeDesk, openExchangeDesk, pair, partnerOf, report } from './exchange.fixture.ts';

let seoul: ExchangeDesk;
let washington: ExchangeDesk;
before(async () => {
  seoul = await openExchangeDesk('seoul', 'KR');
  washington = await openExchangeDesk('washington', 'US');
});
beforeEach(async () => {
  await seoul.empty();
  await washington.empty();
  await pair(seoul.context, washington.context);
});
after(async () => {
  await seoul.close();
  await washington.close();
});

const carryAll = async () => {
  const partner = await partnerOf(seoul.context, washington.context);
  while ((await sendNext(seoul.context, partner, new AbortController().signal)).state === 'more');
};

/** A stranger's check: Node's own cryptography, RFC 7515 and RFC 8037, nothing of this project. */
function verified(
  jws: string,
  keys: DeliveryProof['keys'][string] | undefined,
  payload?: string,
): Record<string, unknown> {
  const [header = '', body = '', signature = ''] = jws.split('.');
  const { kid, alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string; alg: string };
  assert.equal(alg, 'EdDSA');
  const jwk = keys?.find((it) => it.kid === kid);
  assert.ok(jwk, 'the key that the signature names is in the proof');
  const { kid: _, ...key } = jwk;
  const signed = `${header}.${payload === undefined ? body : Buffer.from(payload).toString('base64url')}`;
  const isValid = verify(
    null,
    Buffer.from(signed),
    createPublicKey({ key, format: 'jwk' }),
    Buffer.from(signature, 'base64url'),
  );
  assert.ok(isValid, 'the signature verifies');
  return payload === undefined ? JSON.parse(Buffer.from(body, 'base64url').toString()) : {};
}

test('both sides can prove a delivery, its receipt and its recall to a stranger', async () => {
  const incident = await report(seoul.context, [await partnerOf(seoul.context, washington.context)], 1, [1]);
  const id = (await nextWaiting(seoul.context.records, 'washington'))?.id ?? '';
  await carryAll();
  await seoul.context.records.transaction((tx) =>
    recallByHand(
      tx,
      { ...seoul.context, party: findParty },
      { what: incident, reason: { en: 'wrong', ko: 'wrong' }, by: 'kim' },
    ),
  );
  await carryAll();
  for (const side of [seoul, washington]) {
    const proof = await proofWithKeys(side.context, id);
    assert.deepEqual([proof.sender, proof.receiver], ['seoul', 'washington']);
    verified(proof.signature ?? '', proof.keys.seoul, proof.envelope);
    const receipt = verified(proof.receipt ?? '', proof.keys.washington);
    assert.equal(receipt.envelopeSha256, createHash('sha256').update(proof.envelope).digest('hex'));
    assert.equal(receipt.delivery, id);
    assert.equal(proof.recalledBy.length, 1);
    const recall = await proofWithKeys(side.context, proof.recalledBy[0] ?? '');
    verified(recall.signature ?? '', recall.keys.seoul, recall.envelope);
    const done = verified(recall.receipt ?? '', recall.keys.washington).recalled as { done: string }[];
    assert.ok(done.length > 0 && done.every((it) => it.done === 'withdrawn'));
  }
  const forged = await proofWithKeys(seoul.context, id);
  assert.throws(() => verified(forged.signature ?? '', forged.keys.seoul, `${forged.envelope} `), /verifies/);
});
