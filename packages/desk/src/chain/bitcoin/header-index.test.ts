import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { workOf } from './header.ts';
import { HeaderIndex } from './header-index.ts';

const nameOf = (text: string) => createHash('sha256').update(text).digest('hex');

interface Node {
  readonly hash: string;
  readonly parent: string;
  readonly bits: number;
}

/** Blocks whose parents are earlier blocks, the genesis block, or unknown; in any order. */
const forest = fc
  .array(fc.record({ parent: fc.integer({ min: -2, max: 60 }), bits: fc.constantFrom(0x207fffff, 0x200fffff) }), {
    maxLength: 60,
  })
  .chain((drawn) => {
    const nodes = drawn.map(({ parent, bits }, index): Node => {
      const known = parent >= 0 && index > 0 ? nameOf(`${parent % index}`) : null;
      return { hash: nameOf(`${index}`), parent: known ?? nameOf(parent === -1 ? `lost ${index}` : 'genesis'), bits };
    });
    return fc.shuffledSubarray(nodes, { minLength: nodes.length });
  });

/** The same question answered by walking up from every block. */
function naive(nodes: readonly Node[], genesis: string) {
  const byHash = new Map(nodes.map((node) => [node.hash, node]));
  const lines = nodes.map((node) => {
    const line = [node];
    for (let up = byHash.get(node.parent); up !== undefined; up = byHash.get(up.parent)) line.unshift(up);
    return { line, work: line.reduce((sum, { bits }) => sum + workOf(bits), 0n) };
  });
  const rooted = byHash.has(genesis) ? lines.filter(({ line }) => line[0]?.hash === genesis) : lines;
  let best: (typeof lines)[number] | undefined;
  for (const one of rooted) if (best === undefined || one.work > best.work) best = one;
  const linked = lines.filter(({ line }) => line[0] === best?.line[0]).length;
  return {
    chain: best?.line.map(({ hash }) => hash) ?? [],
    staleCount: linked - (best?.line.length ?? 0),
    unlinkedCount: nodes.length - linked,
  };
}

function indexed(nodes: readonly Node[]): HeaderIndex {
  const index = new HeaderIndex();
  nodes.forEach((node, at) => {
    assert.ok(index.add(node, { file: 3, offset: at * 100, bytes: 90 }));
  });
  return index;
}

test('the chain with most work is the one that walking up from every block finds', () => {
  fc.assert(
    fc.property(forest, fc.boolean(), (nodes, withGenesis) => {
      const genesis = { hash: nameOf('genesis'), parent: '0'.repeat(64), bits: 0x207fffff };
      const all = withGenesis ? [...nodes, genesis] : nodes;
      const index = indexed(all);
      const { blocks, staleCount, unlinkedCount } = index.bestChain(genesis.hash);
      const chain = [...blocks].map((block) => index.hashOf(block));
      assert.deepEqual({ chain, staleCount, unlinkedCount }, naive(all, genesis.hash));
      blocks.forEach((block, at) => {
        if (at > 0) assert.equal(index.parentOf(block), chain[at - 1]);
      });
    }),
    { numRuns: 300 },
  );
});

test('every block is found with its place, also after the columns have grown; a second place is a copy', () => {
  const nodes = Array.from({ length: 5000 }, (_, at) => ({
    hash: nameOf(`${at}`),
    parent: nameOf(`${at - 1}`),
    bits: 0x207fffff,
  }));
  const index = indexed(nodes);
  assert.equal(index.count, 5000);
  for (const at of [0, 1, 1023, 1024, 4999]) {
    assert.equal(index.find(nameOf(`${at}`)), at);
    assert.deepEqual(index.placesOf(at), [{ file: 3, offset: at * 100, bytes: 90 }]);
  }
  assert.equal(index.find(nameOf('other')), null);
  for (let copy = 0; copy < 9; copy += 1) index.add(nodes[7] as Node, { file: 4, offset: copy, bytes: 90 });
  assert.equal(index.count, 5000);
  assert.deepEqual(
    index.placesOf(7).map(({ file, offset }) => [file, offset]),
    [
      [3, 700],
      [4, 0],
      [4, 1],
      [4, 2],
      [4, 3],
    ],
  );
  assert.equal(index.bestChain(nameOf('nothing')).blocks.length, 5000);
});

test('a long chain that is found from its end on needs no recursion', () => {
  const length = 50_000;
  const nodes = Array.from({ length }, (_, at) => ({
    hash: nameOf(`${length - at}`),
    parent: nameOf(`${length - at - 1}`),
    bits: 0x1d00ffff,
  }));
  assert.equal(indexed(nodes).bestChain(nameOf('1')).blocks.length, length);
});
