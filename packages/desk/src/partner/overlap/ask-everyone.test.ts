import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askEveryone } from './ask-everyone.ts';
import { hoursUntilRoom } from './charge.ts';
import { askAbout, fails, running, sidesFor, usage } from './sides-at-work.fixture.ts';

/** More than a step of 256, less than two. */
const { network, sides } = sidesFor(['seoul', 'busan', 'washington'], { perHour: 300, perDay: 2000, reverseCount: 4 });
const asked = (name: 'busan' | 'washington') => usage(sides[name], sides.seoul);
const look = () => askEveryone(sides.seoul.context, 'test', running);

test('one pass asks every partner; one that fails in whatever way keeps no other from being asked', async () => {
  const { seoul } = sides;
  await seoul.add([1], 'open');
  assert.equal(await look(), true);
  assert.deepEqual([(await asked('busan')).asked, (await asked('washington')).asked], [64, 64]);
  await seoul.add([2], 'open');
  const { records } = seoul.context;
  await records.query(
    `update overlap_sessions set state = 'open', kept = 'no JSON', started_at = started_at where desk = 'busan'`,
  );
  assert.equal(await look(), true);
  assert.deepEqual([(await asked('busan')).asked, (await asked('washington')).asked], [64, 128]);
});

test('a desk with more to ask than the quota asks whole steps, hour by hour, and never in vain', async () => {
  const { seoul, busan, washington } = sides;
  await seoul.add(
    Array.from({ length: 600 }, (_, n) => n),
    'open',
  );
  const seen: number[] = [];
  for (let hour = 0; hour < 4; hour += 1) {
    while (await look());
    seen.push((await asked('washington')).asked);
    for (const { clock } of [seoul, busan, washington]) clock.at += 3_600_000;
  }
  // 600 are 256, 256 and 88, which are filled up to 256.
  assert.deepEqual(seen, [256, 512, 768, 768]);
  assert.equal((await asked('washington')).refusals, 0);
});

test('whom a quota sends away comes back when it said, and not each minute; its list is read meanwhile', async () => {
  const { seoul, busan, washington } = sides;
  await seoul.add([1], 'open');
  await washington.context.records.query(
    `insert into overlap_usage (desk, hour, questions) values ('seoul', $1, 300)`,
    [new Date(washington.clock.at).toISOString()],
  );
  for (let minute = 0; minute < 5; minute += 1) await look();
  assert.deepEqual(await asked('washington'), { asked: 300, refusals: 1 });
  assert.equal(network.sent.filter(({ step }) => step === 'hello').length >= 10, true);
  // A person is not kept from asking.
  await fails('overlap-quota-exceeded', askAbout(seoul, washington, [1]));
  for (const { clock } of [seoul, busan, washington]) clock.at += 3_600_000;
  await look();
  assert.deepEqual(await asked('washington'), { asked: 364, refusals: 2 });
});

test('whom the quota of the day sends away comes back when enough of it has passed', () => {
  const hourly = new Array<number>(24).fill(0);
  const terms = { perHour: 100, perDay: 200, reverseCount: 1 };
  const check = (used: Record<number, number>, count: number, expected: number) =>
    assert.equal(hoursUntilRoom({ hourly: hourly.map((_, at) => used[at] ?? 0) }, terms, count), expected);
  check({}, 64, 0);
  check({ 23: 36 }, 64, 0);
  check({ 23: 37 }, 64, 1);
  check({ 2: 100, 10: 100 }, 64, 3);
  check({ 2: 30, 10: 100, 11: 70 }, 64, 11);
  check({}, 101, 24);
});
