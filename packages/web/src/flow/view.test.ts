import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  clampView,
  FOLLOW_ZOOM_MIN,
  fitView,
  followView,
  reveal,
  ZOOM_MAX,
  ZOOM_MIN,
  zoomAt,
  zoomMin,
} from './view.ts';

const size = fc.record({ width: fc.integer({ min: 100, max: 50_000 }), height: fc.integer({ min: 100, max: 5000 }) });
const frame = fc.record({ width: fc.integer({ min: 300, max: 2000 }), height: fc.integer({ min: 200, max: 1000 }) });
const view = fc.record({
  x: fc.integer({ min: -5000, max: 50_000 }),
  y: fc.integer({ min: -5000, max: 5000 }),
  zoom: fc.double({ min: ZOOM_MIN, max: ZOOM_MAX, noNaN: true }),
});

test('zooming keeps the point under the pointer', () => {
  fc.assert(
    fc.property(view, fc.constantFrom(0.5, 0.8, 1.25, 2), (before, factor) => {
      const at = { x: 120, y: 80 };
      const after = zoomAt(before, factor, at);
      assert.ok(Math.abs(before.x + at.x / before.zoom - (after.x + at.x / after.zoom)) < 1e-6);
    }),
  );
});

test('clamping is idempotent and keeps the zoom in its bounds', () => {
  fc.assert(
    fc.property(view, size, frame, (before, picture, window) => {
      const once = clampView({ ...before, zoom: before.zoom * 3 }, picture, window);
      assert.ok(once.zoom >= zoomMin(picture, window) && once.zoom <= ZOOM_MAX);
      assert.deepEqual(clampView(once, picture, window), once);
    }),
  );
});

test('however large a picture is, all of it fits in the window', () => {
  fc.assert(
    fc.property(size, frame, (picture, window) => {
      const { zoom } = fitView(picture, window);
      assert.ok(picture.width * zoom <= window.width && picture.height * zoom <= window.height);
    }),
  );
});

test('a small picture fits whole and is not enlarged', () => {
  assert.equal(fitView({ width: 400, height: 200 }, { width: 1000, height: 500 }).zoom, 1);
});

test('revealing what is in sight moves nothing', () => {
  const before = { x: 0, y: 0, zoom: 1 };
  assert.deepEqual(reveal(before, { x: 10, y: 10, width: 50, height: 50 }, { width: 500, height: 300 }), before);
  assert.equal(reveal(before, { x: 600, y: 10, width: 50, height: 50 }, { width: 500, height: 300 }).x, 150);
});

test('following shows all of a small picture and the right edge of a long one, readable', () => {
  const window = { width: 1000, height: 400 };
  assert.deepEqual(followView({ width: 500, height: 200 }, window, 100), fitView({ width: 500, height: 200 }, window));
  const long = followView({ width: 50_000, height: 9000 }, window, 4000);
  assert.ok(long.zoom >= FOLLOW_ZOOM_MIN);
  assert.ok(long.x + window.width / long.zoom >= 50_000);
  assert.equal(long.y + window.height / long.zoom / 2, 4000);
});
