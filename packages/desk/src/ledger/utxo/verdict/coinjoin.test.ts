import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { terms, zVerdict } from '@gongjo/contract';
import fc from 'fast-check';
import { address, type DrawnInput, type DrawnOutput, drawnTransaction } from '../drawn.fixture.ts';
import type { UtxoTransaction } from '../model.ts';
import { coinJoinVerdict } from './coinjoin.ts';
import { standardDenominations } from './wasabi.ts';

const btc = 100_000_000;
const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
const rulesOf = (tx: UtxoTransaction): string[] | undefined => coinJoinVerdict(tx)?.reasons.map(({ rule }) => rule);
const kindOf = (tx: UtxoTransaction): string | null => coinJoinVerdict(tx)?.kind ?? null;

/** A JoinMarket round: makers with one or two coins, a taker who pays all fees, in an order that tells nothing. */
function joinMarket({ makers = 3, equal = 137_000_000, takerChange = true } = {}): UtxoTransaction {
  const inputs: DrawnInput[] = [];
  const outputs: DrawnOutput[] = [];
  for (const maker of upTo(makers)) {
    const change = 20_000_000 + maker * 7_654_321;
    const earned = 1_000 + maker * 250;
    const brought = equal + change - earned;
    inputs.push([`maker${maker}a`, brought - 5_000_000], [`maker${maker}b`, 5_000_000]);
    outputs.push([`equal${maker}`, equal], [`change${maker}`, change]);
  }
  const fees = 20_000 + makers * 1_500;
  const change = takerChange ? 3_333_333 : 0;
  inputs.push(['taker', equal + change + fees]);
  outputs.push(['equalTaker', equal]);
  if (takerChange) outputs.push(['changeTaker', change]);
  return drawnTransaction(inputs.reverse(), outputs.reverse());
}

/** A Wasabi 1 round: everyone brings one coin, gets the base less its fee and his change; the coordinator is paid last. */
function wasabi1Round({ participants = 60, base = 10_074_533, rich = 6 } = {}): UtxoTransaction {
  const inputs = upTo(participants).map((at): DrawnInput => [`in${at}`, 45_000_000 + at * 1_111]);
  const outputs = upTo(participants).flatMap((at): DrawnOutput[] => [
    [`base${at}`, base],
    ...(at < rich ? [[`double${at}`, base * 2] as const] : []),
    [`change${at}`, 45_000_000 + at * 1_111 - base - (at < rich ? base * 2 : 0) - 21_000],
  ]);
  const fee = Math.floor((base * participants * participants * 3) / 100_000);
  return drawnTransaction(inputs, [...outputs, ['coordinator', fee]]);
}

/** A Wasabi 2 round: coins and outputs in descending order, nearly all outputs of standard amounts. */
function wasabi2Round({ inputs = 80, change = 8 } = {}): UtxoTransaction {
  const standard = [...standardDenominations].filter((units) => units >= 100_000n && units <= 100_000_000n);
  const amounts = [
    ...upTo(inputs).map((at) => standard[(at * 7) % standard.length] ?? 0n),
    ...upTo(change).map((at) => 1_234_567n + BigInt(at) * 98_765n),
  ].sort((a, b) => (a < b ? 1 : -1));
  return drawnTransaction(
    upTo(inputs).map((at) => [`in${at}`, 400_000_000 - at * 4_321_000]),
    amounts.map((units, at) => [`out${at}`, units, at % 2 === 0 ? 'p2tr' : 'p2wpkh']),
  );
}

/** A Whirlpool mix: newcomers bring a little more than the pool's denomination, the others exactly it. */
function whirlpoolMix({ participants = 5, pool = 5_000_000, newcomers = 2 } = {}): UtxoTransaction {
  return drawnTransaction(
    upTo(participants).map((at) => [`in${at}`, pool + (at < newcomers ? 9_500 : 0)]),
    upTo(participants).map((at) => [`out${at}`, pool]),
  );
}

