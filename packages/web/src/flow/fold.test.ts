import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldHops } from './fold.ts';
import { layout } from './layout.ts';
import { type Drawn, drawTrace } from './ledger.fixture.ts';

/** v → a → b → d, a → c → d, d → e. */
const drawn: Drawn[] = [
  { block: 1, tx: 't1', from: 'v', to: 'a', units: 100n, rule: 'lead' },
  { block: 2, tx: 't2', from: 'a', to: 'b', units: 60n },
  { block: 2, tx: 't2', from: 'a', to: 'c', units: 40n },
  { block: 3, tx: 't3', from: 'b', to: 'd', units: 60n },
  { block: 4, tx: 't4', from: 'c', to: 'd', units: 40n },
  { block: 5, tx: 't5', from: 'd', to: 'e', units: 100n },
];
const trace = drawTrace(drawn);
const fold = (
  wishes: { collapsed?: string[]; hidden?: string[]; untilHeight?: number },
  direction = 'forward' as const,
) =>
  foldHops(trace.hops, direction, {
    collapsed: new Set(wishes.collapsed),
    hidden: new Set(wishes.hidden),
    untilHeight: wishes.untilHeight ?? null,
  });
const said = (hops: readonly { from: string | null; to: string | null }[]) =>
  hops.map(({ from, to }) => `${from}>${to}`).join(' ');

test('nothing wished leaves everything', () => {
  assert.deepEqual(fold({}).hops, trace.hops);
});

test('behind a collapsed holder goes what only it leads to, and it says how much', () => {
  const all = fold({ collapsed: ['a'] });
  assert.equal(said(all.hops), 'v>a');
  assert.equal(all.folded.get('a'), 5);
  const one = fold({ collapsed: ['b'] });
  assert.equal(said(one.hops), 'v>a a>b a>c c>d d>e');
  assert.equal(one.folded.get('b'), 1);
});

test('a collapsed holder shows no stop of its own', () => {
  const { nodes } = layout(trace, { fold: fold({ collapsed: ['b'] }) });
  const node = nodes.find(({ visit }) => visit.address === 'b');
  assert.equal(node?.visit.folded, 1);
  // What d passed on in full is more than what is seen to come; it is as thick as what leaves.
  const d = nodes.find(({ visit }) => visit.address === 'd');
  assert.equal(d?.visit.total, 100n);
});

test('what goes to a hidden holder is drawn as leaving', () => {
  const result = fold({ hidden: ['b'] });
  assert.equal(said(result.hops), 'v>a a>b a>c c>d d>e');
  assert.equal(result.hiddenCount, 2);
  const { nodes, ribbons } = layout(trace, { fold: result });
  assert.ok(!nodes.some(({ visit }) => visit.address === 'b'));
  assert.deepEqual(
    ribbons.filter(({ kind }) => kind === 'hidden').map(({ hop, to }) => [hop.to, to]),
    [['b', null]],
  );
});

test('up to a time there are only the blocks before it', () => {
  const result = fold({ untilHeight: 3 });
  assert.equal(said(result.hops), 'v>a a>b a>c b>d');
  assert.equal(result.laterCount, 2);
});

test('backward, what is behind a holder is where its value came from', () => {
  const backward = foldHops(
    trace.hops.map((hop) => ({ ...hop, rule: hop.to === 'e' ? 'lead' : 'fifo' })),
    'backward',
    {
      collapsed: new Set(['b']),
      hidden: new Set(),
      untilHeight: null,
    },
  );
  assert.equal(said(backward.hops), 'v>a a>c b>d c>d d>e');
});
