import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { markDelivered, nextWaiting } from './delivery.store.ts';
import { address, cardOf, chain, openTestDesk, ownIncident, partyOf, type TestDesk } from './desk.fixture.ts';
import { release } from './release.ts';
import { warningsOf } from './warned.store.ts';

let desk: TestDesk;
before(async () => {
  desk = await openTestDesk('seoul');
});
beforeEach(() => desk.empty());
after(() => desk.close());

const washington = partyOf(cardOf('washington', 'US'));
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
const warnings = async (id: string) =>
  (await warningsOf(desk.records, [id])).map((it) => [it.desk, it.chain, it.address, it.at]).sort();

describe('who was warned of which address, and since when', () => {
  test('this desk since it kept the indicator, a partner since its receipt and not before', async () => {
    const { id, objects } = await ownIncident(desk, 1, { addresses: [1] });
    await desk.records.transaction((tx) =>
      release(tx, desk.context, { incident: id, objects, to: [washington], purpose: 'investigation' }),
    );
    const here = [null, chain, address(1), at(0)];
    assert.deepEqual(await warnings(id), [here]);
    const waiting = await nextWaiting(desk.records, 'washington');
    const receipt = { at: at(90), by: 'washington', jws: 'x' };
    await markDelivered(desk.records, 'washington', waiting?.id ?? '', receipt, []);
    assert.deepEqual(await warnings(id), [here, ['washington', chain, address(1), at(90)]]);
    assert.deepEqual(await warnings('incident--other'), []);
  });
});