describe('CoinJoin verdict, equal outputs (Maurer et al. 2017, Goldfeder et al. 2018, Stütz et al. 2022)', () => {
  test('a JoinMarket round is one, with what was seen', () => {
    const verdict = coinJoinVerdict(joinMarket());
    assert.deepEqual(verdict, {
      kind: 'equal-output',
      certainty: 'heuristic',
      reasons: [
        { rule: 'equal-outputs', values: { count: 4, units: '137000000' } },
        { rule: 'input-addresses', values: { count: 7, equal: 4 } },
        { rule: 'change-outputs', values: { count: 4, participants: 4 } },
        { rule: 'inputs-divide', values: { participants: 4 } },
      ],
    });
  });

  test('a taker who sweeps has no change', () =>
    assert.equal(kindOf(joinMarket({ takerChange: false })), 'equal-output'));

  test('a round of nine makers is decided within the bound', () =>
    assert.ok(rulesOf(joinMarket({ makers: 9 }))?.includes('inputs-divide')));

  test('two who both have change are seen by how their inputs divide; one person paying two is not', () => {
    const outputs: DrawnOutput[] = [
      ['a', 50_000_000],
      ['b', 50_000_000],
    ];
    const changes: DrawnOutput[] = [
      ['c', 20_000_000],
      ['d', 5_000_000],
    ];
    const two = (first: number, second: number): UtxoTransaction =>
      drawnTransaction(
        [
          ['x', first],
          ['y', second],
        ],
        [...outputs, ...changes],
      );
    assert.equal(kindOf(two(70_001_000, 55_000_000)), 'equal-output');
    assert.equal(kindOf(two(100_001_000, 25_000_000)), null);
    assert.equal(
      kindOf(
        drawnTransaction(
          [
            ['x', 70_001_000],
            ['y', 50_000_000],
          ],
          [...outputs, ...changes.slice(0, 1)],
        ),
      ),
      null,
    );
  });

  test('equal coins without change, in a denomination of no known pool, are one', () =>
    assert.ok(rulesOf(whirlpoolMix({ pool: 2_500_000 }))?.includes('no-change-outputs')));

  test('an exchange that pays equal amounts out of one hot wallet is none: one address is one owner', () => {
    const payout = drawnTransaction(
      upTo(6).map(() => ['hot', 2 * btc]),
      [
        ...upTo(5).map((at): DrawnOutput => [`customer${at}`, btc]),
        ...upTo(4).map((at): DrawnOutput => [`other${at}`, 1_234_000 + at]),
      ],
    );
    assert.equal(coinJoinVerdict(payout), null);
  });

  test('an exchange that pays out of as many addresses as equal payouts, mostly one large coin, is none: it does not divide', () => {
    const payout = drawnTransaction(
      [
        ['cold', 50 * btc],
        ['deposit1', 100_000],
        ['deposit2', 90_000],
        ['deposit3', 80_000],
      ],
      [
        ['a', btc],
        ['b', btc],
        ['c', btc],
        ['d', 321_000_000],
        ['e', 77_000],
        ['change', 4_371_073_000],
      ],
    );
    assert.equal(coinJoinVerdict(payout), null);
  });

  test('equal payouts to one address are one participant’s', () => {
    const inputs = upTo(3).map((at): DrawnInput => [`in${at}`, btc]);
    const outputs = upTo(3).map((at): DrawnOutput => [`change${at}`, 10_000_000 + at]);
    const equal = (names: string[]): DrawnOutput[] => names.map((name) => [name, 89_990_000]);
    assert.equal(kindOf(drawnTransaction(inputs, [...equal(['x', 'y', 'z']), ...outputs])), 'equal-output');
    assert.equal(kindOf(drawnTransaction(inputs, [...equal(['x', 'x', 'x']), ...outputs])), null);
  });

  test('addresses that are known are told apart, whatever else is not known', () => {
    const { outputs } = joinMarket({ makers: 2 });
    const own: DrawnInput[] = [['own', btc], ['own', btc], ['own', btc], null];
    assert.equal(kindOf({ ...drawnTransaction(own, []), outputs }), null);
    assert.equal(kindOf({ ...drawnTransaction([...own, null], []), outputs }), 'equal-output');
  });

  test('of two, whose inputs are not known, nothing is said', () =>
    assert.equal(kindOf({ ...drawnTransaction([null, null], []), outputs: joinMarket({ makers: 1 }).outputs }), null));

  test('what carries data is none', () => {
    const round = joinMarket({ takerChange: false });
    const data = drawnTransaction([], [[null, 0, 'op-return']]).outputs;
    assert.equal(kindOf({ ...round, outputs: [...round.outputs, ...data] }), null);
  });

  test('dust to many is a message, not a CoinJoin', () => {
    const spam = (units: number): UtxoTransaction =>
      drawnTransaction(
        upTo(5).map((at) => [`in${at}`, 20_000]),
        upTo(5).map((at) => [`out${at}`, units]),
      );
    assert.equal(kindOf(spam(546)), null);
    assert.equal(kindOf(spam(2_730)), null);
  });

  test('inputs that the ledger does not hold count as strangers, and the verdict says so', () => {
    const round = joinMarket();
    const half = {
      ...round,
      inputs: round.inputs.map((input, at) => (at < 5 ? { of: null, units: null, address: null } : input)),
    };
    assert.deepEqual(rulesOf(half)?.slice(-2), ['inputs-division-undecided', 'inputs-unknown']);
  });
});

