import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type DeskCard, zHold, zHoldSummary } from '@gongjo/contract';
import { freePort } from '@gongjo/demo';
import { z } from 'zod';
import { type HoldDesk, isTraced, openHoldDesk, signatory, until } from './hold-desk.fixture.ts';
import { address, exchange } from './round.fixture.ts';

const legalBasis = { en: 'Article 199(2) of the Criminal Procedure Act', ko: '형사소송법 제199조 제2항' };

describe('hold requests of two desks for the same value', () => {
  let seoul: HoldDesk;
  let washington: HoldDesk;
  let first = '';
  before(async () => {
    const channel = { kind: 'portal', to: 'https://pacific.example/police' };
    seoul = await openHoldDesk({ channel, port: await freePort() });
    washington = await openHoldDesk({
      ...{ channel, port: await freePort(), opens: false },
      identity: { id: 'washington', country: 'US' },
    });
    for (const [from, to] of [
      [seoul, washington],
      [washington, seoul],
    ] as const) {
      const { fingerprint, ...card } = (await from.as('operator', 'GET', '/api/card')).json() as DeskCard & {
        fingerprint: string;
      };
      const paired = await to.as('operator', 'POST', '/api/partners', { card, fingerprint, agreement: 'MoU' });
      assert.equal(paired.statusCode, 201, paired.body);
    }
    await until(() => isTraced(washington.as, seoul.incident));
  });
  after(async () => {
    await Promise.all([seoul?.close(), washington?.close()]);
  });
  const draft = async (desk: HoldDesk) => {
    const asked = {
      incident: seoul.incident,
      address: address(exchange),
      signatory,
      legalBasis,
      caseNumber: '2026-0412',
    };
    return zHold.parse((await desk.as('Kim', 'POST', '/api/holds', asked)).json());
  };
  const approve = async (desk: HoldDesk, id: string) => {
    const { digest } = await desk.hold(id);
    const approved = await desk.as('Lee', 'POST', `/api/holds/${id}/approve`, { digest });
    assert.equal(approved.statusCode, 200, approved.body);
  };
  const listed = async (desk: HoldDesk) =>
    z.object({ holds: z.array(zHoldSummary) }).parse((await desk.as('operator', 'GET', '/api/holds')).json()).holds;

  test('a draft stays with its desk; what is approved and sent is seen by the partner', async () => {
    first = (await draft(seoul)).id;
    await approve(seoul, first);
    const sent = await seoul.as('Lee', 'POST', `/api/holds/${first}/send`, { way: 'print' });
    assert.equal(sent.statusCode, 200, sent.body);
    const there = await until(async () => (await listed(washington)).find(({ state }) => state === 'sent'));
    assert.equal(there.id, first);
    assert.equal(there.desk?.id, 'seoul');
    assert.deepEqual(
      there.amounts.map(({ units }) => units),
      ['60'],
    );
  });

  test('the other side’s request for it is joined at once, and then here', async () => {
    const second = await draft(washington);
    assert.deepEqual(
      second.parallel.map(({ id, desk, reasons }) => [id, desk?.id, reasons]),
      [[first, 'seoul', ['address', 'transaction']]],
    );
    assert.deepEqual(
      (await listed(seoul)).map(({ desk }) => desk),
      [null],
      'a draft is nobody else’s',
    );
    await approve(washington, second.id);
    const joined = await until(async () => (await seoul.hold(first)).parallel[0]);
    assert.deepEqual([joined.id, joined.desk?.id, joined.state], [second.id, 'washington', 'approved']);
  });

  test('each sees what the other holds and until when; persons and legal basis stay at home', async () => {
    await seoul.as('Kim', 'POST', `/api/holds/${first}/answer`, { event: 'hold', reference: 'PX-77' });
    const { progress } = await seoul.hold(first);
    const seen = await until(async () =>
      (await listed(washington)).find(({ id, expiresAt }) => id === first && expiresAt !== null),
    );
    assert.equal(seen.expiresAt, progress.expiresAt);
    assert.deepEqual(
      seen.held.map(({ units }) => units),
      ['60'],
    );
    const rows = await washington.desk.http.records.query<{ body: string }>(
      `select body from shared_objects where type = 'course-of-action'`,
    );
    assert.ok(rows.length > 0);
    for (const { body } of rows) assert.doesNotMatch(body, /Min-su|민수|2026-0412|Criminal|PX-77/);
  });
});
