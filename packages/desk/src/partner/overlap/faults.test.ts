import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { pack, unpack } from '../../overlap/index.ts';
import { removePartner } from '../pair.ts';
import { sealFor } from '../sealed.ts';
import { vowTypes } from '../vow.ts';
import { answerOverlap } from './answer.ts';
import { commitmentOf } from './epoch.store.ts';
import { callOverlap } from './overlap-call.client.ts';
import { currentKeys } from './own-list.ts';
import { listSessions } from './session.store.ts';
import { partnerOf, type Side } from './sides.fixture.ts';
import {
  askAbout,
  askAll,
  audited,
  fails,
  matches,
  reason,
  running,
  settled,
  sidesFor,
  usage,
} from './sides-at-work.fixture.ts';
import { tidyOverlaps } from './tidy.ts';

const { network, sides, calculator } = sidesFor(['seoul', 'washington'], {
  perHour: 320,
  perDay: 4096,
  reverseCount: 4,
});
const states = async ({ context }: Side) => (await listSessions(context.records)).map(({ state }) => state);
const row = (count: number, from = 0) => Array.from({ length: count }, (_, at) => from + at);

/** An ask as the asker makes it, to be sent by a test. */
async function askMade(asker: Side, answerer: Side, session: string) {
  const own = await currentKeys(asker.context);
  const theirs = await currentKeys(answerer.context);
  const hello = { kind: 'hello', epoch: own.epoch, key: pack(own.publicKey) } as const;
  await callOverlap(asker.context, await partnerOf(asker, answerer), 'hello', hello, running);
  const { purpose, legalBasis } = reason;
  return (await calculator.run('ask', { session, theirs, own, entries: [], purpose, legalBasis })).ask;
}
const session = (n: number) => `7b0f6c0e-4b1c-4c55-9d59-${String(n).padStart(12, '0')}`;

describe('what a partner has no time for is asked again, with the same questions', () => {
  for (const fate of ['failing', 'busy'] as const)
    test(`a partner that is ${fate} ends no session`, async () => {
      const { seoul, washington } = sides;
      await washington.add([2], 'open');
      await seoul.add([2], 'open');
      network.fate = (step) => (step === 'ask' ? fate : 'ok');
      await fails('partner-unreachable', askAll(seoul, washington));
      assert.deepEqual(await states(seoul), ['open']);
      network.fate = () => 'ok';
      for (const { clock } of [seoul, washington]) clock.at += 600_000;
      await askAll(seoul, washington);
      assert.deepEqual(await states(seoul), ['done']);
      assert.equal((await matches(seoul))[0]?.theirNote?.contact, 'officer of washington-2');
    });

  test('a used-up quota ends no session either; what waits longer than the partner keeps its answer is over', async () => {
    const { seoul, washington } = sides;
    await seoul.add([1], 'open');
    for (let turn = 0; turn < 5; turn += 1) await askAbout(seoul, washington, [1]);
    await fails('overlap-quota-exceeded', askAbout(seoul, washington, [1]));
    await fails('overlap-quota-exceeded', askAbout(seoul, washington, [1]));
    assert.equal((await states(seoul)).filter((it) => it === 'open').length, 1);
    for (const { clock } of [seoul, washington]) clock.at += 25 * 3_600_000;
    await askAbout(seoul, washington, [1]);
    assert.deepEqual((await states(seoul)).toSorted(), ['done', 'done', 'done', 'done', 'done', 'done', 'failed']);
  });
});

test('more than a hundred claims are told in pieces, and how many are silent does not show in their number', async () => {
  const { seoul, washington } = sides;
  await washington.add(row(150), 'open');
  await seoul.add(row(101), 'open');
  await seoul.add(row(49, 101), 'silent');
  await askAll(seoul, washington);
  assert.equal(network.sent.filter(({ step }) => step === 'tell').length, 2);
  const seen = await matches(seoul);
  assert.equal(seen.length, 150);
  assert.equal(seen.filter(({ theirNote, told }) => theirNote !== null && told !== null).length, 101);
  const [here, there] = [await listSessions(seoul.context.records), await listSessions(washington.context.records)];
  const names = ['answer', 'ask', 'return', 'tell', 'tell-2', 'told', 'told-2'];
  assert.deepEqual(Object.keys(here[0]?.digests ?? {}).sort(), names);
  await settled(washington, (learned) => learned.length === 101);
  for (const name of names.filter((it) => it !== 'return'))
    assert.equal(there[0]?.digests[name], here[0]?.digests[name], name);
  assert.deepEqual(
    (await audited(washington, 'overlap.told')).map(({ details }) => details),
    [
      { desk: 'seoul', notes: 100 },
      { desk: 'seoul', notes: 1 },
    ],
  );
});

test('what was told is on record before it is heard, once', async () => {
  const { seoul, washington } = sides;
  await washington.add([2], 'open');
  await seoul.add([2], 'open');
  network.fate = (step) => (step === 'tell' ? 'unheard' : 'ok');
  await fails('partner-unreachable', askAll(seoul, washington));
  const [told] = await washington.context.records.query<{ told: unknown }>('select told from overlap_matches');
  assert.deepEqual(told?.told, { contact: 'officer of washington-2', reference: 'case washington-2' });
  assert.equal((await audited(washington, 'overlap.told')).length, 1);
  const [said] = await seoul.context.records.query<{ told: unknown }>('select told from overlap_matches');
  assert.deepEqual(said?.told, { contact: 'officer of seoul-2', reference: 'case seoul-2' });
  assert.equal((await audited(seoul, 'overlap.told')).length, 1);
  network.fate = () => 'ok';
  await askAll(seoul, washington);
  assert.equal((await audited(washington, 'overlap.told')).length, 1);
  assert.equal((await audited(seoul, 'overlap.told')).length, 1);
});

