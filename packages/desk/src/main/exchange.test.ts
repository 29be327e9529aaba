import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import fc from 'fast-check';
import { verifyAudit } from '../audit/index.ts';
import { findIncident, listNotices, readTimeline } from '../cases/index.ts';
import { addNotices } from '../cases/notice.store.ts';
import { findParty, sendNext } from '../partner/index.ts';
import type { Db } from '../platform/index.ts';
import { deliveriesOf, nextWaiting, retryRefused, tellAcknowledged } from '../sharing/index.ts';
import { type ExchangeDesk, type Fault, openExchangeDesk, pair, partnerOf, report } from './exchange.fixture.ts';

/** Two desks in one process, with the network between them, and everything that can go wrong on the way. */

let seoul: ExchangeDesk;
let washington: ExchangeDesk;
before(async () => {
  seoul = await openExchangeDesk('seoul', 'KR');
  washington = await openExchangeDesk('washington', 'US');
});
beforeEach(async () => {
  await seoul.empty();
  await washington.empty();
  await pair(seoul.context, washington.context);
});
after(async () => {
  await seoul.close();
  await washington.close();
});

const running = new AbortController().signal;
const other = (desk: ExchangeDesk) => (desk === seoul ? washington : seoul);
const carry = async (from: ExchangeDesk, signal = running) =>
  sendNext(from.context, await partnerOf(from.context, other(from).context), signal);
const reporting = async (from: ExchangeDesk, n: number, addresses: readonly number[]) =>
  report(from.context, [await partnerOf(from.context, other(from).context)], n, addresses);
const deliveries = (desk: ExchangeDesk) => deliveriesOf(desk.context.records, other(desk).context.desk.desk);

/** What `from` has released to the other, and what the other holds from it; each object by identifier, version and hash. */
async function bothSides(from: ExchangeDesk): Promise<{ released: string[]; held: string[] }> {
  const sender = from.context.desk.desk;
  const objects = async (db: Db, sql: string, params: readonly string[]) =>
    (await db.query<{ object: string }>(sql, params)).map(({ object }) => object).sort();
  return {
    released: await objects(
      from.context.records,
      `select concat_ws(' ', o.id, o.modified, o.sha256) as object from shared_objects o
       join release_decisions d on d.object_id = o.id and d.modified = o.modified and d.released
       where o.origin = $1 and d.recipient = $2`,
      [sender, other(from).context.desk.desk],
    ),
    held: await objects(
      other(from).context.records,
      `select concat_ws(' ', id, modified, sha256) as object from shared_objects where origin = $1`,
      [sender],
    ),
  };
}

