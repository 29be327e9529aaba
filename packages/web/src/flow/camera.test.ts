import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Camera } from './camera.ts';
import { fitView } from './view.ts';

const large = { width: 40_000, height: 9_000, ribbons: [] };
const frame = { width: 1000, height: 400 };
function looking(glides = true): Camera {
  const camera = new Camera(glides);
  camera.resize(frame);
  camera.show(large);
  camera.at(0);
  camera.at(1_000);
  return camera;
}

test('it follows what grows until the reader moves it, and again when asked to', () => {
  const camera = looking();
  const before = camera.target;
  camera.show({ ...large, width: 41_000 });
  assert.ok(camera.target.x > before.x);
  camera.move({ x: 100, y: 0, zoom: 1 }, false);
  camera.show({ ...large, width: 45_000 });
  assert.equal(camera.target.x, 100);
  camera.follow();
  assert.ok(camera.target.x > 40_000);
});

test('a glide begins where the picture was, ends at its target, and then rests', () => {
  const camera = looking();
  camera.move({ x: 100, y: 0, zoom: 1 }, false);
  camera.fit();
  assert.deepEqual(camera.at(2_000), { view: { x: 100, y: 0, zoom: 1 }, moving: true });
  const half = camera.at(2_100).view.zoom;
  assert.ok(half < 1 && half > fitView(large, frame).zoom);
  assert.deepEqual(camera.at(3_000), { view: fitView(large, frame), moving: false });
});

test('for readers who want less motion nothing glides', () => {
  const camera = looking(false);
  camera.fit();
  assert.deepEqual(camera.at(0), { view: fitView(large, frame), moving: false });
});

test('who watches is told of every change, and of none after leaving', () => {
  const camera = looking();
  let told = 0;
  const leave = camera.watch(() => {
    told += 1;
  });
  camera.zoom(2);
  camera.resize(frame);
  assert.equal(told, 1);
  leave();
  camera.fit();
  assert.equal(told, 1);
});