describe('CoinJoin verdict, Wasabi 1', () => {
  test('a round is one, with its base, its doublings and the coordinator’s fee', () => {
    assert.equal(kindOf(wasabi1Round()), 'wasabi-1');
    assert.deepEqual(rulesOf(wasabi1Round()), [
      'base-denomination',
      'input-addresses',
      'denomination-levels',
      'coordinator-fee',
    ]);
  });

  test('ten participants are enough, nine are not', () => {
    assert.equal(kindOf(wasabi1Round({ participants: 10, rich: 0 })), 'wasabi-1');
    assert.notEqual(kindOf(wasabi1Round({ participants: 9, rich: 0 })), 'wasabi-1');
  });

  test('a legacy output, as no wallet of it makes, is none', () => {
    const round = wasabi1Round();
    const outputs = round.outputs.map((output, at) => (at === 5 ? { ...output, type: 'p2pkh' as const } : output));
    assert.notEqual(kindOf({ ...round, outputs }), 'wasabi-1');
  });

  test('more equal outputs than inputs are none', () => {
    const round = wasabi1Round({ rich: 0 });
    assert.notEqual(kindOf({ ...round, inputs: round.inputs.slice(0, 59) }), 'wasabi-1');
  });

  test('an exchange’s hundred payouts of 0.1 out of three addresses are none', () => {
    const payout = drawnTransaction(
      upTo(120).map((at) => [`hot${at % 3}`, 20_000_000]),
      [...upTo(100).map((at): DrawnOutput => [`customer${at}`, 10_000_000]), ['hot0', 1_390_000_000]],
    );
    assert.equal(coinJoinVerdict(payout), null);
  });
});

describe('CoinJoin verdict, Wasabi 2', () => {
  test('a round is one', () =>
    assert.deepEqual(rulesOf(wasabi2Round()), ['standard-denominations', 'amounts-descend', 'input-addresses']));

  test('a round of twenty inputs is one, as coordinators since 2024 make them', () =>
    assert.equal(kindOf(wasabi2Round({ inputs: 20, change: 3 })), 'wasabi-2'));

  test('many coins of few addresses are none', () => {
    const round = wasabi2Round();
    const of = (count: number): UtxoTransaction => ({
      ...round,
      inputs: round.inputs.map((input, at) => ({ ...input, address: address(`in${at % count}`) })),
    });
    assert.deepEqual([kindOf(of(9)), kindOf(of(10))], [null, 'wasabi-2']);
  });

  test('too much change, another order, or a legacy output is none', () => {
    const round = wasabi2Round();
    const outputs = [...round.outputs];
    assert.equal(kindOf(wasabi2Round({ inputs: 40, change: 12 })), null);
    assert.equal(kindOf({ ...round, outputs: [...outputs].reverse() }), null);
    assert.equal(kindOf({ ...round, inputs: [...round.inputs].reverse() }), null);
    assert.equal(
      kindOf({ ...round, outputs: outputs.map((output, at) => (at === 3 ? { ...output, type: 'p2pkh' } : output)) }),
      null,
    );
  });

  test('a payout of one round amount to many is none, whatever the ledger knows of its inputs', () => {
    const outputs = upTo(10).map((at): DrawnOutput => [`out${at}`, 10_000]);
    assert.equal(
      coinJoinVerdict(
        drawnTransaction(
          upTo(36).map(() => null),
          outputs,
        ),
      ),
      null,
    );
  });

  test('a consolidation of coins in descending order into one round amount is none', () =>
    assert.equal(
      coinJoinVerdict(
        drawnTransaction(
          upTo(60).map((at) => [`in${at}`, btc - at]),
          [['all', 50 * btc]],
        ),
      ),
      null,
    ));

  test('standard denominations: powers of 2 and 3, doubled powers of 3, and 1, 2, 5 in every decade', () => {
    for (const units of [
      5_000n,
      6_561n,
      8_192n,
      10_000n,
      13_122n,
      20_000n,
      50_000n,
      1n << 40n,
      10n ** 15n,
      3n ** 31n,
      2n * 3n ** 31n,
    ])
      assert.ok(standardDenominations.has(units), String(units));
    for (const units of [4_096n, 2_000n, 30_000n, 9_000n, 12_000n, 1n << 51n, 5_001n])
      assert.ok(!standardDenominations.has(units), String(units));
  });
});

