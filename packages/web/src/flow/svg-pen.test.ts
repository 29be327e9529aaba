import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zPicture } from '@gongjo/contract';
import fc from 'fast-check';
import { InSight } from './in-sight.ts';
import { layout } from './layout.ts';
import { type Drawn, drawTrace } from './ledger.fixture.ts';
import { MarksPen } from './marks-pen.ts';
import { paletteFrom } from './palette.ts';
import { paintSheet, type Sheet } from './sheet.ts';
import { SvgPen } from './svg-pen.ts';

const palette = paletteFrom((name) => (name === '--asset-line' ? 'rgb(255 255 255 / 55%)' : '#123456'));
const drawn: Drawn[] = [
  { block: 1, tx: 't1', from: 'v', to: 'a', units: 10n, rule: 'lead' },
  { block: 2, tx: 't2', from: 'a', to: 'b', units: 4n },
  { block: 3, tx: 't3', from: 'a', to: 'pool', units: 6n, rule: 'swap', received: 12n },
];

function sheetOf(name: string): Sheet {
  const picture = layout(drawTrace(drawn));
  return {
    picture,
    scene: {
      sight: new InSight(picture, picture.ribbons),
      assetIndex: new Map(),
      palette,
      swapIcon: 'M3 5.5h9.5M10 3l2.7 2.5L10 8',
      labelOf: () => ({
        name: [{ text: name, differs: true }],
        amount: name,
        end: { icon: 'm2.8 8.6 3.4 3.4 7-8', text: name, color: palette.ink },
        noted: true,
      }),
      active: null,
      activeNode: null,
      focused: false,
      isMarked: () => true,
    },
    axis: { columns: picture.columns, palette, zone: 'Asia/Seoul' },
    title: name,
    lines: [name, name],
  };
}

test('no name becomes markup in an SVG file', () => {
  fc.assert(
    fc.property(fc.constantFrom('<script>x</script>', '"><image href="http://x"/>', "' onload='x", 'a&b'), (name) => {
      const pen = new SvgPen(palette);
      const { width, height } = paintSheet(pen, sheetOf(name), 10_000);
      const file = pen.file(width, height, name);
      assert.doesNotMatch(file, /<[^>]*(script|image|href|onload)/);
      const tags = new Set(Array.from(file.matchAll(/<\/?([a-z]+)/g), ([, tag]) => tag));
      assert.deepEqual([...tags].sort(), ['defs', 'g', 'path', 'pattern', 'rect', 'svg', 'text', 'title', 'tspan']);
    }),
  );
});

test('control characters, which XML does not have, are replaced', () => {
  const pen = new SvgPen(palette);
  paintSheet(pen, sheetOf('a\u0000\u001b\ud800b'), 10_000);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  assert.doesNotMatch(pen.file(1, 1, 'x'), /[\u0000-\u0008\u000e-\u001f]|\ud800/);
});

test('the marks of a picture are what the desk takes, within the page that was asked for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 14_400 }), (mostPx) => {
      const pen = new MarksPen(palette);
      const { width, height } = paintSheet(pen, sheetOf('a'), mostPx);
      const read = zPicture.parse({ title: 'x', width, height, marks: pen.marks });
      assert.ok(width <= mostPx + 1e-6 && height <= mostPx + 1e-6);
      assert.ok(read.marks.length > 10);
      for (const mark of read.marks) if ('runs' in mark) assert.ok(mark.x <= width && mark.y <= height);
    }),
  );
});
