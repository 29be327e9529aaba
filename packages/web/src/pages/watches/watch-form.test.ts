import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressesIn, readWatchForm, type WatchForm } from './watch-form.ts';

const address = `0x${'ab'.repeat(20)}`;
const good: WatchForm = {
  ...{ kind: 'address', chain: 'eip155:1', address, category: 'sanctioned', addresses: '', name: '' },
  ...{ reason: 'a tip', until: '' },
};
const here = { now: '2025-11-27T00:00:00.000Z', timeZone: 'Asia/Seoul' };
const errors = (change: Partial<WatchForm>) => {
  const read = readWatchForm({ ...good, ...change }, here);
  return 'errors' in read ? read.errors : {};
};

test('an address with a reason is a watch; one with an end is watched to the end of that day here', () => {
  assert.deepEqual(readWatchForm({ ...good, until: '2025-12-31', name: ' Tip 12 ' }, here), {
    watch: {
      asked: {
        ...{ kind: 'address', chain: 'eip155:1', address, reason: 'a tip', name: 'Tip 12' },
        until: '2025-12-31T14:59:00.000Z',
      },
      addresses: [],
    },
  });
});

test('each kind takes only its own fields', () => {
  assert.deepEqual(readWatchForm({ ...good, kind: 'category' }, here), {
    watch: { asked: { kind: 'category', chain: 'eip155:1', category: 'sanctioned', reason: 'a tip' }, addresses: [] },
  });
  assert.deepEqual(readWatchForm({ ...good, kind: 'list', name: 'Annex', addresses: `${address}\n` }, here), {
    watch: { asked: { kind: 'list', chain: 'eip155:1', name: 'Annex', reason: 'a tip' }, addresses: [address] },
  });
});

test('everything that is wrong is told at once, beside its field', () => {
  assert.deepEqual(errors({ address: '0x12', reason: 'x', until: '2025-11-26' }), {
    address: 'address',
    reason: 'reasonShort',
    until: 'untilPast',
  });
  assert.deepEqual(errors({ address: '' }), { address: 'addressMissing' });
  assert.deepEqual(errors({ kind: 'list' }), { addresses: 'addressesMissing', name: 'nameMissing' });
  assert.deepEqual(errors({ reason: 'x'.repeat(501), name: 'x'.repeat(201) }), { reason: 'tooLong', name: 'tooLong' });
});

test('a list is read as people keep it: a column of a table, with empty lines and repetitions', () => {
  assert.deepEqual(addressesIn(`${address},mule\r\n\r\n"${address}"\n bc1qxyz ;x\n`), [address, 'bc1qxyz']);
});
