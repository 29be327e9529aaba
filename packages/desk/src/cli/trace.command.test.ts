import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zTraceRequest } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import { requestOf } from './trace.command.ts';

const hash = 'ab'.repeat(32);
const asked = (leads: readonly string[], options: Record<string, unknown> = {}) =>
  zTraceRequest.parse(JSON.parse(JSON.stringify(requestOf(['anvil', ...leads], options))));

test('a lead is a transaction, one of its movements, or an address', () => {
  const address = `0x${'CD'.repeat(20)}`;
  assert.deepEqual(asked([`0x${hash.toUpperCase()}`, `0x${hash}:12`, address]), {
    chain: 'eip155:31337',
    leads: [{ txid: `0x${hash}`, ord: null }, { txid: `0x${hash}`, ord: 12 }, { address: address.toLowerCase() }],
    bounds: {},
  });
  const genesis = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';
  const bitcoin = requestOf(['bip122:000000000019d6689c085ae165831e93', `${hash.toUpperCase()}:1`, genesis], {});
  assert.deepEqual(bitcoin.leads, [{ txid: hash, ord: 1 }, { address: genesis }], 'base58 keeps its letter case');
});

test('every option arrives in the question', () => {
  const options = {
    method: 'haircut',
    direction: 'backward',
    fees: 'follow',
    untilHeight: '12',
    untilTime: '2025-02-21T23:13:35+09:00',
    hopsMax: '1',
    addressesMax: '2',
    movementsMax: '3',
    fanOutMax: '4',
    unitsMin: '1000000000000000000000',
  };
  const { leads: _, chain: __, ...rest } = asked([`0x${hash}`], options);
  assert.deepEqual(rest, {
    method: 'haircut',
    direction: 'backward',
    fees: 'follow',
    untilHeight: 12,
    untilTime: '2025-02-21T14:13:35.000Z',
    bounds: {
      hopsMax: 1,
      addressesMax: 2,
      movementsPerAddressMax: 3,
      fanOutMax: 4,
      unitsMin: '1000000000000000000000',
    },
  });
});

test('an option that is not understood is named', () => {
  const wrong: [string, string, RegExp][] = [
    ['method', 'median', /--method median \(fifo, lifo, haircut, poison\)/],
    ['direction', 'sideways', /--direction sideways/],
    ['fees', 'keep', /--fees keep/],
    ['untilHeight', '-1', /--until-height -1/],
    ['untilTime', '2025-02-21T14:13', /--until-time 2025-02-21T14:13/],
    ['untilTime', '2025-13-41T14:13:00Z', /--until-time/],
    ['hopsMax', '1e3', /--hops-max 1e3/],
    ['unitsMin', '0.5', /--units-min 0.5/],
  ];
  for (const [option, value, said] of wrong) {
    const isSaid = (thrown: unknown) =>
      thrown instanceof GongjoError && thrown.code === 'usage-wrong' && said.test(thrown.problem.text.en);
    assert.throws(() => requestOf(['anvil', `0x${hash}`], { [option]: value }), isSaid, `${option} ${value}`);
  }
});
