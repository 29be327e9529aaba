import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import { GongjoError } from '../../kernel/index.ts';
import { custodyOf } from '../custody.store.ts';
import { readTimeline } from '../timeline.store.ts';
import { answerHold } from './answer.ts';
import { deliverHolds } from './deliver.ts';
import { hourMs, openCases } from './desk.fixture.ts';
import { readDocuments } from './document.store.ts';
import { reviseHold } from './draft.ts';
import { messagesOf } from './message.store.ts';
import { sendHold } from './send.ts';
import { warnOfHolds } from './warn.ts';

const never = new AbortController().signal;
const failed = (hold: string, thrown: unknown) => assert.fail(`${hold}: ${thrown}`);
let cases: Awaited<ReturnType<typeof openCases>>;
before(async () => {
  cases = await openCases();
});
after(() => cases.close());
/** An approved request of an incident of its own. */
const approved = async (n: number, change: Parameters<typeof cases.draft>[1] = {}) => {
  const incident = await cases.incident(n);
  const id = await cases.draft(incident, change);
  await cases.approve(id);
  return { id, incident };
};
const marks = (incident: string, tlp: string) =>
  cases.records.query(`update incidents set body = body || jsonb_build_object('tlp', $2::text) where id = $1`, [
    incident,
    tlp,
  ]);
const states = async (id: string) => (await messagesOf(cases.records, id)).map(({ key, state }) => `${key} ${state}`);

describe('sending a request by mail', () => {
  test('exactly the documents that went are in the audit record and in custody', async () => {
    const { id, incident } = await approved(1);
    await sendHold(cases.context, id, { way: 'email' }, 'Kim');
    await deliverHolds(cases.context, never, failed);
    assert.equal((await cases.hold(id)).progress.state, 'sent');
    const sent = cases.mails
      .at(-1)
      ?.attachments?.map(({ filename }) => filename)
      .sort();
    assert.ok(sent?.length);
    assert.ok(sent.every((name) => !name.endsWith('.docx')));
    const [entry] = (await cases.audited('hold.sent')).filter(({ subject }) => subject === id);
    assert.deepEqual(entry?.details.documents?.map(({ name }) => name).sort(), sent);
    const { records: kept } = await custodyOf(cases.records, { incident });
    assert.deepEqual(kept.map(({ name }) => name).sort(), sent);
    assert.deepEqual(
      kept.map(({ sha256 }) => sha256).sort(),
      entry?.details.documents?.map(({ sha256 }) => sha256).sort(),
    );
    assert.ok(kept.every(({ direction }) => direction === 'out'));
  });

  test('what was changed meanwhile does not go, and nothing behind it waits', async () => {
    const changed = await approved(2);
    await sendHold(cases.context, changed.id, { way: 'email' }, 'Kim');
    await reviseHold(cases.context, changed.id, { days: 9 }, 'Kim');
    assert.deepEqual(await states(changed.id), ['request dropped']);
    const withdrawn = await approved(3);
    await sendHold(cases.context, withdrawn.id, { way: 'email' }, 'Kim');
    await answerHold(cases.context, withdrawn.id, { event: 'withdraw', reason: 'a mistake' }, 'Kim');
    assert.deepEqual(await states(withdrawn.id), ['request dropped']);
    const mails = cases.mails.length;
    await deliverHolds(cases.context, never, failed);
    assert.equal(cases.mails.length, mails);
  });

  test('the answer that ends it stops what is still on its way', async () => {
    const { id } = await approved(4);
    await sendHold(cases.context, id, { way: 'print' }, 'Kim');
    await sendHold(cases.context, id, { way: 'email' }, 'Kim');
    await answerHold(cases.context, id, { event: 'hold' }, 'Kim');
    // A request that is held cannot be sent once more.
    assert.deepEqual(await states(id), ['request dropped']);
  });

  test('withdrawn while it was being handed over: it is said that it left, and the loop goes on', async () => {
    const { id, incident } = await approved(5);
    await sendHold(cases.context, id, { way: 'email' }, 'Kim');
    const behind = await approved(6);
    cases.clock.at += 1;
    await sendHold(cases.context, behind.id, { way: 'email' }, 'Kim');
    cases.state.onMail = async ({ headers }) => {
      if (headers['x-gongjo-hold'] === id)
        await answerHold(cases.context, id, { event: 'withdraw', reason: 'a mistake' }, 'Lee');
    };
    await deliverHolds(cases.context, never, failed);
    cases.state.onMail = async () => undefined;
    assert.equal((await cases.hold(id)).progress.state, 'withdrawn');
    assert.equal((await cases.hold(behind.id)).progress.state, 'sent');
    const late = (await cases.audited('hold.sent-too-late')).filter(({ subject }) => subject === id);
    assert.equal(late.length, 1);
    assert.equal((await custodyOf(cases.records, { incident })).records.length, late[0]?.details.documents?.length);
    const mails = cases.mails.length;
    await deliverHolds(cases.context, never, failed);
    assert.equal(cases.mails.length, mails);
  });

  test('a message of another round is not sent, even where it stands in the queue', async () => {
    const { id } = await approved(7);
    await sendHold(cases.context, id, { way: 'email' }, 'Kim');
    await cases.records.query('update hold_messages set round = 0 where hold = $1', [id]);
    const mails = cases.mails.length;
    await deliverHolds(cases.context, never, failed);
    assert.equal(cases.mails.length, mails);
    assert.deepEqual(await states(id), ['request dropped']);
  });

  test('letters of one marking do not leave under an incident of another', async () => {
    const { id, incident } = await approved(42);
    await sendHold(cases.context, id, { way: 'email' }, 'Kim');
    await marks(incident, 'red');
    const mails = cases.mails.length;
    await deliverHolds(cases.context, never, failed);
    assert.equal(cases.mails.length, mails);
    assert.deepEqual(await states(id), ['request dropped']);
    const again = () => sendHold(cases.context, id, { way: 'email' }, 'Kim');
    await assert.rejects(again, /was marked TLP:RED after the letters were approved/);
    await reviseHold(cases.context, id, {}, 'Kim');
    await cases.approve(id);
    await again();
    await deliverHolds(cases.context, never, failed);
    assert.equal(cases.mails.length, mails + 1);
  });

  test('a clock set back between approval and sending does not stop it', async () => {
    const { id } = await approved(8);
    await sendHold(cases.context, id, { way: 'email' }, 'Kim');
    const { at } = cases.clock;
    await cases.records.query(`update hold_messages set next_at = next_at - interval '1 minute' where hold = $1`, [id]);
    cases.clock.at -= 10_000;
    await deliverHolds(cases.context, never, failed);
    cases.clock.at = at;
    assert.equal((await cases.hold(id)).progress.state, 'sent');
  });
});

