import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zTraceRequest } from '@gongjo/contract';
import { askedOf, readStart, requestOf, zTraceAsked } from './asked.ts';

const txid = `0x${'ab'.repeat(32)}`;
const address = `0x${'12'.repeat(20)}`;

test('a start is an address, a transaction, or a place in one, however they are put under each other', () => {
  assert.deepEqual(readStart(` ${address},\n${txid};${txid}:3 ${address} ${'cd'.repeat(32)}`), [
    { address },
    { txid, ord: null },
    { txid, ord: 3 },
    { txid: 'cd'.repeat(32), ord: null },
  ]);
});

test('a link from elsewhere names chain and start alone', () => {
  const asked = zTraceAsked.parse({ chain: 'eip155:1', start: address });
  assert.deepEqual(requestOf(asked), { chain: 'eip155:1', leads: [{ address }] });
  assert.equal(requestOf(zTraceAsked.parse({ chain: 'eip155:1' })), null);
  assert.equal(requestOf(zTraceAsked.parse({ start: address })), null);
});

test('the page’s address keeps the whole question', () => {
  const asked = zTraceAsked.parse({
    ...{ chain: 'eip155:1', start: `${address},${txid}:3`, direction: 'backward', method: 'lifo', fees: 'follow' },
    ...{ hops: 500, min: '1000', until: 77, with: ['fifo', 'poison'] },
  });
  const request = requestOf(asked);
  assert.ok(request !== null);
  zTraceRequest.parse(request);
  assert.deepEqual(askedOf(request, ['fifo', 'poison']), asked);
});

test('nonsense in an address is left out, not an error', () => {
  const asked = zTraceAsked.parse({
    chain: 'eip155:1',
    start: address,
    method: 'x',
    hops: 'many',
    min: '-1',
    with: 'x',
  });
  assert.deepEqual(requestOf(asked), { chain: 'eip155:1', leads: [{ address }] });
});
