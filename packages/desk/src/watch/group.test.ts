import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Address, AssetId, ChainId, TxId } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import { migrate, openRecords, type Records } from '../platform/index.ts';
import { listAlerts, type NewAlert, raiseAlerts, withdrawAlerts } from './alert.store.ts';
import { actOnGroup, groupDetail, listGroups } from './group.store.ts';
import { watchSchema } from './schema.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-groups-'));
const start = Date.UTC(2026, 0, 1);
const clock = { at: start, now: () => clock.at, sleep: async () => undefined };
let records: Records;
before(async () => {
  records = await openRecords({ folder: path.join(folder, 'records') });
  await migrate(records, [watchSchema], folder);
});
beforeEach(async () => {
  clock.at = start;
  await records.query('truncate alerts, alert_groups, alert_acts');
});
after(async () => {
  await records.close();
  rmSync(folder, { recursive: true, force: true });
});

const chain = 'eip155:1' as ChainId;
const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}` as Address;
const asset = (symbol: string) => ({ id: `eip155:1/erc20:0x${symbol}` as AssetId, symbol, decimals: 6 });
const pacific = { label: 'Pacific', name: null, country: 'KR' };
const alert = (n: number, change: Partial<NewAlert> = {}): NewAlert => ({
  rule: 'deposit-to-service',
  urgency: 'know',
  incident: { id: 'a', title: { en: 'A', ko: 'A' } },
  chain,
  txid: `0x${n.toString(16).padStart(64, '0')}` as TxId,
  ord: 0,
  height: n,
  blockTime: '2026-01-01T00:00:00.000Z',
  from: address(1),
  to: address(100 + n),
  asset: asset('USDT'),
  units: '5',
  service: pacific,
  ...change,
});
const raise = (...alerts: NewAlert[]) => raiseAlerts(records, clock, alerts);
const act = (id: string, asked: Parameters<typeof actOnGroup>[4]) =>
  records.transaction((tx) => actOnGroup(tx, clock, id, 'kim', asked));
const theGroup = async () => {
  const [group, ...more] = await listGroups(records, clock);
  assert.ok(group);
  assert.deepEqual(more, []);
  return group;
};

describe('a group of alerts', () => {
  test('joins those of one rule, incident and place, and counts and sums them by asset', async () => {
    await raise(alert(1), alert(2, { urgency: 'act' }));
    clock.at += 60_000;
    await raise(alert(3, { asset: asset('USDC'), units: '7' }));
    const { count, open, withdrawn, firstAt, lastAt, sums, urgency, place } = await theGroup();
    assert.deepEqual([count, open, withdrawn, urgency, place.label], [3, 3, 0, 'act', 'Pacific']);
    assert.deepEqual([firstAt, lastAt], [instant(start), instant(start + 60_000)]);
    assert.deepEqual(
      sums.map(({ symbol, units }) => [symbol, units]),
      [
        ['USDC', '7'],
        ['USDT', '10'],
      ],
    );
  });

  test('is another for another rule, incident, chain or place', async () => {
    await raise(
      alert(1),
      alert(2, { rule: 'mixer-entry' }),
      alert(3, { incident: { id: 'b', title: { en: 'B', ko: 'B' } } }),
      alert(4, { chain: 'eip155:2' as ChainId }),
      alert(5, { service: { ...pacific, label: 'Atlantic' } }),
      alert(6, { service: null }),
      alert(7, { service: null, subject: address(9) }),
    );
    assert.equal((await listGroups(records, clock)).length, 7);
  });

  test('acknowledged is open again when another alert comes, and says who did what', async () => {
    await raise(alert(1), alert(2));
    const { id } = await theGroup();
    const done = await act(id, { act: 'acknowledged' });
    assert.deepEqual([done.open, done.acknowledgedBy], [0, 'kim']);
    assert.deepEqual(await listGroups(records, clock, true), []);
    assert.ok((await listAlerts(records)).every(({ acknowledgedBy }) => acknowledgedBy === 'kim'));
    await raise(alert(3));
    assert.deepEqual([(await theGroup()).open, (await theGroup()).count], [1, 3]);
    await act(id, { act: 'assigned', to: 'lee' });
    assert.equal((await theGroup()).assignedTo, 'lee');
    await act(id, { act: 'unassigned' });
    assert.deepEqual(
      (await groupDetail(records, clock, id)).acts.map(({ act: what, by, detail, count }) => [what, by, detail, count]),
      [
        ['unassigned', 'kim', null, null],
        ['assigned', 'kim', 'lee', null],
        ['acknowledged', 'kim', null, 2],
      ],
    );
  });

  test('silenced goes on counting, marks what comes as silent, and ends by itself', async () => {
    await raise(alert(1));
    const { id } = await theGroup();
    const until = instant(start + 3_600_000);
    const { silence } = await act(id, { act: 'silenced', reason: 'known payouts', until });
    assert.deepEqual(silence, { by: 'kim', reason: 'known payouts', until });
    const [silent] = await raise(alert(2));
    assert.equal(silent?.silenced, true);
    assert.deepEqual([(await theGroup()).count, (await theGroup()).open], [2, 2]);
    clock.at += 3_600_000;
    assert.equal((await theGroup()).silence, null);
    const [loud] = await raise(alert(3));
    assert.equal(loud?.silenced, undefined);
  });

  test('cannot be silenced without an end, into the past, or for ever; what is not there cannot be acted on', async () => {
    await raise(alert(1));
    const { id } = await theGroup();
    for (const until of [instant(start), instant(start + 31 * 86_400_000)])
      await assert.rejects(act(id, { act: 'silenced', reason: 'why', until }), { code: 'input-invalid' });
    await assert.rejects(
      act('nothing', { act: 'acknowledged' }),
      (thrown) => thrown instanceof GongjoError && thrown.code === 'not-found',
    );
    assert.deepEqual((await groupDetail(records, clock, id)).acts, []);
  });

  test('says what a reorganisation took back, and what came again', async () => {
    await raise(alert(1), alert(2));
    await withdrawAlerts(records, clock, 'a', [alert(2)]);
    const { id, count, withdrawn } = await theGroup();
    assert.deepEqual([count, withdrawn], [1, 1]);
    await raise(alert(1, { height: 9 }), alert(2, { height: 9 }));
    assert.deepEqual(
      (await groupDetail(records, clock, id)).acts.map(({ act: what, by, count: of }) => [what, by, of]),
      [
        ['returned', null, 1],
        ['withdrawn', null, 1],
      ],
    );
  });

  test('says how many of those that stand no block has yet', async () => {
    await raise(alert(1, { unconfirmed: true }), alert(2), alert(3, { unconfirmed: true }));
    assert.equal((await theGroup()).unconfirmed, 2);
    await withdrawAlerts(records, clock, 'a', [alert(2), alert(3)]);
    assert.equal((await theGroup()).unconfirmed, 1);
  });
});
