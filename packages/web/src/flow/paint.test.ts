import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { InSight } from './in-sight.ts';
import type { Node } from './layout.ts';
import { paintPicture } from './paint.ts';
import { paletteFrom } from './palette.ts';
import { type Outline, type Pen, pathData } from './pen.ts';

const zoom = 0.1;
const box = { x: 0, y: 0, width: 20_000, height: 20_000 };

/** The lines that are drawn of bands, from far away. */
function linesOf(bands: readonly { readonly x: number; readonly xEnd: number; readonly y: number }[]): string[] {
  const nodes = bands.map(
    ({ x, xEnd, y }) => ({ visit: { asset: 'a' }, x, xEnd, top: y, bottom: y }) as unknown as Node,
  );
  const drawn: string[] = [];
  const pen = {
    stroke: (outline: Outline) => void drawn.push(pathData(outline)),
    fill: () => undefined,
  } as unknown as Pen;
  const scene = {
    sight: { nodesIn: () => nodes, ribbonsIn: () => [] } as unknown as InSight,
    ...{ assetIndex: new Map(), palette: paletteFrom(() => '#123456'), swapIcon: '', active: null, activeNode: null },
    labelOf: () => assert.fail('too far for labels'),
    ...{ focused: false, isMarked: () => false },
  };
  paintPicture(pen, scene, box, zoom, { together: true });
  return drawn.join('').match(/M[^M]*/g) ?? [];
}

test('from far away bands that begin and end on the same pixels are one line', () => {
  assert.equal(linesOf([0, 1, 2].map((off) => ({ x: 100 + off, xEnd: 900 + off, y: 500 }))).length, 1);
});

test('from far away bands that differ by a pixel are each drawn, however long', () => {
  const px = 1 / zoom;
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.nat(80), fc.nat(1_500), fc.nat(80)), {
        selector: String,
        minLength: 1,
        maxLength: 60,
      }),
      (bands) => {
        const lines = linesOf(bands.map(([x, length, y]) => ({ x: x * px, xEnd: (x + length) * px, y: y * px })));
        assert.equal(lines.length, bands.length);
      },
    ),
  );
  const sameStart = [64, 128, 192].map((length) => ({ x: 0, xEnd: length * px, y: 0 }));
  assert.equal(linesOf(sameStart).length, 3);
});
