import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GongjoError } from '../kernel/index.ts';
import { toldOf, traceOf, txidOf } from './drawn-ledger.fixture.ts';

describe('lead', () => {
  it('takes what the owner lost, before its other units, and does not follow the owner', async () => {
    const told = await toldOf(`
      1 null -> victim 500 KUSD
      10 victim -> thief 100 KUSD
      11 victim -> shop 400 KUSD`);
    assert.deepEqual(told, ['lead victim -> thief 100 KUSD', 'unspent thief 100 KUSD by 0']);
  });

  it('nets in- and outflows and passes through the transaction’s own contracts', async () => {
    const told = await toldOf(`
      1 null -> victim 500 KUSD
      10 faucet -> victim 30 KUSD
      10 victim -> drainer 130 KUSD
      10 drainer -> thief 130 KUSD`);
    assert.deepEqual(told, [
      'lead faucet -> victim 30 KUSD',
      'lead victim -> drainer 100 of 130 KUSD',
      'fifo ? drainer -> thief 100 of 130 KUSD',
      'unspent victim 30 KUSD by 0',
      'unspent thief 100 KUSD by 2',
    ]);
  });

  it('leaves fees out of what was taken, wherever they stand in the transaction', async () => {
    const told = await toldOf(`
      10 victim -> null 3 ETH burn
      10 victim -> miner 2 ETH fee
      10 victim -> thief 100 ETH`);
    assert.deepEqual(told, ['lead victim -> thief 100 ETH', 'unspent thief 100 ETH by 0']);
  });

  it('takes from several owners in several transactions and assets', async () => {
    const told = await toldOf(
      `9 first -> thief 10 KUSD
       10 second -> thief 20 KUSD
       10 second -> thief 5 GOLD
       10 second -> null 1 GOLD`,
      { lead: ['10', '9', '9'] },
    );
    assert.deepEqual(told, [
      'lead first -> thief 10 KUSD',
      'lead second -> thief 20 KUSD',
      'lead second -> thief 5 GOLD',
      'lead second -> null 1 GOLD',
      'unspent thief 30 KUSD by 0,1',
      'unspent thief 5 GOLD by 2',
      'burned null 1 GOLD by 3',
    ]);
  });

  it('counts value once when the thief’s own next step is given as a lead too', async () => {
    const told = await toldOf(
      `9 victim -> thief 100 KUSD
       10 thief -> a 120 KUSD
       10 thief -> null 1 ETH burn`,
      { lead: ['9', '10'] },
    );
    assert.deepEqual(told, ['lead victim -> thief 100 KUSD', 'lead thief -> a 120 KUSD', 'unspent a 120 KUSD by 1']);
  });

  it('follows both ways of an exchange and says that it is one', async () => {
    const told = await toldOf(`
      10 pool -> attacker 100 KUSD
      10 attacker -> pool 7 JUNK`);
    assert.deepEqual(told.slice(0, 2), ['lead pool -> attacker 100 KUSD', 'lead attacker -> pool 7 JUNK']);
    assert.equal(told.at(-1), 'gap complex-transaction 10');
    assert.equal(told.length, 5);
  });

  it('gives value that comes back to its owner as traced value there', async () => {
    const told = await toldOf(`
      1 null -> victim 150 KUSD
      10 victim -> thief 100 KUSD
      11 thief -> victim 40 KUSD
      12 victim -> shop 60 KUSD`);
    assert.deepEqual(told, [
      'lead victim -> thief 100 KUSD',
      'fifo thief -> victim 40 KUSD',
      'fifo ? victim -> shop 10 of 60 KUSD',
      'unspent thief 60 KUSD by 0',
      'unspent victim 30 KUSD by 1',
      'unspent shop 10 KUSD by 2',
    ]);
  });

  it('refuses a transaction that takes nothing, and one that is not there', async () => {
    const code = (wanted: string) => (thrown: unknown) => thrown instanceof GongjoError && thrown.code === wanted;
    await assert.rejects(traceOf('10 a -> miner 1 ETH fee\n10 a -> token 0 ETH call'), code('lead-moves-nothing'));
    await assert.rejects(traceOf('10 a -> a 5 KUSD'), code('lead-moves-nothing'));
    await assert.rejects(traceOf('10 null -> a 5 KUSD'), code('lead-moves-nothing'));
    await assert.rejects(traceOf('11 a -> b 5 KUSD'), code('transaction-unknown'));
    await assert.rejects(traceOf('11 a -> b 5 KUSD'), new RegExp(txidOf('10')));
  });
});
