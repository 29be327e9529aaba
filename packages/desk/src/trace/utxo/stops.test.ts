import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GongjoError } from '../../kernel/index.ts';
import { build, follow, read, tagOf, told, toldOf } from './drawn-outputs.fixture.ts';

/** The lines after the hops. */
const endOf = (lines: readonly string[]) => lines.filter((line) => !line.includes(' -> '));

describe('forwards, value ends', () => {
  it('at an address tagged as a service, mixer or bridge, whatever it does next; a theft tag ends nothing', () => {
    const tags = [
      tagOf('bank', 'exchange'),
      tagOf('pot', 'mixer'),
      tagOf('gate', 'bridge'),
      tagOf('thief', 'theft', { confidence: 100 }),
    ];
    const told = toldOf(
      `1 c: new -> victim 100
       2 t: c:0 -> thief 100
       3 u: t:0 -> bank 50, pot 30, gate 20
       4 v: u:0, u:1, u:2 -> x 100`,
      { tags },
    );
    assert.deepEqual(endOf(told), [
      'service bank 50 u:0=50 by 1',
      'mixer pot 30 u:1=30 by 2',
      'bridge gate 20 u:2=20 by 3',
    ]);
  });

  it('before a CoinJoin, at the address that went into it', () => {
    const drawn = `
      1 c: new -> victim 100, other 100
      2 t: c:0 -> thief 100
      3 join: t:0, c:1 -> p 100, q 100`;
    assert.deepEqual(endOf(toldOf(drawn)), ['coinjoin thief 100 t:0=100 by 0']);
    // Whoever starts at a CoinJoin is taken at their word.
    assert.deepEqual(endOf(toldOf(drawn, { leads: ['join:1'] })), ['unspent q 100 join:1=100 by 0']);
  });

  it('at a hub: an address that received more often, or before a transaction that pays more, than the bound', () => {
    const drawn = `
      1 c: new -> victim 90, busy 1, busy 1
      2 t: c:0 -> busy 30, thief 60
      3 u: t:0 -> x 30
      3 v: t:1 -> a 10, b 10, c 40`;
    assert.deepEqual(endOf(toldOf(drawn, { bounds: { movementsPerAddressMax: 2, fanOutMax: 2 } })), [
      'hub busy 30 t:0=30 by 0',
      'hub thief 60 t:1=60 by 1',
    ]);
    assert.deepEqual(endOf(toldOf(drawn, { bounds: { movementsPerAddressMax: 3, fanOutMax: 3 } })), [
      'unspent a 10 v:0=10 by 3',
      'unspent b 10 v:1=10 by 4',
      'unspent c 40 v:2=40 by 5',
      'unspent x 30 u:0=30 by 2',
    ]);
  });

  it('where too little would go on; what rests anyway is unspent', () => {
    const told = toldOf(
      `1 c: new -> victim 100
       2 t: c:0 -> a 4, b 4, c 92
       3 u: t:0 -> x 4`,
      { bounds: { unitsMin: 5n } },
    );
    assert.deepEqual(endOf(told), ['unspent b 4 t:1=4 by 1', 'unspent c 92 t:2=92 by 2', 'small a 4 t:0=4 by 0']);
  });

  it('in an output that nobody can spend, and in fees, if they are not followed', () => {
    const drawn = `
      1 c: new -> victim 100
      2 t: c:0 -> thief 100
      3 u: t:0 -> data 10, x 80`;
    assert.deepEqual(endOf(toldOf(drawn)), [
      'unspent x 80 u:1=80 by 2',
      'fee null 10 by 3',
      'burned null 10 u:0=10 by 1',
    ]);
  });

  it('at the first transaction in the chain’s order that would exceed a bound, and at all after it', () => {
    const drawn = `
      1 c: new -> victim 100
      2 t: c:0 -> a 50, b 50
      3 u: t:1 -> y 50
      4 v: u:0 -> z 50
      5 w: t:0 -> x 50`;
    const two = ['limit a 50 t:0=50 by 0', 'limit y 50 u:0=50 by 2', 'gap bound-reached 2'];
    assert.deepEqual(endOf(toldOf(drawn, { bounds: { addressesMax: 2 } })), two);
    const three = ['limit a 50 t:0=50 by 0', 'limit y 50 u:0=50 by 2', 'gap bound-reached 3'];
    assert.deepEqual(endOf(toldOf(drawn, { bounds: { hopsMax: 3 } })), three);
  });
});

describe('fees followed', () => {
  it('to the outputs of the block’s coinbase: new coins first, then the fees in the order of the transactions', () => {
    const drawn = `
      1 c: new -> victim 100, other 20
      2 t: c:0 -> thief 100
      3 m: new -> miner 50, pool 4, spare 6
      3 o: c:1 -> shop 17
      3 u: t:0 -> x 93
      4 n: m:1 -> exit 4`;
    // The coinbase pays out 60: 50 new, 3 from o, 7 from u. So the pool's 4 are 3 from o and 1 from u.
    assert.deepEqual(toldOf(drawn, { fees: 'follow' }), [
      'lead victim -> thief 100 in t:0',
      'fifo thief -> x 93 in u:0',
      'fee thief -> null 7 in u:1',
      'fee ? null -> pool 1 of 4 in m:1',
      'fee ? null -> spare 6 in m:2',
      'fifo pool -> exit 1 of 4 in n:0',
      'unspent exit 1 n:0=1 by 5',
      'unspent spare 6 m:2=6 by 4',
      'unspent x 93 u:0=93 by 1',
    ]);
    assert.deepEqual(endOf(toldOf(drawn, { fees: 'follow', direction: 'backward', leads: ['n'] })), [
      'mined null 4 by 5,6',
    ]);
  });

  it('and what a coinbase leaves unclaimed is burned', () => {
    const told = toldOf(
      `1 c: new -> victim 100
       2 t: c:0 -> thief 100
       3 m: new -> miner 6
       3 u: t:0 -> x 90`,
      { fees: 'follow' },
    );
    assert.deepEqual(endOf(told), ['unspent miner 6 m:0=6 by 3', 'unspent x 90 u:0=90 by 1', 'burned null 4 by 4']);
  });
});

