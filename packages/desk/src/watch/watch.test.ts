import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Address, AssetId, BlockHash, ChainId, TxId } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import { migrate, openRecords, type Records } from '../platform/index.ts';
import {
  acknowledgeAlert,
  countAlerts,
  listAlerts,
  type NewAlert,
  raiseAlerts,
  withdrawAlerts,
  withdrawGone,
} from './alert.store.ts';
import { moveCursor, readCursor } from './cursor.store.ts';
import { completeList, endWatch, orderWatch } from './order.store.ts';
import { watchSchema } from './schema.ts';
import { isAnythingWatched, watchedCounts, watchOnly, watchToo } from './watched.store.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-watch-'));
const clock = { at: 0, now: () => clock.at, sleep: async () => undefined };
let records: Records;
before(async () => {
  records = await openRecords({ folder: path.join(folder, 'records') });
  await migrate(records, [watchSchema], folder);
});
beforeEach(async () => {
  clock.at = Date.UTC(2026, 0, 1);
  await records.query('truncate watched_addresses, alerts, watch_cursors, watches');
});
after(async () => {
  await records.close();
  rmSync(folder, { recursive: true, force: true });
});

const chain = 'eip155:1' as ChainId;
const asset = { id: 'eip155:1/slip44:60' as AssetId, symbol: 'ETH', decimals: 18 };
const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}` as Address;
const txid = (n: number) => `0x${n.toString(16).padStart(64, '0')}` as TxId;
describe('watching', () => {
  const watched = async () =>
    (
      await records.query<{ row: string }>(
        `select concat_ws(' ', incident, source, address) as row from watched_addresses order by 1`,
      )
    ).map(({ row }) => row.replace(/0x0+/, ''));

  test('only these addresses ends the watch on others, of this incident and source', async () => {
    await watchToo(records, chain, 'a', 'indicator', [address(1)]);
    await watchToo(records, chain, 'b', 'trace', [address(1)]);
    await watchOnly(records, chain, 'a', 'trace', [address(1), address(2)]);
    await watchOnly(records, chain, 'a', 'trace', [address(2), address(3)]);
    assert.deepEqual(await watched(), ['a indicator 1', 'a trace 2', 'a trace 3', 'b trace 1']);
    await watchOnly(records, chain, 'a', 'trace', []);
    assert.deepEqual(await watched(), ['a indicator 1', 'b trace 1']);
  });

  test('is known by its chain', async () => {
    assert.equal(await isAnythingWatched(records, chain), false);
    await watchToo(records, chain, 'a', 'trace', [address(1)]);
    assert.equal(await isAnythingWatched(records, chain), true);
    assert.equal(await isAnythingWatched(records, 'eip155:2' as ChainId), false);
  });

  test('is counted by source: an address of two incidents once, a category not at all, what has ended no more', async () => {
    let ids = 0;
    const random = { uuid: () => `watch-${++ids}`, token: () => '' };
    const order = (asked: Parameters<typeof orderWatch>[2], at: Address | null = null) =>
      orderWatch(records, { clock, random }, asked, 'kim', at);
    const reason = 'a tip';
    await watchToo(records, chain, 'a', 'trace', [address(1), address(2)]);
    await watchToo(records, chain, 'b', 'trace', [address(1)]);
    await watchToo(records, chain, 'a', 'indicator', [address(3)]);
    await order({ kind: 'address', chain, address: address(4), reason }, address(4));
    const ended = await order({ kind: 'address', chain, address: address(5), reason }, address(5));
    await endWatch(records, clock, ended.id);
    await order({ kind: 'category', chain, category: 'sanctioned', reason });
    const list = await order({ kind: 'list', chain, name: 'annex', reason });
    await order({ kind: 'list', chain, name: 'not complete', reason });
    await completeList(records, list.id, 1200);
    assert.deepEqual(
      (await watchedCounts(records, clock)).map(({ source, addresses, owners }) => [source, addresses, owners]),
      [
        ['trace', 2, 2],
        ['indicator', 1, 1],
        ['address', 1, 1],
        ['category', null, 1],
        ['list', 1200, 1],
      ],
    );
  });
});

describe('alerts', () => {
  const alert = (n: number, change: Partial<NewAlert> = {}): NewAlert => ({
    rule: 'deposit-to-service',
    urgency: 'act',
    incident: { id: 'a', title: { en: 'A', ko: 'A' } },
    chain,
    txid: txid(n),
    ord: 0,
    height: n,
    blockTime: '2026-01-01T00:00:00.000Z',
    from: address(1),
    to: address(2),
    asset,
    units: '5',
    service: null,
    ...change,
  });
  const raise = (...alerts: NewAlert[]) => raiseAlerts(records, clock, alerts);
  const standing = async () =>
    (await listAlerts(records)).filter(({ withdrawnAt }) => withdrawnAt === null).map(({ height }) => height);

  test('are raised once, however often they are found', async () => {
    assert.equal((await raise(alert(1), alert(2), alert(1))).length, 2);
    assert.deepEqual(await raise(alert(1), alert(2)), []);
    assert.equal((await raise(alert(2), alert(3))).length, 1);
    assert.equal((await listAlerts(records)).length, 3);
    assert.deepEqual(await raise(), []);
  });

  test('tell apart what they are about', async () => {
    const raised = await raise(
      alert(1),
      alert(1, { ord: 1 }),
      alert(1, { rule: 'mixer-entry' }),
      alert(1, { incident: { id: 'b', title: { en: 'B', ko: 'B' } } }),
      alert(1, { asset: { ...asset, id: 'eip155:1/erc20:0x1' as AssetId } }),
    );
    assert.equal(new Set(raised.map(({ id }) => id)).size, 5);
  });

  test('are withdrawn when a reorganisation took them, and raised again when it brings them back', async () => {
    const [first] = await raise(alert(1), alert(2));
    await withdrawAlerts(records, clock, 'a', [alert(2)]);
    assert.deepEqual(await standing(), [2]);
    clock.at += 1000;
    const [again, ...more] = await raise(alert(1, { height: 9 }), alert(2));
    assert.deepEqual(more, []);
    assert.deepEqual(
      [again?.id, again?.withdrawnAt, again?.height, again?.raisedAt],
      [first?.id, null, 9, new Date(clock.at).toISOString()],
    );
    assert.deepEqual(await raise(alert(1, { height: 9 })), []);
  });

  test('that were withdrawn stay withdrawn at the time they were', async () => {
    await raise(alert(1));
    await withdrawAlerts(records, clock, 'a', []);
    const [withdrawn] = await listAlerts(records);
    clock.at += 1000;
    await withdrawAlerts(records, clock, 'a', []);
    assert.deepEqual(await listAlerts(records), [withdrawn]);
  });

  test('of other incidents and about indicators are not withdrawn with an incident’s', async () => {
    await raise(
      alert(1, { incident: { id: 'b', title: { en: 'B', ko: 'B' } } }),
      alert(2, { rule: 'indicator-moved' }),
      alert(3),
    );
    await withdrawAlerts(records, clock, 'a', []);
    assert.deepEqual((await standing()).sort(), [1, 2]);
  });

  test('about indicators are withdrawn when their transactions are gone', async () => {
    const moved = { rule: 'indicator-moved' } as const;
    await raise(alert(1, moved), alert(2, moved), alert(3), alert(4, { ...moved, chain: 'eip155:2' as ChainId }));
    await withdrawGone(records, clock, chain, async (asked) => {
      assert.deepEqual(asked.toSorted(), [txid(1), txid(2)]);
      return new Set([txid(2)]);
    });
    assert.deepEqual((await standing()).sort(), [2, 3, 4]);
  });

  test('are acknowledged by the first who does it', async () => {
    const [{ id } = { id: '' }] = await raise(alert(1));
    const first = await acknowledgeAlert(records, clock, id, 'first');
    clock.at += 1000;
    const second = await acknowledgeAlert(records, clock, id, 'second');
    assert.deepEqual(second, first);
    assert.equal(first.acknowledgedBy, 'first');
    await assert.rejects(
      acknowledgeAlert(records, clock, 'none', 'me'),
      (thrown) => thrown instanceof GongjoError && thrown.code === 'not-found',
    );
  });

  test('are counted by incident, without those that were withdrawn', async () => {
    await raise(alert(1), alert(2), alert(3, { incident: { id: 'b', title: { en: 'B', ko: 'B' } } }));
    await withdrawAlerts(records, clock, 'a', [alert(2)]);
    assert.deepEqual(
      await countAlerts(records),
      new Map([
        ['a', 1],
        ['b', 1],
      ]),
    );
    assert.deepEqual(await countAlerts(records, 'b'), new Map([['b', 1]]));
    assert.deepEqual(await countAlerts(records, 'c'), new Map());
  });
});

describe('the cursor', () => {
  test('says the last block that was looked at, for each chain', async () => {
    const at = (height: number) => ({ height, hash: `0x${height}` as BlockHash });
    assert.equal(await readCursor(records, chain), null);
    await moveCursor(records, chain, at(5));
    await moveCursor(records, 'eip155:2' as ChainId, at(1));
    await moveCursor(records, chain, at(4));
    assert.deepEqual(
      [await readCursor(records, chain), await readCursor(records, 'eip155:2' as ChainId)],
      [at(4), at(1)],
    );
  });
});