describe('CoinJoin verdict, Whirlpool', () => {
  for (const pool of [100_000, 1_000_000, 5_000_000, 50_000_000])
    test(`a mix in the pool of ${pool} satoshi is one`, () => {
      assert.equal(kindOf(whirlpoolMix({ pool })), 'whirlpool');
      assert.equal(kindOf(whirlpoolMix({ pool, participants: 8, newcomers: 3 })), 'whirlpool');
    });

  test('says how many mix again and how many are new', () =>
    assert.deepEqual(coinJoinVerdict(whirlpoolMix())?.reasons.slice(0, 2), [
      { rule: 'pool-denomination', values: { count: 5, units: '5000000' } },
      { rule: 'pool-inputs', values: { exact: 3, above: 2 } },
    ]));

  test('the transaction before it (tx0) is none: one owner splits coins, and it carries data', () => {
    const premix = 1_000_000 + 9_500;
    const tx0 = drawnTransaction(
      [
        ['own1', 3_000_000],
        ['own2', 3_000_000],
        ['own3', 3_000_000],
        ['own4', 3_000_000],
        ['own5', 2_000_000],
      ],
      [
        [null, 0, 'op-return'],
        ['fee', 50_000],
        ...upTo(5).map((at): DrawnOutput => [`premix${at}`, premix]),
        ['change', 8_800_000],
      ],
    );
    assert.equal(coinJoinVerdict(tx0), null);
  });

  test('coins that do not fit the pool are none of it', () => {
    const coins = (first: number): UtxoTransaction =>
      drawnTransaction(
        upTo(5).map((at) => [`in${at}`, at === 0 ? first : 1_000_300]),
        upTo(5).map((at) => [`out${at}`, 1_000_000]),
      );
    assert.deepEqual(
      [999_999, 1_110_001].map((first) => kindOf(coins(first)) === 'whirlpool'),
      [false, false],
    );
    assert.deepEqual(
      [1_000_000, 1_110_000].map((first) => kindOf(coins(first))),
      ['whirlpool', 'whirlpool'],
    );
  });

  test('one address that mixes with itself is none', () =>
    assert.equal(
      kindOf(
        drawnTransaction(
          upTo(5).map(() => ['one', 1_000_500]),
          upTo(5).map((at) => [`out${at}`, 1_000_000]),
        ),
      ),
      null,
    ));
});

/** `100x3 50` → 100, 100, 100, 50. */
function amountsOf(text: string): number[] {
  return text.split(' ').flatMap((group) => {
    const [units = 0, count = 1] = group.split('x').map(Number);
    return upTo(count).map(() => units);
  });
}

const recorded = (inputs: string, outputs: string): UtxoTransaction =>
  drawnTransaction(
    amountsOf(inputs).map((units, at) => [`in${at}`, units]),
    amountsOf(outputs).map((units, at) => [`out${at}`, units, at % 3 === 0 ? 'p2wpkh' : 'p2tr']),
  );

describe('CoinJoin verdict, amounts from the public chain', () => {
  test('323df21f…, block 574682, Whirlpool', () => {
    const tx = recorded('5010000 5000000 5010000 5000000 5010000', '5000000x5');
    assert.equal(kindOf(tx), 'whirlpool');
  });

  test('6cb2433f…, block 914781, JoinMarket of ten participants, 23 inputs', () => {
    const tx = recorded(
      '100000000 99714485 100008100 100000000x3 70577264 99690093 21296812 99712169 99690093 100005800 100000000 28764098 37955010 100000000 99703550 100000000 198873630 100000000 79216957 100000000x2',
      '198732961x10 680555 1306587 80489759 9819186 1278915 29453272 22583724 1276615 985300',
    );
    assert.equal(kindOf(tx), 'equal-output');
    assert.ok(rulesOf(tx)?.includes('inputs-divide'), 'decided within the bound');
  });

  test('4f112abd…, block 878487, JoinMarket of two participants', () => {
    assert.equal(kindOf(recorded('148798 1448113', '46981 100420 1347800 100420')), 'equal-output');
  });

  test('aefda8a7…, block 853777, a payout of an exchange, is none', () => {
    const tx = recorded('1814046646', '69426 263502 21718889 4511856 9995730 175421 2233956 44642 1775025864');
    assert.equal(coinJoinVerdict(tx), null);
  });

  test('a round like that of 5 October 2024 (c52934ac…), Wasabi 2 of a later coordinator', () => {
    const tx = recorded(
      '67108864 50000000 43046721x2 40375000 33554432x6 28697814x5 20000000x3 16777216x5 14348907x2 10000000 9565938x3 8388608x5 7127535 5640982 5000000x10 4782969 3531594 3490000 3199502 3188646x4 3149170x2 3144170 2789702 2097152x4 2000000x2 1920004 1594323 1062882x10 905963 531441x6 524288 509632 354294x3 315323 262144x13 200000x7 177147 131072 118098x4 117290 100000x4 65536x4 50000x6 39366x9 32768x5 20000x7 16384x9 13122x3 10000x6',
      '43046721x3 33554432x5 28697814x8 20000000x7 16777216x6 10000000x4 8388608x6 5000000x7 3188646x7 2758350 2097152x11 1676142 1666928 1594323x5 1323464 1062882x15 531441x9 354294x10 262144x8 200000x8 131072x4 100000x10 65536x3 50000x14 39366x5 32768x4 20000x10 16384x10 15380 13122x11 10000x10',
    );
    assert.equal(kindOf(tx), 'wasabi-2');
  });
});

