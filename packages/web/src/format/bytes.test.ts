import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesText } from './bytes.ts';

test('bytes are told in the largest unit that fits', () => {
  for (const [bytes, text] of [
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KB'],
    [1536, '1.5 KB'],
    [16 * 1024 * 1024, '16 MB'],
    [3 * 1024 ** 3, '3 GB'],
  ] as const)
    assert.equal(bytesText(bytes), text);
});
