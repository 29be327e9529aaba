import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Compact, frontierOf } from './append.ts';
import { emptyRoot, type Hash, leafHash, nodeHash } from './hash.ts';
import { naivePath, naiveProof, naiveRoot, readerOf } from './naive.fixture.ts';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proof.ts';
import { rootOf, splitOf } from './subtree.ts';

const leavesOf = (n: number): Hash[] => Array.from({ length: n }, (_, at) => leafHash(`entry ${at}`));
const hex = (hash: Hash) => Buffer.from(hash).toString('hex');
const flipped = (hash: Hash, at: number): Hash => hash.map((byte, n) => (n === at % 32 ? byte ^ 1 : byte));

/** All sizes up to just beyond a power of two. */
const sizesMax = 130;
const all = leavesOf(sizesMax);

describe('2.1.1 Merkle Tree Hash', () => {
  test('of nothing is SHA-256 of nothing', () => {
    assert.equal(hex(emptyRoot), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test('of the empty entry is SHA-256 of one zero byte', () => {
    assert.equal(hex(leafHash('')), '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  });

  test('a leaf that holds two hashes is not their node', () => {
    const [a, b] = [leafHash('a'), leafHash('b')];
    assert.notEqual(hex(leafHash(Buffer.concat([Uint8Array.of(1), a, b]))), hex(nodeHash(a, b)));
  });

  test('the seven entries of the example in section 2.1.5 stand as its picture draws them', async () => {
    // hash = (((a b) (c d)) ((e f) j))
    const [a, b, c, d, e, f, j] = leavesOf(7) as [Hash, Hash, Hash, Hash, Hash, Hash, Hash];
    const [g, h, i] = [nodeHash(a, b), nodeHash(c, d), nodeHash(e, f)];
    const [k, l] = [nodeHash(g, h), nodeHash(i, j)];
    const read = readerOf([a, b, c, d, e, f, j]);
    assert.equal(hex(await rootOf(7, read)), hex(nodeHash(k, l)));
    const path = async (at: number) => (await inclusionProof(at, 7, read)).map(hex);
    assert.deepEqual(await path(0), [b, h, l].map(hex));
    assert.deepEqual(await path(3), [c, g, l].map(hex));
    assert.deepEqual(await path(4), [f, j, k].map(hex));
    assert.deepEqual(await path(6), [i, k].map(hex));
    const proof = async (first: number) => (await consistencyProof(first, 7, read)).map(hex);
    assert.deepEqual(await proof(3), [c, d, g, l].map(hex));
    assert.deepEqual(await proof(4), [l].map(hex));
    assert.deepEqual(await proof(6), [i, j, k].map(hex));
  });
});

test(`roots, proofs and their verification equal the recursive definitions, for all sizes to ${sizesMax}`, async () => {
  const compact = new Compact();
  for (let size = 0; size <= sizesMax; size += 1) {
    const leaves = all.slice(0, size);
    const read = readerOf(leaves);
    const root = naiveRoot(leaves);
    assert.equal(hex(await rootOf(size, read)), hex(root));
    assert.equal(hex(compact.root()), hex(root));
    for (let index = 0; index < size; index += 1) {
      const proof = await inclusionProof(index, size, read);
      assert.deepEqual(proof.map(hex), naivePath(index, leaves).map(hex));
      assert.ok(verifyInclusion(index, size, leaves[index] as Hash, proof, root), `${index} of ${size}`);
    }
    const next = all[size];
    if (next) compact.add(next);
  }
  // Consistency of every pair.
  const whole = readerOf(all);
  for (let second = 1; second <= sizesMax; second += 1) {
    const newer = naiveRoot(all.slice(0, second));
    for (let first = 1; first <= second; first += 1) {
      const proof = await consistencyProof(first, second, whole);
      assert.deepEqual(proof.map(hex), naiveProof(first, all.slice(0, second)).map(hex));
      assert.ok(verifyConsistency(first, second, naiveRoot(all.slice(0, first)), newer, proof), `${first} ${second}`);
    }
  }
});

const trees = fc.integer({ min: 1, max: 3000 });
/** Printed by fast-check with its seed where a property fails. */
const runs = { numRuns: 60 };

test('larger trees at random', async () => {
  const leaves = leavesOf(3000);
  await fc.assert(
    fc.asyncProperty(trees, fc.nat(), fc.nat(), async (size, at, before) => {
      const some = leaves.slice(0, size);
      const read = readerOf(leaves);
      const root = await rootOf(size, read);
      assert.equal(hex(root), hex(naiveRoot(some)));
      const index = at % size;
      assert.ok(verifyInclusion(index, size, some[index] as Hash, await inclusionProof(index, size, read), root));
      const first = (before % size) + 1;
      const proof = await consistencyProof(first, size, read);
      assert.ok(verifyConsistency(first, size, naiveRoot(leaves.slice(0, first)), root, proof));
      // A proof, an append and a root read O(log n) hashes.
      const log = Math.ceil(Math.log2(size + 1));
      assert.ok(read.read <= 3 * (log + 1) ** 2, `${read.read} reads for ${size}`);
      assert.ok(frontierOf(size).length <= log);
    }),
    runs,
  );
});

test('what was changed in any place proves nothing', async () => {
  const leaves = leavesOf(600);
  const read = readerOf(leaves);
  const change = fc.constantFrom('leaf', 'root', 'proof', 'longer', 'shorter', 'index', 'size', 'swapped');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 3, max: 600 }), fc.nat(), fc.nat(), change, async (size, at, n, kind) => {
      const index = at % size;
      const leaf = leaves[index] as Hash;
      const root = await rootOf(size, read);
      const proof = await inclusionProof(index, size, read);
      const bad: Record<typeof kind, Parameters<typeof verifyInclusion>> = {
        leaf: [index, size, flipped(leaf, n), proof, root],
        root: [index, size, leaf, proof, flipped(root, n)],
        proof: [index, size, leaf, proof.map((it, k) => (k === n % proof.length ? flipped(it, n) : it)), root],
        longer: [index, size, leaf, [...proof, leaf], root],
        shorter: [index, size, leaf, proof.slice(1), root],
        index: [(index + 1) % size, size, leaf, proof, root],
        size: [index, index, leaf, proof, root],
        swapped: [index, size, leaf, proof.length > 1 ? [...proof].reverse() : [], root],
      };
      assert.equal(verifyInclusion(...bad[kind]), false);
      const first = (n % (size - 1)) + 1;
      const old = await rootOf(first, read);
      const steps = await consistencyProof(first, size, read);
      const forked: Record<typeof kind, Parameters<typeof verifyConsistency>> = {
        leaf: [first, size, flipped(old, n), root, steps],
        root: [first, size, old, flipped(root, n), steps],
        proof: [first, size, old, root, steps.map((it, k) => (k === n % steps.length ? flipped(it, n) : it))],
        longer: [first, size, old, root, [...steps, leaf]],
        shorter: [first, size, old, root, steps.slice(1)],
        index: [size, first, root, old, steps],
        size: [first, first, old, root, []],
        swapped: [first, size, root, old, steps],
      };
      assert.equal(verifyConsistency(...forked[kind]), false);
    }),
    { numRuns: 300 },
  );
});

test('a fork at any place has no proof', async () => {
  const leaves = leavesOf(200);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 200 }), fc.nat(), fc.nat(), async (size, at, grown) => {
      const first = (at % (size - 1)) + 1;
      const fork = leaves.slice(0, size);
      fork[grown % first] = leafHash('another entry');
      const read = readerOf(fork);
      const proof = await consistencyProof(first, size, read);
      assert.equal(
        verifyConsistency(first, size, naiveRoot(leaves.slice(0, first)), await rootOf(size, read), proof),
        false,
      );
    }),
    runs,
  );
});

test('k is the largest power of two that is smaller than n', () => {
  assert.deepEqual([2, 3, 4, 5, 7, 8, 9, 2 ** 40 + 1].map(splitOf), [1, 2, 2, 4, 4, 4, 8, 2 ** 40]);
});
