import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { GongjoError } from '../../kernel/index.ts';
import { pack } from '../../overlap/index.ts';
import { removePartner } from '../pair.ts';
import { sealFor } from '../sealed.ts';
import { vowTypes } from '../vow.ts';
import { answerOverlap, readReturns } from './answer.ts';
import { askPartner, askWaiting } from './ask.ts';
import { createCalculator } from './calculator.ts';
import { entriesChanged } from './context.ts';
import { entriesNamed, removeEntries } from './entry.store.ts';
import { matchesAbout } from './known.store.ts';
import { callOverlap } from './overlap-call.client.ts';
import { refreshOwnList, rotateEpoch } from './own-list.ts';
import { listSessions } from './session.store.ts';
import { type Network, newNetwork, openSide, pairSides, partnerOf, type Side } from './sides.fixture.ts';
import { askedBy, termsWith } from './terms.store.ts';

const calculator = createCalculator(1);
const reason = { purpose: 'test', legalBasis: 'MoU 3', by: 'officer' };
const running = new AbortController().signal;
const terms = { perHour: 256, perDay: 640, reverseCount: 4 };

let network: Network;
let seoul: Side;
let washington: Side;
before(async () => {
  network = newNetwork();
  seoul = await openSide('seoul', network, calculator);
  washington = await openSide('washington', network, calculator);
  await pairSides(seoul, washington, terms);
});
after(async () => {
  await Promise.all([seoul.close(), washington.close()]);
  await calculator.close();
});
beforeEach(async () => {
  network.fate = () => 'ok';
  network.sent.length = 0;
  for (const { context, clock } of [seoul, washington]) {
    clock.at += 40 * 86_400_000;
    await context.records.query(
      'truncate overlap_entries, overlap_known, overlap_sessions, overlap_matches, overlap_usage, audit_entries',
    );
  }
});

const matches = async ({ context }: Side) => {
  await readReturns(context);
  return (await matchesAbout(context.records, null)).map((it) => ({ ...it, session: null, firstAt: '' }));
};
const asking = async (asker: Side, answerer: Side, numbers?: readonly number[]) => {
  const partner = await partnerOf(asker, answerer);
  if (numbers === undefined) return askWaiting(asker.context, partner, reason, running);
  const entries = await entriesNamed(
    asker.context.records,
    numbers.map((it) => `${asker.id}-${it}`),
  );
  return askPartner(asker.context, partner, entries, reason, running);
};
const used = async ({ context }: Side, by: Side) =>
  (await askedBy(context.records, context.clock, by.id)).hourly.reduce((sum, count) => sum + count, 0);
const fails = (code: string, work: Promise<unknown>) =>
  assert.rejects(work, (thrown) => {
    assert.ok(thrown instanceof GongjoError, String(thrown));
    assert.equal(thrown.code, code, thrown.message);
    return true;
  });
