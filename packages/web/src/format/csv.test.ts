import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv } from './csv.ts';

test('rfc4180-2: quotes, commas and line breaks are quoted, rows end in CRLF', () => {
  assert.equal(
    csv([
      ['a', 'b,c'],
      ['say "x"', 'two\nlines'],
    ]),
    '\uFEFFa,"b,c"\r\n"say ""x""","two\nlines"\r\n',
  );
});

test('what a spreadsheet would run stays text', () => {
  for (const start of ['=1+1', '+1', '-1', '@A1']) assert.ok(csv([[start]]).includes(`'${start}`), start);
});