describe('a bundle goes from desk to desk', () => {
  test('signed, admitted, receipted, once', async () => {
    const id = await reporting(seoul, 1, [1, 2]);
    assert.deepEqual(await carry(seoul), { state: 'more', changed: true });
    assert.deepEqual(await carry(seoul), { state: 'idle', changed: false });
    const [sent] = await deliveries(seoul);
    const [received] = await deliveries(washington);
    assert.equal(sent?.state, 'delivered');
    assert.equal(received?.state, 'admitted');
    assert.equal(sent?.receipt?.jws, received?.receipt?.jws);
    assert.deepEqual(sent?.objects, received?.objects);
    assert.equal(sent?.attempts, 1);
    const kinds = (await readTimeline(seoul.context.records, id)).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['released', 'receipted']);
    const { released, held } = await bothSides(seoul);
    assert.deepEqual(held, released);
    const { link } = await partnerOf(seoul.context, washington.context);
    assert.equal(link.state, 'ok');
  });

  for (const [fault, text] of [
    ['request-lost', /cannot be reached/],
    ['answer-lost', /cannot be reached/],
    ['killed', /cannot be reached|refused the delivery/],
    ['nonsense', /without a receipt/],
  ] as const) {
    test(`${fault}: it waits, says why, and goes out when the partner is well`, async () => {
      await reporting(seoul, 1, [1]);
      washington.fault = fault;
      assert.deepEqual(await carry(seoul), { state: 'down', changed: true });
      const [waiting] = await deliveries(seoul);
      assert.equal(waiting?.state, 'waiting');
      assert.equal(waiting?.attempts, 1);
      assert.match(waiting?.problem?.text.en ?? '', text);
      assert.equal((await partnerOf(seoul.context, washington.context)).link.state, 'down');
      if (fault !== 'answer-lost') assert.deepEqual(await deliveries(washington), []);
      washington.fault = 'none';
      assert.deepEqual(await carry(seoul), { state: 'more', changed: true });
      const { released, held } = await bothSides(seoul);
      assert.deepEqual(held, released);
      assert.equal((await deliveries(washington)).length, 1);
      const [sent] = await deliveries(seoul);
      assert.deepEqual([sent?.state, sent?.attempts, sent?.problem], ['delivered', 2, null]);
    });
  }

  test('a partner that is silent does not hold a desk that stops', async () => {
    await reporting(seoul, 1, [1]);
    washington.fault = 'silence';
    const stopping = new AbortController();
    const sending = carry(seoul, stopping.signal);
    setTimeout(() => stopping.abort(), 100);
    assert.deepEqual(await sending, { state: 'idle', changed: false });
    const [waiting] = await deliveries(seoul);
    assert.deepEqual([waiting?.state, waiting?.attempts], ['waiting', 0]);
  });

  test('what the partner refuses for good is put aside, and what follows goes out', async () => {
    await reporting(seoul, 1, [1]);
    await reporting(seoul, 2, [2]);
    // Somebody changed the bundle after it was signed, and the envelope with it.
    const first = await nextWaiting(seoul.context.records, 'washington');
    await seoul.context.records.query('update deliveries set envelope = $2 where id = $1', [
      first?.id,
      '{"objects":{}}',
    ]);
    assert.deepEqual(await carry(seoul), { state: 'more', changed: true });
    assert.deepEqual(await carry(seoul), { state: 'more', changed: true });
    assert.deepEqual(
      (await deliveries(seoul)).map(({ state }) => state),
      ['delivered', 'refused-by-partner'],
    );
    assert.deepEqual(
      (await deliveries(washington)).map(({ state }) => state),
      ['admitted', 'quarantined'],
    );
    assert.equal(await seoul.context.records.transaction((tx) => retryRefused(tx, 'washington')), 1);
    assert.equal((await nextWaiting(seoul.context.records, 'washington'))?.id, first?.id);
  });

  test('a desk that is no partner any more is told so, and nothing of it is kept', async () => {
    await reporting(seoul, 1, [1]);
    await washington.context.records.query('delete from partners');
    assert.deepEqual(await carry(seoul), { state: 'down', changed: true });
    assert.deepEqual(await washington.context.records.query('select 1 from deliveries'), []);
    const [waiting] = await deliveries(seoul);
    assert.match(waiting?.problem?.text.en ?? '', /not a partner/);
  });
});

describe('that people on the other side have seen an incident', () => {
  const agencies = ['us-one', 'us-two'];
  const noticesAt = async (desk: ExchangeDesk, incident: string) =>
    (await listNotices(desk.context.records, { incident }))
      .map(({ agency, acknowledgedAt, acknowledgedBy }) => [agency, acknowledgedAt !== null, acknowledgedBy])
      .sort();
  /** Seoul shares an incident and tells two agencies through the partner's desk. */
  async function shared(): Promise<string> {
    const id = await reporting(seoul, 1, [1]);
    await carry(seoul);
    const ways = agencies.map((agency) => ({ agency, contact: 'washington', channel: 'desk' as const, problem: null }));
    const about = { incident: id, drill: false, insteadOf: null };
    await seoul.context.records.transaction((tx) => addNotices(tx, seoul.context, about, ways));
    return id;
  }
  const acknowledge = (id: string, agency: string, at: string) =>
    washington.context.records.transaction(async (tx) => {
      const incident = (await findIncident(tx, id)) ?? assert.fail();
      return tellAcknowledged(tx, { ...washington.context, party: findParty }, incident, agency, at);
    });

  test('is told to the desk that shared it, agency by agency, once, and never later than now', async () => {
    const id = await shared();
    assert.equal(await acknowledge(id, 'us-one', '2999-01-01T00:00:00.000Z'), true);
    await carry(washington);
    assert.deepEqual(await noticesAt(seoul, id), [
      ['us-one', true, 'desk:washington'],
      ['us-two', false, null],
    ]);
    const [notice] = (await listNotices(seoul.context.records, { incident: id })).filter((it) => it.acknowledgedAt);
    assert.equal(Date.parse(notice?.acknowledgedAt ?? ''), seoul.clock.at);
    const told = (await readTimeline(seoul.context.records, id)).filter(({ kind }) => kind === 'acknowledged');
    assert.deepEqual(
      told.map(({ who }) => who),
      [washington.context.desk.name],
    );
  });

  test('is told of all where the agency is one that only the other side knows', async () => {
    const id = await shared();
    await acknowledge(id, 'desk:washington', '2025-11-28T00:00:00.000Z');
    await carry(washington);
    assert.deepEqual(
      await noticesAt(seoul, id),
      agencies.map((agency) => [agency, true, 'desk:washington']),
    );
  });

  test('is told to nobody of an incident of one’s own', async () => {
    const id = await reporting(washington, 2, [2]);
    assert.equal(await acknowledge(id, 'us-one', '2025-11-28T00:00:00.000Z'), false);
  });
});

