import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FoundThing } from '@gongjo/contract';
import { sortRows } from '../../parts/sort-rows.ts';
import { type ThingColumn, thingKey, thingText } from './thing-rows.ts';

const nothing = {
  ...{ chain: 'eip155:1', followed: true, inLedger: false, known: false, tags: [], watched: [], incidents: [] },
  ...{ holds: [], alerts: 0, objects: 0, alike: [] },
};
const address = (text: string, facts: object) => ({ as: 'address', text, address: text, ...nothing, ...facts });
const things = [
  address('0xb', { known: true, alerts: 2 }),
  { as: 'fault', text: '1bad', chain: 'bip122:0', coin: 'BTC', reason: 'address-checksum', alike: [] },
  address('0xa', { alerts: 2 }),
  { as: 'transaction', text: 'TX', txid: 'tx', ...nothing, alerts: 10 },
] as unknown as readonly FoundThing[];
const order = (by: ThingColumn, descending: boolean) => sortRows(things, { by, descending }, thingKey).map(thingText);

test('things sort by each column, those alike in the order of the text', () => {
  assert.deepEqual(order('alerts', true), ['tx', '0xb', '0xa', '1bad']);
  assert.deepEqual(order('known', true), ['0xb', '0xa', 'tx', '1bad']);
  assert.deepEqual(order('written', false), ['0xa', '0xb', '1bad', 'tx']);
});

test('of what is no address nothing is known: it stands last both ways', () => {
  assert.equal(order('alerts', true).at(-1), '1bad');
  assert.deepEqual(order('alerts', false), ['0xb', '0xa', 'tx', '1bad']);
});
