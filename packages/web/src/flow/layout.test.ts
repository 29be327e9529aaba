import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arriveX, BAND_MAX_PX, COLUMN_PX, CURVE_PX, type Layout, layout, leaveX, ROW_PX } from './layout.ts';
import { type Drawn, drawTrace } from './ledger.fixture.ts';

const EXACT = 1e-6;

/** A ledger in which a thief's helpers pass on, split, swap and deposit what they hold; every spend is of value held. */
const drawn: fc.Arbitrary<Drawn[]> = fc
  .array(
    fc.record({
      // a6 and a7 are services where tagged: value is followed to them, never from them.
      giver: fc.nat(5),
      taker: fc.nat(7),
      portion: fc.constantFrom(1n, 2n, 3n, 4n),
      rule: fc.constantFrom('fifo', 'fifo', 'fifo', 'swap', 'fee', 'burn'),
      newBlock: fc.boolean(),
      newTx: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((moves) => {
    const held = new Map<string, bigint>([['a0', 1_000_000n]]);
    const transfers: Drawn[] = [{ block: 1, tx: 't0', from: 'victim', to: 'a0', units: 1_000_000n, rule: 'lead' }];
    let [block, tx] = [1, 0];
    for (const { giver, taker, portion, rule, newBlock, newTx } of moves) {
      if (newBlock) block += 1;
      if (newBlock || newTx) tx += 1;
      const from = `a${giver}`;
      const units = ((held.get(from) ?? 0n) * portion) / 4n;
      if (units === 0n) continue;
      held.set(from, (held.get(from) ?? 0n) - units);
      const common = { block, tx: `t${tx}`, from, units };
      if (rule === 'swap') transfers.push({ ...common, to: 'pool', rule, received: units * 2n });
      else if (rule === 'fee') transfers.push({ ...common, to: null, rule });
      else if (rule === 'burn') transfers.push({ ...common, to: null });
      else {
        const to = `a${taker}`;
        held.set(to, (held.get(to) ?? 0n) + units);
        transfers.push({ ...common, to });
      }
    }
    return transfers;
  });
const tags = { a6: 'service', a7: 'mixer' } as const;

test('the same trace gives the same picture', () => {
  fc.assert(
    fc.property(drawn, (transfers) => {
      assert.deepEqual(layout(drawTrace(transfers)), layout(drawTrace(transfers)));
    }),
  );
});

test('no two bands overlap', () => {
  fc.assert(
    fc.property(drawn, (transfers) => {
      const { nodes } = layout(drawTrace(transfers, tags));
      for (const [index, one] of nodes.entries()) {
        for (const other of nodes.slice(index + 1)) {
          const apart =
            one.xEnd <= other.x || other.xEnd <= one.x || one.bottom <= other.top || other.bottom <= one.top;
          assert.ok(apart, `${one.key} and ${other.key}`);
        }
      }
    }),
  );
});

test('time goes right: later columns stand further right, nothing leaves before it came', () => {
  fc.assert(
    fc.property(drawn, (transfers) => {
      const { columns, nodes, ribbons } = layout(drawTrace(transfers, tags));
      columns.forEach((column, index) => {
        const next = columns[index + 1];
        if (next !== undefined) assert.ok(column.height <= next.height && column.index + 1 === next.index);
      });
      for (const { from, to } of ribbons) if (to !== null) assert.ok(from.x < to.x);
      for (const node of nodes) {
        for (const out of node.out) {
          for (const into of node.in) {
            if (into.top < out.bottom - EXACT && out.top < into.bottom - EXACT) assert.ok(into.x <= out.x, node.key);
          }
        }
      }
    }),
  );
});

test('what enters a band is as much and as thick as what leaves it and stands there', () => {
  fc.assert(
    fc.property(drawn, (transfers) => {
      for (const node of layout(drawTrace(transfers, tags)).nodes) {
        const units = (slots: Layout['nodes'][number]['in']) => slots.reduce((total, slot) => total + slot.units, 0n);
        const thick = (slots: Layout['nodes'][number]['in']) =>
          slots.reduce((total, { top, bottom }) => total + bottom - top, 0);
        const rest = node.rest === null ? 0 : node.rest.bottom - node.rest.top;
        if (!node.visit.source) {
          assert.equal(units(node.in), units(node.out) + node.visit.rest);
          assert.ok(Math.abs(thick(node.in) - (node.bottom - node.top)) < EXACT);
        }
        assert.ok(Math.abs(thick(node.out) + rest - (node.bottom - node.top)) < EXACT);
        assert.ok(node.bottom - node.top <= BAND_MAX_PX);
      }
    }),
  );
});

test('a ribbon begins and ends in a slot of its two bands', () => {
  fc.assert(
    fc.property(drawn, (transfers) => {
      const { nodes, ribbons } = layout(drawTrace(transfers, tags));
      const out = new Set(nodes.flatMap((node) => node.out));
      const into = new Set(nodes.flatMap((node) => node.in));
      for (const { from, to } of ribbons) assert.ok(out.has(from) && (to === null || into.has(to)));
      assert.equal(new Set(ribbons.map(({ key }) => key)).size, ribbons.length);
      assert.equal(new Set(nodes.map(({ key }) => key)).size, nodes.length);
    }),
  );
});

test('a trace that grows keeps the place of everything it had', () => {
  fc.assert(
    fc.property(drawn, fc.nat(40), (transfers, cut) => {
      const blocks = transfers[cut]?.block ?? 0;
      const before = transfers.filter(({ block }) => block < blocks);
      fc.pre(before.length > 0);
      const after = new Map(layout(drawTrace(transfers, tags)).nodes.map((node) => [node.key, node]));
      for (const { key, visit, x } of layout(drawTrace(before, tags)).nodes) {
        const now = after.get(key);
        assert.deepEqual([key, now?.visit.row, now?.x], [key, visit.row, x]);
      }
    }),
  );
});

test('nothing followed yet is an empty picture', () => {
  const { nodes, ribbons, columns } = layout({ hops: [], stops: [], balances: [] });
  assert.deepEqual([nodes, ribbons, columns], [[], [], []]);
});

test('one hop: the source, the ribbon, the place', () => {
  const { nodes, ribbons } = layout(
    drawTrace([{ block: 1, tx: 't', from: 'victim', to: 'thief', units: 5n, rule: 'lead' }]),
  );
  assert.deepEqual(
    nodes.map(({ visit, x, xEnd }) => [visit.address, visit.source, visit.stop, x < xEnd]),
    [
      ['victim', true, null, true],
      ['thief', false, 'unspent', true],
    ],
  );
  assert.equal(ribbons.length, 1);
  assert.equal(ribbons[0]?.from.x, leaveX(1));
  assert.equal(ribbons[0]?.to?.x, arriveX(1));
});

test('the largest part of a split goes straight on', () => {
  const { nodes } = layout(
    drawTrace([
      { block: 1, tx: 't1', from: 'victim', to: 'thief', units: 10n, rule: 'lead' },
      { block: 2, tx: 't2', from: 'thief', to: 'small', units: 1n },
      { block: 2, tx: 't2', from: 'thief', to: 'large', units: 9n },
    ]),
  );
  const row = (address: string) => nodes.find(({ visit }) => visit.address === address)?.visit.row;
  assert.deepEqual([row('victim'), row('thief'), row('large'), row('small')], [0, 0, 0, 1]);
});

test('value that passes several hands in one transaction takes one column for each', () => {
  const { columns } = layout(
    drawTrace([
      { block: 1, tx: 't1', from: 'victim', to: 'a', units: 10n, rule: 'lead' },
      { block: 1, tx: 't1', from: 'a', to: 'b', units: 10n },
    ]),
  );
  assert.deepEqual(
    columns.map(({ index, first }) => [index, first]),
    [
      [1, true],
      [2, false],
    ],
  );
});

/** Measured at a twentieth of this or less on an idle core; a busy machine must not fail the test, a quadratic layout must. */
const LAYOUT_MS_MAX = 500;

test('1,000 hops are laid out at once', () => {
  const transfers: Drawn[] = [{ block: 0, tx: 't0', from: 'victim', to: 'a0', units: 10n ** 24n, rule: 'lead' }];
  for (let index = 0; index < 500; index += 1) {
    const common = { block: index + 1, tx: `t${index + 1}`, from: `a${index}` };
    transfers.push({ ...common, to: `a${index + 1}`, units: 10n ** 24n - BigInt(index + 1) });
    transfers.push({ ...common, to: `deposit${index}`, units: 1n });
  }
  const trace = drawTrace(transfers);
  layout(trace);
  const start = performance.now();
  const { nodes, height } = layout(trace);
  const tookMs = performance.now() - start;
  assert.equal(nodes.length, 1002);
  assert.ok(height <= 502 * ROW_PX);
  assert.ok(tookMs < LAYOUT_MS_MAX, `${tookMs} ms`);
});

test('the room for labels is the flat part of a column', () => assert.ok(COLUMN_PX - CURVE_PX >= 80));