test('to the addressee’s interface only the JSON goes, and only that is in the record', async () => {
  const bodies: string[] = [];
  const receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    response.writeHead(202).end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const to = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/holds`;
  const { id, incident } = await approved(20, { addressee: { channel: { kind: 'api', to } } });
  await sendHold(cases.context, id, { way: 'api' }, 'Kim');
  await deliverHolds(cases.context, never, failed);
  receiver.close();
  const json = (await readDocuments(cases.records, id, 1)).find(({ form }) => form === 'json');
  assert.deepEqual(bodies, [json?.content.toString('utf8')]);
  assert.deepEqual(
    (await custodyOf(cases.records, { incident })).records.map(({ sha256 }) => sha256),
    [json?.sha256],
  );
});

test('to the addressee’s desk it goes whenever policy lets go of it, and not after it was withdrawn', async () => {
  const addressee = { desk: 'washington' };
  const waiting = await approved(25, { addressee });
  const withdrawn = await approved(26, { addressee });
  let state: 'kept' | 'accepted' = 'kept';
  const asked: string[] = [];
  const context: typeof cases.context = {
    ...cases.context,
    exchange: {
      partner: async () => ({ id: 'washington', name: { en: 'Washington', ko: '워싱턴' } }),
      ask: async ({ hold }) => {
        asked.push(hold);
        if (state === 'accepted') return state;
        throw new GongjoError('hold-desk-kept', { desk: 'washington', detail: 'two persons' });
      },
      stop: async () => undefined,
    },
  };
  for (const { id } of [waiting, withdrawn]) await sendHold(context, id, { way: 'desk' }, 'Kim');
  const look = async () => {
    await deliverHolds(context, never, failed);
    cases.clock.at += 11_000;
  };
  await look();
  assert.deepEqual(await states(waiting.id), ['request failed']);
  cases.clock.at += 80 * hourMs;
  await look();
  await look();
  await answerHold(context, withdrawn.id, { event: 'withdraw', reason: 'a mistake' }, 'Kim');
  state = 'accepted';
  asked.length = 0;
  await look();
  assert.deepEqual(asked, [waiting.id]);
  assert.deepEqual(await states(waiting.id), ['request sent']);
  assert.deepEqual(await states(withdrawn.id), ['request dropped']);
  const inCustody = async () => (await custodyOf(cases.records, { incident: waiting.incident })).records.length;
  const kept = await inCustody();
  assert.ok(kept > 0);
  await assert.rejects(sendHold(context, waiting.id, { way: 'desk' }, 'Kim'), { code: 'hold-desk-has-it' });
  assert.equal(await inCustody(), kept);
  await sendHold(context, waiting.id, { way: 'print' }, 'Kim');
  assert.equal(await inCustody(), 2 * kept);
});

for (const [code, meanwhile] of [
  ['hold-desk-kept', 'dropped'],
  ['hold-desk-refused', 'sent'],
] as const)
  test(`${code} is known too late, as the message is ${meanwhile}: nothing is said to have left by it`, async () => {
    const { id, incident } = await approved(code === 'hold-desk-kept' ? 31 : 32, { addressee: { desk: 'washington' } });
    const context: typeof cases.context = {
      ...cases.context,
      exchange: {
        partner: async () => ({ id: 'washington', name: { en: 'Washington', ko: '워싱턴' } }),
        stop: async () => undefined,
        ask: async ({ id: message }) => {
          if (meanwhile === 'sent')
            await cases.records.query(`update hold_messages set state = 'sent', next_at = null where id = $1`, [
              message,
            ]);
          await answerHold(context, id, { event: 'withdraw', reason: 'a mistake' }, 'Lee');
          throw new GongjoError(code, { desk: 'washington', detail: 'why' });
        },
      },
    };
    await sendHold(context, id, { way: 'desk' }, 'Kim');
    assert.deepEqual(await deliverHolds(context, never, failed), []);
    assert.deepEqual(await states(id), [`request ${meanwhile}`]);
    assert.deepEqual(
      (await cases.audited('hold.sent-too-late')).filter(({ subject }) => subject === id),
      [],
    );
    assert.deepEqual((await custodyOf(cases.records, { incident })).records, []);
  });

test('a request that fails as nobody foresaw keeps no other waiting', async () => {
  const broken = await approved(27);
  await sendHold(cases.context, broken.id, { way: 'email' }, 'Kim');
  const behind = await approved(28);
  await sendHold(cases.context, behind.id, { way: 'email' }, 'Kim');
  const { mailer } = cases.context;
  const send: typeof mailer.send = async (mail) => {
    if (mail.headers['x-gongjo-hold'] === broken.id) throw new TypeError('a bug');
    await mailer.send(mail);
  };
  const told: string[] = [];
  const deliver = () => deliverHolds({ ...cases.context, mailer: { send } }, never, (hold) => told.push(hold));
  assert.deepEqual((await deliver()).sort(), [broken.id, behind.id].sort());
  assert.deepEqual(told, [broken.id]);
  assert.deepEqual(await states(behind.id), ['request sent']);
  assert.deepEqual(await states(broken.id), ['request failed']);
  const [message] = await messagesOf(cases.records, broken.id);
  assert.deepEqual([message?.attempts, message?.problem?.code], [1, 'internal']);
  await deliver();
  assert.deepEqual(told, [broken.id], 'not before a while');
  cases.clock.at += 11_000;
  await deliverHolds(cases.context, never, failed);
  assert.deepEqual(await states(broken.id), ['request sent']);
});

test('what left and could not be noted is not sent without end', async () => {
  const { id } = await approved(29);
  await sendHold(cases.context, id, { way: 'email' }, 'Kim');
  const { records } = cases.context;
  let tries = 0;
  const transaction: typeof records.transaction = async (work) => {
    tries += 1;
    if (tries % 2 === 1) throw new TypeError('a bug');
    return records.transaction(work);
  };
  const mails = cases.mails.length;
  for (let looks = 0; looks < 6; looks += 1) {
    await deliverHolds({ ...cases.context, records: { ...records, transaction } }, never, () => undefined);
    cases.clock.at += 11_000;
  }
  assert.equal(cases.mails.length, mails + 3);
  assert.deepEqual(
    (await messagesOf(cases.records, id)).map(({ attempts, problem }) => [attempts, problem?.code]),
    [[3, 'internal']],
  );
});

test('a person who hands it over says when', async () => {
  const { id } = await approved(30);
  const now = cases.clock.at;
  const iso = (ms: number) => new Date(ms).toISOString();
  cases.clock.at += 2 * hourMs;
  for (const at of [iso(now + 3 * hourMs), iso(now - 1), '2026-11-31T00:00:00.000Z'])
    await assert.rejects(sendHold(cases.context, id, { way: 'print', at }, 'Kim'), /does not fit/);
  await sendHold(cases.context, id, { way: 'print', at: iso(now + hourMs) }, 'Kim');
  assert.equal((await cases.hold(id)).progress.sentAt, iso(now + hourMs));
});

describe('warnings', () => {
  beforeEach(async () => {
    await cases.records.query('delete from holds');
  });

  test('tell what is left, in the incident and in the mail, and an extension stops those not yet sent', async () => {
    const { id, incident } = await approved(40);
    await sendHold(cases.context, id, { way: 'print' }, 'Kim');
    await answerHold(cases.context, id, { event: 'hold' }, 'Kim');
    const start = cases.clock.at;
    cases.clock.at = start + (7 * 24 - 30) * hourMs;
    assert.equal(await warnOfHolds(cases.context), 1);
    assert.equal(await warnOfHolds(cases.context), 0);
    const [told] = (await readTimeline(cases.records, incident)).filter(({ kind }) => kind === 'hold-expiring');
    assert.equal(told?.count, 30);
    cases.clock.at += 2 * hourMs;
    await deliverHolds(cases.context, never, failed);
    assert.match(cases.mails.at(-1)?.subject ?? '', /The hold at Pacific ends in 28 hours/);
    cases.clock.at = start + (7 * 24 - 5) * hourMs;
    await warnOfHolds(cases.context);
    const until = new Date(start + 14 * 24 * hourMs).toISOString();
    await answerHold(cases.context, id, { event: 'extend', until }, 'Kim');
    const mails = cases.mails.length;
    await deliverHolds(cases.context, never, failed);
    assert.equal(cases.mails.length, mails);
    // It is warned of anew.
    cases.clock.at = start + (14 * 24 - 1) * hourMs;
    assert.equal(await warnOfHolds(cases.context), 1);
    cases.clock.at = start + (14 * 24 + 1) * hourMs;
    assert.equal(await warnOfHolds(cases.context), 1);
    const kinds = (await readTimeline(cases.records, incident)).map(({ kind }) => kind);
    assert.equal(kinds.filter((kind) => kind === 'hold-expired').length, 1);
    await cases.records.query(`update hold_messages set next_at = null where hold = $1`, [id]);
  });

  test('name the addressee only as far as the incident’s marking lets the contact carry it', async () => {
    const { id, incident } = await approved(41);
    await sendHold(cases.context, id, { way: 'print' }, 'Kim');
    await marks(incident, 'red');
    assert.equal((await cases.hold(id)).tlp, 'red');
    cases.clock.at += 25 * hourMs;
    assert.equal(await warnOfHolds(cases.context), 1);
    await deliverHolds(cases.context, never, failed);
    const mail = cases.mails.at(-1);
    assert.match(mail?.subject ?? '', /A hold request has not been acknowledged/);
    assert.doesNotMatch(`${mail?.subject} ${mail?.text}`, /Pacific|퍼시픽|number/);
  });
});
