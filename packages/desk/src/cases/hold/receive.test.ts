import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { zHoldFileReceived } from '@gongjo/contract';
import { sha256Hex } from '../../platform/index.ts';
import { custodyOf } from '../custody.store.ts';
import { hourMs, openCases } from './desk.fixture.ts';
import { receiveHoldFile, takeOutHoldFile } from './receive.ts';
import { listReceived } from './received.store.ts';
import { sendHold } from './send.ts';
import { holdDetail } from './view.ts';

const content = Buffer.from('%PDF-1.7 고객 확인');
const kyc = { kind: 'kyc' as const, name: '고객 확인.pdf', mediaType: 'application/pdf', content };
const is = (code: string) => (thrown: { problem?: { code: string } }) => thrown.problem?.code === code;

let cases: Awaited<ReturnType<typeof openCases>>;
before(async () => {
  cases = await openCases();
});
after(() => cases.close());

let incidents = 0;
const sent = async () => {
  incidents += 1;
  const incident = await cases.incident(incidents);
  const id = await cases.draft(incident);
  await cases.approve(id);
  await sendHold(cases.context, id, { way: 'print' }, 'Kim');
  return { incident, id };
};

describe('a file that came back', () => {
  test('is kept as it came; custody says in, from whom, by whom, and the record has it', async () => {
    const { incident, id } = await sent();
    const file = await receiveHoldFile(
      cases.context,
      id,
      { ...kyc, sha256: sha256Hex(content), from: 'Pacific, compliance', note: 'by courier' },
      'Lee',
    );
    const { file: kept, content: bytes } = await takeOutHoldFile(cases.context, id, file.id, 'Park');
    assert.deepEqual(Buffer.from(bytes), content);
    assert.deepEqual(kept, file);
    const { records } = await custodyOf(cases.records, { incident });
    const steps = records.filter(({ sha256 }) => sha256 === file.sha256);
    assert.deepEqual(
      steps.map(({ direction, who, name, bytes }) => ({ direction, who, name, bytes })),
      [
        { direction: 'in', who: 'Lee', name: kyc.name, bytes: content.length },
        { direction: 'out', who: 'Park', name: kyc.name, bytes: content.length },
      ],
    );
    assert.match(steps[0]?.why ?? '', /kyc from Pacific, compliance, .*: by courier$/);
    for (const action of ['hold.file-received', 'hold.file-read'])
      assert.equal((await cases.audited(action)).filter(({ subject }) => subject === id).length, 1, action);
    assert.deepEqual((await holdDetail(cases.records, cases.context, id)).received, [file]);
  });

  test('from whom and when is by itself the addressee, now', async () => {
    const { id } = await sent();
    const file = await receiveHoldFile(cases.context, id, kyc, 'Lee');
    assert.equal(file.from, 'Pacific');
    assert.equal(file.receivedAt, new Date(cases.clock.at).toISOString());
  });

  test('is taken once at a request, and again at another', async () => {
    const [one, other] = [await sent(), await sent()];
    await receiveHoldFile(cases.context, one.id, kyc, 'Lee');
    await assert.rejects(
      receiveHoldFile(cases.context, one.id, { ...kyc, name: 'copy.pdf' }, 'Lee'),
      is('hold-file-known'),
    );
    await receiveHoldFile(cases.context, other.id, kyc, 'Lee');
    assert.equal((await listReceived(cases.records, one.id)).length, 1);
    await assert.rejects(
      takeOutHoldFile(cases.context, other.id, (await listReceived(cases.records, one.id))[0]?.id ?? '', 'Lee'),
      is('not-found'),
    );
  });

  test('is refused, and nothing kept, where it is not what was sent, is empty, too large or of another time', async () => {
    const { id, incident } = await sent();
    const before = (await custodyOf(cases.records, { incident })).records.length;
    const refused: readonly [object, string][] = [
      [{ sha256: '0'.repeat(64) }, 'hold-file-differs'],
      [{ content: Buffer.alloc(0) }, 'hold-file-empty'],
      [{ content: Buffer.alloc(cases.context.settings.fileBytes + 1) }, 'hold-file-too-large'],
      [{ receivedAt: new Date(cases.clock.at - hourMs).toISOString() }, 'hold-time-wrong'],
      [{ receivedAt: new Date(cases.clock.at + hourMs).toISOString() }, 'hold-time-wrong'],
      [{ receivedAt: '2027-02-30T00:00:00.000Z' }, 'hold-time-wrong'],
    ];
    for (const [change, code] of refused)
      await assert.rejects(receiveHoldFile(cases.context, id, { ...kyc, ...change }, 'Lee'), is(code), code);
    assert.deepEqual(await listReceived(cases.records, id), []);
    assert.equal((await custodyOf(cases.records, { incident })).records.length, before);
  });

  test('is refused where there is no room for more', async () => {
    const { id } = await sent();
    await cases.records.query(
      `insert into hold_received (id, hold, seq, sha256, kind, name, media_type, size, content, giver, received_at, taken_at, by)
       select $1 || n, $1, n, n::text, 'logs', 'n', 'a/b', 1, '', 'g', now(), now(), 'b' from generate_series(1, 199) n`,
      [id],
    );
    await receiveHoldFile(cases.context, id, kyc, 'Lee');
    const more = { ...kyc, content: Buffer.from('one more') };
    await assert.rejects(receiveHoldFile(cases.context, id, more, 'Lee'), is('hold-files-full'));
    assert.equal((await listReceived(cases.records, id)).length, 200);
  });

  test('cannot come back before the request was sent', async () => {
    const id = await cases.draft(await cases.incident(900));
    await assert.rejects(receiveHoldFile(cases.context, id, kyc, 'Lee'), is('hold-step-forbidden'));
    assert.equal((await holdDetail(cases.records, cases.context, id)).receivedBytesMax, null);
  });

  test('that was changed in the store is not given out', async () => {
    const { id } = await sent();
    const file = await receiveHoldFile(cases.context, id, kyc, 'Lee');
    await cases.records.query('update hold_received set content = $2 where id = $1', [file.id, Buffer.from('other')]);
    await assert.rejects(takeOutHoldFile(cases.context, id, file.id, 'Lee'), is('hold-file-damaged'));
  });
});

test('a name of a file is no path and nothing that is not seen', () => {
  const asked = { kind: 'reply', base64: 'YQ==' };
  for (const name of ['a.pdf', '고객 확인 (1).xlsx', "O'Brien; x=1.pdf", '.a'])
    assert.ok(zHoldFileReceived.safeParse({ ...asked, name }).success, name);
  for (const name of ['', ' ', '.', '..', 'a/b', 'a\\b', 'a\u0000', 'a\nb', 'a\u202Efdp.exe', 'x'.repeat(201)])
    assert.ok(!zHoldFileReceived.safeParse({ ...asked, name }).success, JSON.stringify(name));
});
