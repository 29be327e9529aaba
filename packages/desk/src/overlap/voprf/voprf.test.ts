import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { ristretto255 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { bytesOf } from '../bytes.ts';
import { reference } from './reference.fixture.ts';
import { openGroup } from './sodium-group.ts';
import { type Evaluated, voprfOver } from './voprf.ts';

const group = await openGroup();
const voprf = voprfOver(group);
const keys = voprf.keysOf(randomBytes(32), bytesOf('test'));
const other = voprf.keysOf(randomBytes(32), bytesOf('test'));

const ask = (inputs: readonly Uint8Array[]) =>
  inputs.map((input) => ({ input, ...voprf.blind(input, randomBytes(64)) }));
const elementsOf = (asked: readonly { readonly element: Uint8Array }[]) => asked.map(({ element }) => element);
const answer = (asked: readonly { readonly element: Uint8Array }[], by = keys): Evaluated => {
  const evaluated = voprf.evaluateBlinded(by, elementsOf(asked), randomBytes(64));
  assert.ok(evaluated !== null);
  return evaluated;
};

const uint8 = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

test('the fast implementation equals the reference one on random keys, inputs and batches', () => {
  fc.assert(
    fc.property(
      uint8(32),
      fc.uint8Array({ maxLength: 40 }),
      fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 5 }),
      (seed, info, inputs) => {
        const fast = voprf.keysOf(seed, info);
        assert.deepEqual(fast, reference.keysOf(seed, info));
        const asked = ask(inputs);
        const byFast = answer(asked, fast);
        const byReference = reference.evaluateBlinded(fast, elementsOf(asked), randomBytes(64));
        assert.ok(byReference !== null);
        assert.deepEqual(byFast.elements, byReference.elements);
        // Each takes the other's proof, and both come to what the holder of the key knows alone.
        const expected = inputs.map((input) => voprf.evaluate(fast.secretKey, input));
        assert.deepEqual(voprf.finalize(asked, byReference, fast.publicKey), expected);
        assert.deepEqual(reference.finalize(asked, byFast, fast.publicKey), expected);
      },
    ),
    { numRuns: 25 },
  );
});

test('group operations equal those of the reference on random elements and scalars', () => {
  const big = (bytes: Uint8Array) => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const { Point } = ristretto255;
  const order = Point.Fn.ORDER;
  fc.assert(
    fc.property(uint8(64), uint8(64), uint8(64), uint8(64), (u, v, x, y) => {
      const [a, b] = [group.elementOf(u), group.elementOf(v)];
      const [s, t] = [group.scalarOf(x), group.scalarOf(y)];
      assert.equal(big(s), big(x) % order);
      assert.equal(big(group.scalarProduct(s, t)), (big(s) * big(t)) % order);
      assert.equal(big(group.scalarDifference(s, t)), (big(s) - big(t) + order) % order);
      assert.equal((big(group.scalarInverse(s)) * big(s)) % order, 1n);
      assert.ok(group.isElement(a));
      assert.deepEqual(group.add(a, b), Point.fromBytes(a).add(Point.fromBytes(b)).toBytes());
      assert.deepEqual(group.multiply(s, a), Point.fromBytes(a).multiply(big(s)).toBytes());
      assert.deepEqual(group.multiplyGenerator(t), Point.BASE.multiply(big(t)).toBytes());
    }),
    { numRuns: 20 },
  );
});

test('section 2.1: the identity and what is no canonical encoding are no elements; scalars end below the order', () => {
  const order = ristretto255.Point.Fn.ORDER;
  const little = (value: bigint) =>
    Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * at)) & 0xffn));
  assert.equal(group.isElement(new Uint8Array(32)), false);
  // RFC 9496 appendix A.2: a non-canonical field element, a negative one, a non-square.
  for (const bad of [
    '00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    '0100000000000000000000000000000000000000000000000000000000000000',
    '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371',
  ])
    assert.equal(group.isElement(Buffer.from(bad, 'hex')), false, bad);
  assert.equal(group.isElement(new Uint8Array(31)), false);
  assert.equal(group.isScalar(little(order - 1n)), true);
  assert.equal(group.isScalar(little(order)), false);
  assert.equal(group.isScalar(little(order + 5n)), false);
});

test('a batch with an element that is none is not answered', () => {
  const asked = elementsOf(ask([bytesOf('a'), bytesOf('b')]));
  assert.equal(voprf.evaluateBlinded(keys, [asked[0]!, new Uint8Array(32)], randomBytes(64)), null);
  assert.equal(voprf.evaluateBlinded(keys, [], randomBytes(64)), null);
});

test('the proof catches another key, for the whole batch or for one question of it', () => {
  const asked = ask([bytesOf('a'), bytesOf('b'), bytesOf('c')]);
  const honest = answer(asked);
  const cheat = answer(asked, other);
  assert.ok(voprf.finalize(asked, honest, keys.publicKey) !== null);
  assert.equal(voprf.finalize(asked, cheat, keys.publicKey), null);
  assert.equal(voprf.finalize(asked, { ...honest, elements: cheat.elements }, keys.publicKey), null);
  for (const at of asked.keys()) {
    const elements = honest.elements.with(at, cheat.elements[at]!);
    // Proved under the key that was committed to, and under the other one: neither is taken.
    assert.equal(voprf.finalize(asked, { ...honest, elements }, keys.publicKey), null);
    assert.equal(voprf.finalize(asked, { elements, proof: cheat.proof }, keys.publicKey), null);
  }
  // A proof that is right for its own key says nothing under the commitment of everybody.
  const perAsker = { secretKey: other.secretKey, publicKey: keys.publicKey };
  assert.equal(voprf.finalize(asked, answer(asked, perAsker), keys.publicKey), null);
});

test('answers in another order, too few, too many, and every changed bit of a proof are refused', () => {
  const asked = ask([bytesOf('a'), bytesOf('b')]);
  const honest = answer(asked);
  assert.equal(voprf.finalize(asked, { ...honest, elements: honest.elements.toReversed() }, keys.publicKey), null);
  assert.equal(voprf.finalize(asked, { ...honest, elements: honest.elements.slice(1) }, keys.publicKey), null);
  assert.equal(voprf.finalize(asked.slice(1), honest, keys.publicKey), null);
  for (let at = 0; at < honest.proof.length; at += 7) {
    const proof = honest.proof.with(at, honest.proof[at]! ^ (1 << (at % 8)));
    assert.equal(voprf.finalize(asked, { ...honest, proof }, keys.publicKey), null);
  }
  for (const proof of [new Uint8Array(64), new Uint8Array(63), new Uint8Array()])
    assert.equal(voprf.finalize(asked, { ...honest, proof }, keys.publicKey), null);
  assert.equal(voprf.finalize(asked, honest, new Uint8Array(32)), null);
});
