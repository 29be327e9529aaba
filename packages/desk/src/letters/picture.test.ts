import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zPicture } from '@gongjo/contract';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { openFonts } from './fonts.store.ts';
import { picturePdf } from './picture.ts';

const fonts = openFonts();
const at = Date.UTC(2026, 10, 28);
const picture = zPicture.parse({
  title: '행방 · First in, first out',
  width: 400,
  height: 300,
  marks: [
    { d: 'M0 0L400 0L400 300L0 300Z', fill: '#ffffff' },
    { d: 'M10 10C20 10 20 40 66 40L66 60C20 60 20 30 10 30Z', at: [0.5, 20, 20], fill: '#5b8fb0', alpha: 0.7 },
    { d: 'm2.8 8.6 3.4 3.4 7-8'.replace('m', 'M'), at: [1, 50, 50], stroke: '#14202a', width: 1.5 },
    {
      runs: [
        { text: '피해자 ', strong: true, color: '#14202a' },
        { text: '0x12ab…89ef', color: '#8a5300' },
      ],
      x: 20,
      y: 100,
      size: 12.5,
      anchor: 'start',
    },
    { runs: [{ text: '11-27 13:42:12', color: '#14202a' }], x: 200, y: 20, size: 11.5, anchor: 'middle' },
  ],
});

test('a picture is one page of its size, its text is text in both scripts, and its marks are paths', async () => {
  const pdf = await picturePdf(picture, { fonts, at });
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  assert.equal(document.numPages, 1);
  const page = await document.getPage(1);
  const [, , width, height] = page.view;
  assert.deepEqual([width, height], [400, 300]);
  const { items } = await page.getTextContent();
  const text = items.map((item) => ('str' in item ? item.str : '')).join('|');
  for (const piece of ['피해자', '0x12ab…89ef', '11-27 13:42:12'])
    assert.ok(text.includes(piece), `${piece} in ${text}`);
  assert.doesNotMatch(pdf.toString('latin1'), /\/Subtype\s*\/Image/);
});

test('path data is numbers and letters of commands only', () => {
  const mark = (d: string) => zPicture.safeParse({ ...picture, marks: [{ d, fill: '#ffffff' }] }).success;
  assert.ok(mark('M1 2L3 4Z'));
  for (const d of ['', 'L1 2', 'M1 2<script>', 'M1 2e9', 'M1 2\n', 'url(x)']) assert.ok(!mark(d), d);
  const color = (fill: string) => zPicture.safeParse({ ...picture, marks: [{ d: 'M1 2Z', fill }] }).success;
  assert.ok(!color('url(http://x)') && !color('red'));
});
