import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ago, countryName, timeText, zonesOf } from './time.ts';

const at = '2025-11-27T05:05:33.000Z';

test('the reader sees the own time first and the partner’s beside it', () => {
  assert.deepEqual(timeText(at, ['Asia/Seoul', 'America/New_York'], 'en', '2025-11-27T06:00:00.000Z'), {
    own: '14:05:33 KST',
    others: ['00:05:33 EST'],
  });
});

test('another day is said on both sides', () => {
  const evening = '2025-11-27T01:00:00.000Z';
  assert.deepEqual(timeText(evening, ['Asia/Seoul', 'America/New_York'], 'ko', '2025-12-24T06:00:00.000Z'), {
    own: '2025년 11월 27일 10:00:00 KST',
    others: ['11월 26일 20:00:00 EST'],
  });
});

test('midnight is 00, in summer the abbreviation follows', () => {
  const [first] = timeText('2025-07-01T04:00:00.000Z', ['Asia/Seoul', 'America/New_York'], 'en', at).others;
  assert.equal(first, '00:00:00 EDT');
});

test('each zone once, the reader’s first', () => {
  assert.deepEqual(zonesOf('Asia/Seoul', [{ timeZone: 'America/New_York' }, { timeZone: 'Asia/Seoul' }]), [
    'Asia/Seoul',
    'America/New_York',
  ]);
});

test('the past is told in its largest whole unit and the future as now', () => {
  assert.equal(ago(at, '2025-11-27T05:05:45.000Z', 'en'), '12 seconds ago');
  assert.equal(ago(at, '2025-11-27T08:04:00.000Z', 'ko'), '2시간 전');
  assert.equal(ago(at, '2025-11-27T05:05:00.000Z', 'en'), 'now');
});

test('countries by name, unknown codes as they are', () => {
  assert.equal(countryName('KR', 'ko'), '대한민국');
  assert.equal(countryName('KR', 'en'), 'South Korea');
  assert.equal(countryName('not a code', 'en'), 'not a code');
});
