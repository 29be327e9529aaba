import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TraceMethod } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import { type Drawing, tagOf, toldOf, traceOf } from './drawn-ledger.fixture.ts';

/** A thief who holds 60 of his own, takes 40, is paid 100 more and then spends 50 and 100. */
const mixed = `
  1 null -> thief 60 KUSD
  5 null -> victim 40 KUSD
  10 victim -> thief 40 KUSD
  11 null -> thief 100 KUSD
  12 thief -> a 50 KUSD
  13 thief -> b 100 KUSD`;

describe('forward', () => {
  const golden: Record<TraceMethod, string[]> = {
    fifo: ['fifo ? thief -> b 40 of 100 KUSD', 'unspent b 40 KUSD by 1'],
    lifo: ['lifo ? thief -> b 40 of 100 KUSD', 'unspent b 40 KUSD by 1'],
    haircut: [
      'haircut ? thief -> a 10 of 50 KUSD',
      'haircut ? thief -> b 20 of 100 KUSD',
      'unspent thief 10 KUSD by 0',
      'unspent a 10 KUSD by 1',
      'unspent b 20 KUSD by 2',
    ],
    poison: [
      'poison ? thief -> a 50 KUSD',
      'poison ? thief -> b 100 KUSD',
      'unspent thief 50 KUSD by 0',
      'unspent a 50 KUSD by 1',
      'unspent b 100 KUSD by 2',
    ],
  };
  for (const method of Object.keys(golden) as TraceMethod[]) {
    it(`${method} tells the stolen from the thief’s own`, async () =>
      assert.deepEqual(await toldOf(mixed, { method }), ['lead victim -> thief 40 KUSD', ...golden[method]]));
  }

  it('lifo takes what came last first', async () => {
    const told = await toldOf(
      `1 null -> thief 60 KUSD
       10 victim -> thief 40 KUSD
       11 thief -> a 50 KUSD
       12 null -> thief 5 KUSD
       13 thief -> b 55 KUSD`,
      { method: 'lifo' },
    );
    assert.deepEqual(told, [
      'lead victim -> thief 40 KUSD',
      'lifo ? thief -> a 40 of 50 KUSD',
      'unspent a 40 KUSD by 1',
    ]);
  });

  it('haircut rounds every part down and leaves the rest with its holder', async () => {
    const told = await toldOf(
      `1 null -> thief 2 KUSD
       10 victim -> thief 1 KUSD
       11 thief -> a 1 KUSD
       12 thief -> b 1 KUSD
       13 thief -> c 1 KUSD`,
      { method: 'haircut' },
    );
    assert.deepEqual(told, ['lead victim -> thief 1 KUSD', 'haircut thief -> c 1 KUSD', 'unspent c 1 KUSD by 1']);
  });

  it('poison is not conserved, and the balance says so', async () => {
    const { balances } = await traceOf(mixed, { method: 'poison' });
    assert.deepEqual(
      balances.map(({ lead, stops }) => [lead, stops]),
      [[40n, { unspent: 200n }]],
    );
  });

  it('poison ends when an address is empty', async () => {
    const told = await toldOf(
      `10 victim -> thief 40 KUSD
       11 null -> thief 10 KUSD
       12 thief -> a 50 KUSD
       13 null -> thief 7 KUSD
       14 thief -> b 7 KUSD`,
      { method: 'poison' },
    );
    assert.deepEqual(told, ['lead victim -> thief 40 KUSD', 'poison ? thief -> a 50 KUSD', 'unspent a 50 KUSD by 1']);
  });
});

describe('leads', () => {
  const text = `
    1 null -> victim 500 KUSD
    10 victim -> thief 100 KUSD
    10 victim -> shop 30 KUSD
    11 other -> thief 20 KUSD
    12 thief -> a 110 KUSD`;

  it('one movement of a transaction', async () => {
    assert.deepEqual(await toldOf(text, { lead: ['10:1'] }), [
      'lead victim -> shop 30 KUSD',
      'unspent shop 30 KUSD by 0',
    ]);
  });

  it('all that an address received', async () => {
    assert.deepEqual(await toldOf(text, { lead: ['thief'] }), [
      'lead victim -> thief 100 KUSD',
      'lead other -> thief 20 KUSD',
      'fifo thief -> a 110 KUSD',
      'unspent thief 10 KUSD by 1',
      'unspent a 110 KUSD by 2',
    ]);
  });

  it('newly issued value has no sender', async () => {
    assert.deepEqual(await toldOf(text, { lead: ['1:0'] }), [
      'lead null -> victim 500 KUSD',
      'fifo victim -> thief 100 KUSD',
      'fifo victim -> shop 30 KUSD',
      'fifo ? thief -> a 100 of 110 KUSD',
      'unspent victim 370 KUSD by 0',
      'unspent shop 30 KUSD by 2',
      'unspent a 100 KUSD by 3',
    ]);
  });

  it('count value once where one lead’s value comes to another', async () => {
    const { balances } = await traceOf(text, { lead: ['10:0', '12:0'] });
    assert.deepEqual(
      balances.map(({ lead }) => lead),
      [110n],
    );
  });

  it('that are not there are refused by their problem', async () => {
    const code = (wanted: string) => (thrown: unknown) => thrown instanceof GongjoError && thrown.code === wanted;
    for (const direction of ['forward', 'backward'] as const) {
      const refused = (lead: string, wanted: string) =>
        assert.rejects(traceOf(text, { lead: [lead], direction }), code(wanted));
      await refused('9', 'transaction-unknown');
      await refused('10:2', 'movement-unknown');
      await refused('nobody', 'address-received-nothing');
      await assert.rejects(
        traceOf('10 a -> token 0 ETH call', { lead: ['10'], direction }),
        code('lead-moves-nothing'),
      );
      await assert.rejects(
        traceOf('10 a -> a 5 ETH\n10 a -> b 1 ETH', { lead: ['10:0'], direction }),
        code('lead-moves-nothing'),
      );
    }
  });
});

describe('fees and small parts', () => {
  const text = `
    10 victim -> thief 100 ETH
    11 thief -> a 90 ETH
    11 thief -> producer 6 ETH fee
    11 thief -> null 4 ETH burn
    12 producer -> bank 6 ETH`;
  const asked: Drawing = { tags: [tagOf('bank', 'exchange')] };

  it('fees are followed to whoever earned them, where asked; what is burned is gone', async () => {
    assert.deepEqual(await toldOf(text, { ...asked, fees: 'follow' }), [
      'lead victim -> thief 100 ETH',
      'fifo thief -> a 90 ETH',
      'fee thief -> producer 6 ETH',
      'fee thief -> null 4 ETH',
      'fifo producer -> bank 6 ETH',
      'unspent a 90 ETH by 1',
      'burned null 4 ETH by 3',
      'service bank 6 ETH by 4',
    ]);
  });

  it('parts below the smallest amount end where they arrive, and nothing is asked about it', async () => {
    assert.deepEqual(await toldOf(text, { ...asked, fees: 'follow', bounds: { unitsMin: 10n } }), [
      'lead victim -> thief 100 ETH',
      'fifo thief -> a 90 ETH',
      'fee thief -> producer 6 ETH',
      'fee thief -> null 4 ETH',
      'unspent a 90 ETH by 1',
      'small producer 6 ETH by 2',
      'burned null 4 ETH by 3',
    ]);
  });
});