describe('backwards, value ends', () => {
  it('where it was mined, and before the ledger', () => {
    const told = toldOf(
      `5 c: new -> miner 50
       6 t: c:0, ? -> x 80`,
      { direction: 'backward', from: 5 },
    );
    assert.deepEqual(told, [
      'fifo ? miner -> x 50 of 80 in t:0',
      'fifo ? null -> x 30 of 80 in t:0',
      'fifo null -> miner 50 in c:0',
      'mined null 50 by 2',
      'before-ledger null 30 by 1',
      'gap ledger-starts-late 5',
      'gap inputs-unknown t',
    ]);
  });

  it('where it came out of a service, a CoinJoin or a payout', () => {
    const tags = [tagOf('bank', 'exchange')];
    const told = toldOf(
      `1 c: new -> bank 10, m1 20, m2 30
       2 join: c:1 -> p 20
       2 pay: c:2 -> q 10, r 10, s 10
       3 t: c:0, join:0, pay:1 -> x 40`,
      { direction: 'backward', tags, bounds: { fanOutMax: 2 } },
    );
    // The first transaction pays three too, but value ends at the bank before anyone looks there.
    assert.deepEqual(endOf(told), [
      'service bank 10 c:0=10 by 0',
      'coinjoin p 20 join:0=20 by 1',
      'hub r 10 pay:1=10 by 2',
    ]);
  });

  it('at once, where the lead itself came out of a CoinJoin', () => {
    const told = toldOf('1 c: new -> a 10\n2 join: c:0 -> p 10', { direction: 'backward', leads: ['join'] });
    assert.deepEqual(told, ['coinjoin p 10 join:0=10 by ']);
  });

  it('apart, where one part stands in an output without an address and the other was a fee', () => {
    const told = toldOf(
      `1 c: new -> a 12
       2 d: new -> m 2
       2 t: c:0 -> a 2, data 4, a 2`,
      { direction: 'backward', fees: 'follow', leads: ['@m', 't'], bounds: { fanOutMax: 2 } },
    );
    assert.deepEqual(endOf(told), ['hub null 4 t:1=4 by ', 'hub null 2 by 0', 'hub a 4 t:0=2 t:2=2 by ']);
  });
});

describe('leads', () => {
  const drawn = `
    1 c: new -> victim 100
    2 t: c:0 -> a 60, b 40
    3 u: t:0 -> b 30, d 30
    4 v: t:1, u:0 -> e 70`;

  it('an output is followed alone', () => {
    assert.deepEqual(toldOf(drawn, { leads: ['t:1'] }), [
      'lead victim -> b 40 in t:1',
      'fifo b -> e 40 of 70 in v:0',
      'unspent e 40 v:0=40 by 1',
    ]);
  });

  it('an address is followed from all outputs that it received, whatever its tags', () => {
    const tags = [tagOf('b', 'exchange')];
    assert.deepEqual(toldOf(drawn, { leads: ['@b'], tags }), [
      'lead victim -> b 40 in t:1',
      'lead a -> b 30 in u:0',
      'fifo b -> e 70 in v:0',
      'unspent e 70 v:0=70 by 2',
    ]);
    assert.deepEqual(endOf(toldOf(drawn, { leads: ['@b'], bounds: { movementsPerAddressMax: 1 } })), [
      'unspent e 40 v:0=40 by 1',
      'gap history-truncated b',
    ]);
  });

  it('what one lead brings to another is not counted twice', () => {
    const trace = follow(build(read(drawn)), { leads: ['t', 'u', 't:0'] });
    assert.deepEqual(trace.lead, ['t', 'u']);
    assert.deepEqual(trace.balances[0]?.lead, 100n);
    assert.deepEqual(endOf(told(trace)), ['unspent d 30 u:1=30 by 3', 'unspent e 70 v:0=70 by 4']);
  });

  it('that are not there or hold nothing are refused', () => {
    const code = (leads: string[]) => {
      try {
        toldOf('1 c: new -> a 10\n2 t: c:0 -> data 0, b 10', { leads });
        return null;
      } catch (error) {
        return error instanceof GongjoError ? error.code : error;
      }
    };
    assert.equal(code(['nowhere']), 'transaction-unknown');
    assert.equal(code(['t:2']), 'lead-output-unknown');
    assert.equal(code(['t:0']), 'lead-moves-nothing');
    assert.equal(code(['@nobody']), 'lead-address-unseen');
  });
});

describe('rounds', () => {
  it('a chain of fifty hops takes a round for each and two: for the lead, and to see that nothing follows', () => {
    const lines = ['1 t: new -> p0 100'];
    for (let n = 1; n <= 50; n += 1) lines.push(`${n + 1} s${n}: ${n === 1 ? 't' : `s${n - 1}`}:0 -> p${n} 100`);
    let rounds = 0;
    follow(build(read(lines.join('\n'))), {}, (ask, host) => {
      rounds += 1;
      return host.rowsFor(ask);
    });
    assert.equal(rounds, 52);
  });
});