/** What a desk notices after its answer has gone. */
async function settled(side: Side, holds: (seen: Awaited<ReturnType<typeof matches>>) => boolean): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    if (holds(await matches(side))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const isTold = (entry: string) => (seen: Awaited<ReturnType<typeof matches>>) =>
  seen.some((it) => it.entry === entry && it.theirNote !== null);

describe('two desks compare', () => {
  test('the match is on both, told as each owner chose; the silent match on one', async () => {
    await washington.add([2], 'open');
    await washington.add([3], 'contact');
    await washington.add([4], 'silent');
    await seoul.add([1, 2, 4], 'open');
    await seoul.add([3], 'contact');
    const { found, asked } = await asking(seoul, washington);
    assert.equal(asked, 64);
    assert.deepEqual(found.map(({ entry, note }) => [entry.id, note]).sort(), [
      ['seoul-2', { contact: 'officer of washington-2', reference: 'case washington-2' }],
      ['seoul-3', { contact: 'officer of washington-3', reference: null }],
    ]);
    await settled(washington, (seen) => isTold('washington-2')(seen) && isTold('washington-3')(seen));
    const there = await matches(washington);
    assert.deepEqual(
      there
        .map(({ entry, learned, theirNote, told }) => [
          entry,
          learned,
          theirNote?.reference ?? null,
          told?.reference ?? null,
        ])
        .sort(),
      [
        ['washington-2', true, 'case seoul-2', 'case washington-2'],
        ['washington-3', true, null, null],
        ['washington-4', true, null, null],
      ],
    );
    assert.equal(there.find(({ entry }) => entry === 'washington-4')?.told, null);
    assert.deepEqual((await matches(seoul)).map(({ entry }) => entry).sort(), ['seoul-2', 'seoul-3']);
  });

  test('both sides keep the same record of the session, and no identifier in it', async () => {
    await washington.add([2], 'open');
    await seoul.add([1, 2], 'open');
    await asking(seoul, washington);
    await settled(washington, isTold('washington-2'));
    const [[here], [there]] = [
      await listSessions(seoul.context.records),
      await listSessions(washington.context.records),
    ];
    assert.ok(here && there);
    assert.deepEqual(here.digests, there.digests);
    assert.deepEqual(Object.keys(here.digests).sort(), ['answer', 'ask', 'return', 'tell', 'told']);
    assert.deepEqual(
      [here.id, here.asked, here.list, here.purpose, here.legalBasis, here.state],
      [there.id, 64, there.list, 'test', 'MoU 3', 'done'],
    );
    assert.equal(there.state, 'done');
    assert.ok(!JSON.stringify([here, there]).includes('example'));
  });

  test('a later entry of the partner is found by its list’s difference, without a question', async () => {
    await washington.add([7], 'open');
    await seoul.add([1, 2], 'open');
    await asking(seoul, washington);
    const before = await used(washington, seoul);
    await washington.add([2], 'open');
    network.sent.length = 0;
    assert.equal((await asking(seoul, washington)).session, null);
    assert.deepEqual(
      (await matches(seoul)).map(({ entry }) => entry),
      ['seoul-2'],
    );
    assert.equal(await used(washington, seoul), before);
    const list = network.sent.filter(({ step }) => step === 'list');
    // A difference of 64 values each way, not a list of 1,024.
    assert.ok(list.length === 1 && list[0]!.answerBytes < 4000, JSON.stringify(list));
  });

  test('what was taken off the list is found no more', async () => {
    await washington.add([2], 'open');
    await seoul.add([2], 'open');
    await removeEntries(washington.context.records, washington.context.clock, ['washington-2']);
    entriesChanged(washington.context);
    await refreshOwnList(washington.context);
    assert.deepEqual((await asking(seoul, washington)).found, []);
  });

  test('a used-up quota is told with the time to come back; nothing is charged for what was refused', async () => {
    await seoul.add([1], 'open');
    for (let turn = 0; turn < 4; turn += 1) await asking(seoul, washington, [1]);
    assert.equal(await used(washington, seoul), 256);
    await assert.rejects(asking(seoul, washington, [1]), (thrown) => {
      assert.ok(thrown instanceof GongjoError);
      assert.equal(thrown.code, 'overlap-quota-exceeded');
      assert.match(thrown.problem.hint.en, /Ask again in 3600 seconds/);
      return true;
    });
    assert.equal(await used(washington, seoul), 256);
    washington.clock.at += 3_600_000;
    seoul.clock.at += 3_600_000;
    assert.equal((await asking(seoul, washington, [1])).asked, 64);
  });

  test('who goes on asking beyond the quota is reported, once an hour', async () => {
    await seoul.add([1], 'open');
    for (let turn = 0; turn < 4; turn += 1) await asking(seoul, washington, [1]);
    for (let turn = 0; turn < 5; turn += 1) await fails('overlap-quota-exceeded', asking(seoul, washington, [1]));
    const alarms = await washington.context.records.query(
      `select * from audit_entries where action = 'overlap.enumeration-suspected'`,
    );
    assert.equal(alarms.length, 1);
  });

  test('without terms there is no comparing', async () => {
    await seoul.add([1], 'open');
    await washington.context.records.query('delete from overlap_terms');
    await fails('overlap-not-agreed', asking(seoul, washington));
    await pairSides(seoul, washington, terms);
  });

  let turns = 0;
  for (const step of ['hello', 'list', 'ask', 'return', 'tell'] as const)
    for (const fate of ['lost', 'unheard'] as const)
      test(`a session that breaks at "${step}" (${fate}) is carried on after a restart, and charged once`, async () => {
        // One more than in any test before, so that the list is another one.
        turns += 1;
        await washington.add([2, 100 + turns], 'open');
        await washington.add([3], 'silent');
        await seoul.add([2, 3], 'open');
        network.fate = (at) => (at === step ? fate : 'ok');
        await fails('partner-unreachable', asking(seoul, washington));
        network.fate = () => 'ok';
        [seoul, washington] = [seoul.restarted(), washington.restarted()];
        await asking(seoul, washington);
        await settled(washington, isTold('washington-2'));
        assert.deepEqual(
          (await matches(seoul)).map(({ entry, theirNote }) => [entry, theirNote?.contact]),
          [['seoul-2', 'officer of washington-2']],
        );
        assert.deepEqual((await matches(washington)).map(({ entry }) => entry).sort(), [
          'washington-2',
          'washington-3',
        ]);
        assert.equal(await used(washington, seoul), 64);
        assert.equal((await listSessions(seoul.context.records)).filter(({ state }) => state !== 'done').length, 0);
      });

  test('a session is used once, by the partner that began it, and claims no more than it asked', async () => {
    await seoul.add([1], 'open');
    const partner = await partnerOf(seoul, washington);
    const { session } = await asking(seoul, washington, [1]);
    assert.ok(session !== null);
    const [kept] = await seoul.context.records.query<{ their_epoch: number; our_epoch: number }>(
      'select * from overlap_sessions',
    );
    assert.ok(kept);
    const filled = (bytes: number) => pack(new Uint8Array(64 * bytes).fill(7));
    const [{ public_key: key }] = (await washington.context.records.query<{ public_key: string }>(
      'select * from overlap_epochs order by epoch desc',
    )) as [{ public_key: string }];
    const other = {
      kind: 'ask',
      session,
      epoch: kept.their_epoch,
      key,
      elements: filled(32),
      offer: { epoch: kept.our_epoch, key, values: filled(8) },
      purpose: 'x',
      legalBasis: null,
    } as const;
    await fails('overlap-refused', callOverlap(seoul.context, partner, 'ask', other, running));
    const note = { contact: 'x', reference: null };
    const tellOf = (id: string, count: number) =>
      ({
        kind: 'tell',
        session: id,
        claims: Array.from({ length: count }, () => ({ output: pack(new Uint8Array(64)), note })),
      }) as const;
    await fails('overlap-refused', callOverlap(seoul.context, partner, 'tell', tellOf(session, 65), running));
    const unknown = '7b0f6c0e-4b1c-4c55-9d59-0c53f2f1a009';
    await fails('overlap-refused', callOverlap(seoul.context, partner, 'tell', tellOf(unknown, 0), running));
    // The answerer's own session is not the asker's to carry on from the other side.
    const back = await partnerOf(washington, seoul);
    await fails('overlap-refused', callOverlap(washington.context, back, 'tell', tellOf(session, 0), running));
  });

  test('what was signed for another desk, or by another, is not taken', async () => {
    const partner = await partnerOf(washington, seoul);
    const hello = { kind: 'hello', epoch: 1, key: pack(new Uint8Array(32)) };
    const toAnother = await sealFor(
      seoul.context,
      { ...partner, card: { ...partner.card, desk: 'busan' as never } },
      vowTypes.overlap,
      hello,
    );
    await fails('signature-invalid', answerOverlap(washington.context, partner, 'hello', toAnother));
    const byItself = await sealFor(washington.context, partner, vowTypes.overlap, hello);
    await fails('signature-invalid', answerOverlap(washington.context, partner, 'hello', byItself));
  });

  test('the policy decides whether anything is told: without an agreement the match stays, and nobody is introduced', async () => {
    await washington.add([2], 'open');
    await seoul.add([2], 'open');
    for (const [{ context }, partner] of [
      [seoul, 'washington'],
      [washington, 'seoul'],
    ] as const)
      await context.records.query('update partners set agreement = null where desk = $1', [partner]);
    const { found } = await asking(seoul, washington);
    assert.deepEqual(
      found.map(({ entry, note }) => [entry.id, note]),
      [['seoul-2', null]],
    );
    await settled(washington, (seen) => seen.length === 1);
    assert.deepEqual(
      (await matches(washington)).map(({ entry, theirNote, told }) => [entry, theirNote, told]),
      [['washington-2', null, null]],
    );
    await pairSides(seoul, washington, terms);
  });

  test('a partner that is removed has agreed to nothing when it comes back', async () => {
    const { records, clock } = washington.context;
    await records.transaction((tx) => removePartner(tx, clock, 'seoul', 'operator'));
    assert.equal(await termsWith(records, 'seoul'), null);
    await pairSides(seoul, washington, terms);
  });

  test('a new epoch is another key, another list; what was known of the old one is asked anew', async () => {
    await washington.add([2], 'open');
    await seoul.add([2], 'open');
    await asking(seoul, washington);
    const before = await washington.context.records.query<{ public_key: string }>('select * from overlap_epochs');
    await rotateEpoch(washington.context, 'operator');
    const { found } = await asking(seoul, washington);
    assert.equal(found.length, 1);
    const after = await washington.context.records.query<{ public_key: string }>('select * from overlap_epochs');
    assert.equal(new Set(after.map((it) => it.public_key)).size, before.length + 1);
  });

  test('another key for the same epoch is refused, and both signed words are kept', async () => {
    const partner = await partnerOf(seoul, washington);
    const hello = (key: Uint8Array) =>
      callOverlap(seoul.context, partner, 'hello', { kind: 'hello', epoch: 900, key: pack(key) }, running);
    await hello(new Uint8Array(32).fill(1));
    await assert.rejects(hello(new Uint8Array(32).fill(2)), /overlap-commitment-changed/);
    const [kept] = await washington.context.records.query<{ details: { first: string; other: string } }>(
      `select details from audit_entries where action = 'overlap.commitment-changed'`,
    );
    assert.ok(kept && kept.details.first !== kept.details.other);
    assert.equal(kept.details.first.split('.').length, 3);
  });
});