describe('several at once', () => {
  test('two asks do not both find the last room of a quota', async () => {
    const { seoul, washington } = sides;
    await seoul.add([1], 'open');
    for (let turn = 0; turn < 4; turn += 1) await askAbout(seoul, washington, [1]);
    const partner = await partnerOf(seoul, washington);
    const asks = [await askMade(seoul, washington, session(1)), await askMade(seoul, washington, session(2))];
    const answered = await Promise.allSettled(
      asks.map((ask) => callOverlap(seoul.context, partner, 'ask', ask, running)),
    );
    assert.deepEqual(answered.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.deepEqual(await usage(washington, seoul), { asked: 320, refusals: 1 });
    assert.equal((await states(washington)).length, 5);
  });

  test('an ask that comes twice gets the same answer, and is charged once', async () => {
    const { seoul, washington } = sides;
    const partner = await partnerOf(seoul, washington);
    const ask = await askMade(seoul, washington, session(3));
    const call = () => callOverlap(seoul.context, partner, 'ask', ask, running);
    const [one, other] = await Promise.all([call(), call()]);
    assert.deepEqual(one.said, other.said);
    assert.deepEqual(await usage(washington, seoul), { asked: 64, refusals: 0 });
  });

  test('sessions with one partner run in turn', async () => {
    const { seoul, washington } = sides;
    await washington.add([1, 2], 'open');
    await seoul.add([1, 2], 'open');
    await Promise.all([askAbout(seoul, washington, [1]), askAbout(seoul, washington, [2])]);
    const steps = network.sent.map(({ step }) => step).filter((step) => step !== 'list');
    const one = ['hello', 'ask', 'return', 'tell'];
    assert.deepEqual(steps, [...one, ...one]);
  });
});

describe('what is over is forgotten', () => {
  test('a session of which nothing comes back ends after a day, and its blinds go', async () => {
    const { seoul, washington } = sides;
    await seoul.add([1], 'open');
    network.fate = (step) => (step === 'return' ? 'lost' : 'ok');
    await fails('partner-unreachable', askAll(seoul, washington));
    await tidyOverlaps(washington.context);
    assert.deepEqual(await states(washington), ['open']);
    washington.clock.at += 25 * 3_600_000;
    await tidyOverlaps(washington.context);
    const [ended] = await washington.context.records.query<Record<string, unknown>>('select * from overlap_sessions');
    assert.deepEqual([ended?.state, ended?.kept, ended?.reply], ['failed', null, null]);
    assert.ok(ended?.problem);
  });

  test('with a partner goes what is known of it; the record of the sessions stays', async () => {
    const { seoul, washington } = sides;
    const { records, clock, overlap } = seoul.context;
    await washington.add([2], 'open');
    await seoul.add([2], 'open');
    await askAll(seoul, washington);
    await seoul.add([3], 'open');
    network.fate = (step) => (step === 'return' ? 'lost' : 'ok');
    await fails('partner-unreachable', askAll(seoul, washington));
    const isKept = () => readdirSync(overlap.folder).some((name) => name.startsWith('of-washington-'));
    assert.ok(isKept());
    await records.transaction((tx) => removePartner(tx, clock, 'washington', 'operator'));
    for (const table of ['terms', 'known', 'commitments', 'matches', 'usage'])
      assert.deepEqual(await records.query(`select * from overlap_${table} where desk = 'washington'`), [], table);
    assert.equal(await commitmentOf(records, 'washington', 1), null);
    const secrets = await records.query('select * from overlap_sessions where coalesce(kept, reply, came) is not null');
    assert.deepEqual(secrets, []);
    assert.deepEqual((await states(seoul)).toSorted(), ['done', 'failed']);
    await tidyOverlaps(seoul.context);
    assert.ok(!isKept());
  });

  test('the list of a partner goes with its next one, not with that of a partner whose name begins alike', async () => {
    const { seoul, washington } = sides;
    const { folder } = seoul.context.overlap;
    mkdirSync(folder, { recursive: true });
    const files = ['of-washington-900.list', 'of-washington-2-900.list'].map((name) => path.join(folder, name));
    for (const file of files) writeFileSync(file, '');
    await washington.add([7], 'open');
    await seoul.add([7], 'open');
    await askAll(seoul, washington);
    assert.deepEqual(files.map(existsSync), [false, true]);
  });
});

test('what no database keeps is refused as a message, not met as a fault', async () => {
  const { seoul, washington } = sides;
  const partner = await partnerOf(washington, seoul);
  const hear = async (step: 'hello' | 'ask', body: unknown) =>
    answerOverlap(
      washington.context,
      partner,
      step,
      await sealFor(seoul.context, await partnerOf(seoul, washington), vowTypes.overlap, body),
    );
  const ask = await askMade(seoul, washington, session(4));
  const key = pack(new Uint8Array(32));
  await fails('signature-invalid', hear('hello', { kind: 'hello', epoch: 2 ** 31, key }));
  // A last letter that no 32 bytes end with.
  await fails('signature-invalid', hear('hello', { kind: 'hello', epoch: 901, key: `${key.slice(0, -1)}B` }));
  await fails('signature-invalid', hear('ask', { ...ask, purpose: 'a\0b' }));
  assert.equal(unpack(ask.elements).length, 64 * 32);
});