describe('whatever is lost, repeated or cut off', () => {
  const side = fc.constantFrom('seoul', 'washington');
  const fault: fc.Arbitrary<Fault> = fc.constantFrom('none', 'request-lost', 'answer-lost', 'killed', 'nonsense');
  const step = fc.oneof(
    fc.record({
      does: fc.constant('report' as const),
      side,
      n: fc.integer({ min: 1, max: 3 }),
      addresses: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
    }),
    fc.record({ does: fc.constant('carry' as const), side, fault }),
    fc.record({ does: fc.constant('wait' as const), side, ms: fc.integer({ min: 1, max: 50_000 }) }),
    fc.record({ does: fc.constant('kill' as const), side }),
  );

  test('both desks end with the same objects, each once, and a receipt for every bundle', async () => {
    const named = { seoul, washington };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        for (const desk of [seoul, washington]) await desk.empty();
        await pair(seoul.context, washington.context);
        for (const it of steps) {
          const desk = named[it.side as keyof typeof named];
          if (it.does === 'report') await reporting(desk, it.n, it.addresses);
          else if (it.does === 'wait') for (const one of [seoul, washington]) one.clock.at += it.ms;
          else if (it.does === 'carry') {
            other(desk).fault = it.fault;
            await carry(desk);
            other(desk).fault = 'none';
          } else {
            // Killed while it decides: everything of that transaction is gone.
            const { records } = desk.context;
            const dying = { ...desk.context, records: { ...records, transaction: dyingWith(records.transaction) } };
            await assert.rejects(
              report(dying, [await partnerOf(desk.context, other(desk).context)], 4, [6, 7]),
              /killed/,
            );
          }
        }
        for (const desk of [seoul, washington]) while ((await carry(desk)).state === 'more');
        for (const desk of [seoul, washington]) {
          const { released, held } = await bothSides(desk);
          assert.deepEqual(held, released);
          assert.equal(new Set(held.map((object) => object.split(' ')[0])).size, held.length);
          const sent = (await deliveries(desk)).filter(({ direction }) => direction === 'out');
          const got = (await deliveries(other(desk))).filter(({ direction }) => direction === 'in');
          assert.ok(sent.every(({ state, receipt }) => state === 'delivered' && receipt));
          const admitted = got.filter(({ state }) => state === 'admitted');
          assert.deepEqual(
            admitted.map(({ id, receipt }) => [id, receipt?.jws]),
            sent.map(({ id, receipt }) => [id, receipt?.jws]),
          );
          assert.equal(got.length, admitted.length);
          const objects = sent.flatMap((delivery) => delivery.objects.map(({ id }) => id));
          assert.equal(new Set(objects).size, objects.length);
          assert.equal((await verifyAudit(desk.context.records)).brokenAt, null);
          for (const id of new Set(sent.flatMap(({ incident }) => incident?.id ?? []))) {
            const told = (await readTimeline(desk.context.records, id)).filter(({ kind }) => kind === 'receipted');
            assert.equal(told.length, sent.filter(({ incident }) => incident?.id === id).length);
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});

function dyingWith(transaction: ExchangeDesk['context']['records']['transaction']): typeof transaction {
  return (work) =>
    transaction(async (tx) => {
      await work(tx);
      throw new Error('killed');
    });
}

test('a receipt that was altered on the way is not kept', async () => {
  await reporting(seoul, 1, [1]);
  // Another desk under the partner's name: its key is not the one that was compared.
  const { records, desk } = seoul.context;
  await records.query(`update partners set card = jsonb_set(card, '{key}', $1)`, [JSON.stringify(desk.key)]);
  await records.query('delete from partner_keys');
  assert.deepEqual(await carry(seoul), { state: 'down', changed: true });
  const [waiting] = await deliveries(seoul);
  assert.equal(waiting?.state, 'waiting');
  assert.equal(waiting?.problem?.code, 'signature-invalid');
});
