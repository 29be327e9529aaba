import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en } from '../texts/en.ts';
import { ko } from '../texts/ko.ts';
import { durationText } from './duration.ts';

for (const [seconds, english, korean] of [
  [0, '0 s', '0초'],
  [59, '59 s', '59초'],
  [60, '1 min', '1분'],
  [3725, '1 h 2 min', '1시간 2분'],
  [3601, '1 h', '1시간'],
  [86_400 * 3 + 3600 * 5 + 59, '3 d 5 h', '3일 5시간'],
  [-90, '1 min 30 s', '1분 30초'],
] as const) {
  test(`${seconds} seconds`, () => {
    assert.equal(durationText(seconds, en.common.duration), english);
    assert.equal(durationText(seconds, ko.common.duration), korean);
  });
}