describe('CoinJoin verdict, laws', () => {
  const rounds = [joinMarket(), wasabi1Round(), wasabi2Round(), whirlpoolMix(), joinMarket({ makers: 12 })];

  test('every verdict is of the contract’s shape, and its texts name the values that it gives', () => {
    for (const verdict of rounds.map((tx) => coinJoinVerdict(tx))) {
      zVerdict.parse(verdict);
      for (const { rule, values } of verdict?.reasons ?? [])
        for (const [, name] of terms.reason[rule].en.matchAll(/\{(\w+)\}/g))
          assert.ok(name! in values, `${rule} ${name}`);
    }
  });

  test('the names of addresses mean nothing', () =>
    fc.assert(
      fc.property(fc.constantFrom(...rounds), fc.integer(), (tx, salt) => {
        const renamed = (name: string | null) =>
          name === null ? null : address(`${(name.length * salt) | 0}/${name}`);
        const other = {
          ...tx,
          inputs: tx.inputs.map((input) => ({ ...input, address: renamed(input.address) })),
          outputs: tx.outputs.map((output) => ({ ...output, address: renamed(output.address) })),
        };
        assert.deepEqual(coinJoinVerdict(other), coinJoinVerdict(tx));
      }),
    ));

  test('the order of inputs and outputs means nothing, except to Wasabi 2', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...rounds.filter((tx) => kindOf(tx) !== 'wasabi-2')).chain((tx) =>
          fc.record({
            tx: fc.constant(tx),
            inputs: fc.shuffledSubarray([...tx.inputs], { minLength: tx.inputs.length }),
            outputs: fc.shuffledSubarray([...tx.outputs], { minLength: tx.outputs.length }),
          }),
        ),
        ({ tx, inputs, outputs }) => assert.deepEqual(coinJoinVerdict({ ...tx, inputs, outputs }), coinJoinVerdict(tx)),
      ),
      { numRuns: 50 },
    ));

  const units = fc.bigInt(1n, 1_000_000_000n);
  test('no payment of one or two outputs is one, however many inputs it has', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string(), units), { minLength: 1, maxLength: 40 }),
        fc.array(fc.tuple(fc.string(), units), { minLength: 1, maxLength: 2 }),
        (inputs, outputs) => assert.equal(coinJoinVerdict(drawnTransaction(inputs, outputs)), null),
      ),
    ));

  test('nothing that spends from one address is one', () =>
    fc.assert(
      fc.property(
        fc.array(units, { minLength: 1, maxLength: 60 }),
        fc.array(fc.tuple(fc.string(), fc.constantFrom(1_000_000n, 10_000_000n, 8_192n)), {
          minLength: 1,
          maxLength: 60,
        }),
        (inputs, outputs) =>
          assert.equal(
            coinJoinVerdict(
              drawnTransaction(
                inputs.map((each) => ['own', each]),
                outputs,
              ),
            ),
            null,
          ),
      ),
    ));

  test('a transaction of ten thousand inputs is judged at once', () => {
    const tx = drawnTransaction(
      upTo(10_000).map((at) => [`in${at}`, btc + at]),
      upTo(10_000).map((at) => [`out${at}`, at % 2 === 0 ? btc : 1_000 + at]),
    );
    const begun = performance.now();
    coinJoinVerdict(tx);
    assert.ok(performance.now() - begun < 20_000);
  });
});
