import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { InSight } from './in-sight.ts';
import { CURVE_PX, layout } from './layout.ts';
import { type Drawn, drawTrace } from './ledger.fixture.ts';
import { pathData } from './pen.ts';
import { bandOutline, distanceTo, ribbonOutline } from './shape.ts';

/** A chain of hand-overs with a part left behind at each. */
const drawn = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 }).map((parts) => {
  let left = 10n ** 6n;
  const transfers: Drawn[] = [{ block: 0, tx: 't', from: 'v', to: 'a0', units: left, rule: 'lead' }];
  parts.forEach((part, index) => {
    const units = (left * BigInt(part)) / 10n;
    if (units > 0n)
      transfers.push({ block: index + 1, tx: `t${index}`, from: `a${index}`, to: `a${index + 1}`, units });
    left = units;
  });
  return transfers;
});

test('in the middle of a ribbon there is no distance to it, above it there is', () => {
  fc.assert(
    fc.property(drawn, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (transfers, share) => {
      for (const ribbon of layout(drawTrace(transfers)).ribbons) {
        const end = ribbon.to ?? ribbon.from;
        const top = Math.min(ribbon.from.top, end.top);
        const bottom = Math.max(ribbon.from.bottom, end.bottom);
        const x = ribbon.from.x + CURVE_PX * share;
        const middle = (ribbon.from.top + ribbon.from.bottom + end.top + end.bottom) / 4;
        assert.equal(distanceTo(ribbon, ribbon.from.x + CURVE_PX / 2, middle), 0);
        const above = distanceTo(ribbon, x, top - 10);
        assert.ok(above !== null && above >= 10 - 1e-6 && above <= 10 + bottom - top);
      }
    }),
  );
});

test('what is in sight is what looking at everything finds', () => {
  fc.assert(
    fc.property(drawn, fc.nat(12_000), fc.integer({ min: 100, max: 4_000 }), (transfers, x, width) => {
      const { nodes, ribbons } = layout(drawTrace(transfers));
      const sight = new InSight({ nodes }, ribbons);
      const box = { x, y: 0, width, height: 500 };
      const seen = sight.nodesIn(box);
      assert.equal(new Set(seen).size, seen.length);
      for (const node of nodes) {
        const touches = node.xEnd >= x && node.x <= x + width && node.top <= 500;
        if (touches) assert.ok(seen.includes(node), node.key);
      }
      const flows = sight.ribbonsIn(box);
      for (const ribbon of ribbons) {
        const touches = ribbon.from.x + CURVE_PX >= x && ribbon.from.x <= x + width && ribbon.from.top <= 500;
        if (touches) assert.ok(flows.includes(ribbon), ribbon.key);
      }
    }),
  );
});

test('a point on a band or a ribbon finds it', () => {
  const { nodes, ribbons } = layout(
    drawTrace([
      { block: 1, tx: 't1', from: 'v', to: 'a', units: 10n, rule: 'lead' },
      { block: 2, tx: 't2', from: 'a', to: 'b', units: 9n },
      { block: 2, tx: 't2', from: 'a', to: 'c', units: 1n },
    ]),
  );
  const sight = new InSight({ nodes }, ribbons);
  for (const node of nodes)
    assert.equal(sight.nodeAt((node.x + node.xEnd) / 2, (node.top + node.bottom) / 2, 0), node, node.key);
  for (const ribbon of ribbons)
    assert.equal(sight.ribbonAt(ribbon.from.x + 1, (ribbon.from.top + ribbon.from.bottom) / 2, 1), ribbon);
  assert.equal(sight.ribbonAt(5, 5, 3), null);
});

test('outlines are closed paths of finite numbers', () => {
  fc.assert(
    fc.property(drawn, (transfers) => {
      const { nodes, ribbons } = layout(drawTrace(transfers));
      for (const outline of [...nodes.map(bandOutline), ...ribbons.map((ribbon) => ribbonOutline(ribbon))])
        assert.match(pathData(outline), /^M[-0-9. MLC]+Z$/);
    }),
  );
});
