import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { changeHeuristics, changeSources, terms, zChangeTable } from '@gongjo/contract';
import fc from 'fast-check';
import { address, type DrawnInput, type DrawnOutput, drawnTransaction } from '../drawn.fixture.ts';
import type { UtxoTransaction } from '../model.ts';
import { addressKind } from './address-kind.ts';
import { type ChangeFacts, heuristics } from './heuristics.ts';
import { changeTable } from './suggest.ts';

/** Addresses of published examples: BIP 173 and BIP 350 vectors and the first block's key. */
const legacy = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa';
const script = '3P14159f73E4gFr7JterCCQh9QjiTjiZrG';
const keyHash = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4';
const keyHash2 = 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq';
const scriptHash = 'bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3';
const taproot = 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0';

const at = (tx: UtxoTransaction, name: (typeof changeHeuristics)[number], facts: ChangeFacts = {}) => {
  const answer = heuristics[name](tx, facts);
  return answer === null || answer === 'facts-missing' ? answer : answer.output;
};
const pay = (inputs: readonly DrawnInput[], outputs: readonly DrawnOutput[]) => drawnTransaction(inputs, outputs);

describe('kinds of addresses', () => {
  test('are told by the text alone', () => {
    const kinds = [
      legacy,
      script,
      keyHash,
      scriptHash,
      taproot,
      'mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn',
      `scripthash:${'a'.repeat(64)}`,
    ];
    assert.equal(new Set(kinds.map((text) => addressKind(address(text)))).size, kinds.length);
    assert.equal(addressKind(address(keyHash)), addressKind(address(keyHash2)));
    assert.equal(addressKind(address(keyHash)), addressKind(address('bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080')));
    assert.equal(
      addressKind(address('mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn')),
      addressKind(address('n3ZddxzLvAY9o7184TB4c6FJasAybsw4HZ')),
    );
  });
});

describe('change heuristics', () => {
  test('address-type: the only output of the inputs’ kind', () => {
    assert.equal(
      at(
        pay(
          [[keyHash, 100]],
          [
            [legacy, 60],
            [keyHash2, 30],
          ],
        ),
        'address-type',
      ),
      1,
    );
    assert.equal(
      at(
        pay(
          [[keyHash, 100]],
          [
            [keyHash, 60],
            [keyHash2, 30],
          ],
        ),
        'address-type',
      ),
      null,
    );
    assert.equal(
      at(
        pay(
          [
            [keyHash, 100],
            [legacy, 5],
          ],
          [
            [script, 60],
            [keyHash2, 30],
          ],
        ),
        'address-type',
      ),
      null,
    );
    assert.equal(at(pay([[keyHash, 100]], [[keyHash2, 90]]), 'address-type'), null);
    assert.equal(
      at(
        pay(
          [null],
          [
            [legacy, 60],
            [keyHash2, 30],
          ],
        ),
        'address-type',
      ),
      'facts-missing',
    );
  });

  test('first-use: the only output never paid before, without change to an input (Meiklejohn et al. 2013, heuristic 2)', () => {
    const tx = pay(
      [['own', 100]],
      [
        ['shop', 60],
        ['new', 30],
      ],
    );
    const facts = (shop: number, fresh: number) => ({
      firstPaid: new Map([
        [address('shop'), shop],
        [address('new'), fresh],
        [address('own'), 1],
      ]),
    });
    assert.equal(at(tx, 'first-use', facts(3, tx.number)), 1);
    assert.equal(at(tx, 'first-use', facts(tx.number, tx.number)), null);
    assert.equal(at(tx, 'first-use', facts(3, 4)), null);
    assert.equal(at(tx, 'first-use'), 'facts-missing');
    assert.equal(
      at(
        pay(
          [['own', 100]],
          [
            ['own', 60],
            ['new', 30],
          ],
        ),
        'first-use',
        facts(3, tx.number),
      ),
      null,
    );
  });

  test('reuse: the only output to an input’s address', () => {
    assert.equal(
      at(
        pay(
          [
            ['own', 100],
            ['own', 20],
          ],
          [
            ['shop', 60],
            ['own', 30],
          ],
        ),
        'reuse',
      ),
      1,
    );
    assert.equal(
      at(
        pay(
          [['own', 100]],
          [
            ['own', 60],
            ['own', 30],
          ],
        ),
        'reuse',
      ),
      null,
    );
    assert.equal(
      at(
        pay(
          [['own', 100]],
          [
            ['shop', 60],
            ['new', 30],
          ],
        ),
        'reuse',
      ),
      null,
    );
    assert.equal(at(pay([['own', 100]], [['own', 90]]), 'reuse'), null);
  });

  test('optimal-change: the only output smaller than every input (Nick 2015)', () => {
    assert.equal(
      at(
        pay(
          [
            ['a', 100],
            ['b', 50],
          ],
          [
            ['shop', 120],
            ['own', 20],
          ],
        ),
        'optimal-change',
      ),
      1,
    );
    assert.equal(
      at(
        pay(
          [
            ['a', 100],
            ['b', 50],
          ],
          [
            ['shop', 30],
            ['own', 20],
          ],
        ),
        'optimal-change',
      ),
      null,
    );
    assert.equal(
      at(
        pay(
          [['a', 100]],
          [
            ['shop', 70],
            ['own', 20],
          ],
        ),
        'optimal-change',
      ),
      null,
    );
    assert.equal(
      at(
        pay(
          [['a', 100], null],
          [
            ['shop', 70],
            ['own', 20],
          ],
        ),
        'optimal-change',
      ),
      'facts-missing',
    );
  });

  test('round-amounts: the only output that is not round', () => {
    assert.equal(
      at(
        pay(
          [['a', 100]],
          [
            ['shop', 5_000_000],
            ['own', 2_345_678],
          ],
        ),
        'round-amounts',
      ),
      1,
    );
    assert.equal(
      at(
        pay(
          [['a', 100]],
          [
            ['shop', 5_000_000],
            ['own', 2_000_000],
          ],
        ),
        'round-amounts',
      ),
      null,
    );
    assert.equal(
      at(
        pay(
          [['a', 100]],
          [
            ['shop', 5_000_001],
            ['own', 2_345_678],
          ],
        ),
        'round-amounts',
      ),
      null,
    );
  });

  test('locktime: the only output spent as this transaction was made; says that it needs lock times', () => {
    const drawn = pay(
      [['a', 100]],
      [
        ['shop', 60],
        ['own', 30],
      ],
    );
    const tx = {
      ...drawn,
      outputs: drawn.outputs.map((output, index) => ({ ...output, spentBy: { tx: 2_000 + index, input: 0 } })),
    };
    const locktimes = (own: number, shop: number, change: number) => ({
      locktimes: new Map([
        [tx.number, own],
        [2_000, shop],
        [2_001, change],
      ]),
    });
    assert.equal(at(tx, 'locktime', locktimes(840_000, 0, 840_100)), 1);
    assert.equal(at(tx, 'locktime', locktimes(0, 0, 840_100)), 0);
    assert.equal(at(tx, 'locktime', locktimes(840_000, 1, 1)), null);
    assert.equal(at(drawn, 'locktime', locktimes(840_000, 0, 1)), null);
    assert.equal(at(tx, 'locktime'), 'facts-missing');
  });

  test('peeling: the remainder of a peel', () => {
    assert.equal(
      at(
        pay(
          [['a', 1_000]],
          [
            ['shop', 10],
            ['own', 980],
          ],
        ),
        'peeling',
      ),
      1,
    );
    assert.equal(
      at(
        pay(
          [['a', 1_000]],
          [
            ['shop', 400],
            ['own', 580],
          ],
        ),
        'peeling',
      ),
      null,
    );
  });
});

describe('change of one transaction', () => {
  const tx = pay(
    [
      [keyHash, 9_000_000],
      [keyHash, 4_000_000],
    ],
    [
      [legacy, 10_000_000],
      [keyHash2, 2_987_654],
    ],
  );

  test('shows all heuristics side by side, in one order', () => {
    const table = changeTable(tx, {});
    zChangeTable.parse(table);
    assert.deepEqual(
      table.suggestions.map(({ heuristic }) => heuristic),
      ['address-type', 'optimal-change', 'round-amounts'],
    );
    assert.deepEqual(table.silent, [
      { heuristic: 'first-use', why: 'facts-missing' },
      { heuristic: 'reuse', why: 'no-candidate' },
      { heuristic: 'locktime', why: 'facts-missing' },
      { heuristic: 'peeling', why: 'no-candidate' },
    ]);
    assert.deepEqual(table.outputs, [{ output: 1, heuristics: ['address-type', 'optimal-change', 'round-amounts'] }]);
    assert.equal(table.contradiction, false);
  });

  test('shows contradictions', () => {
    const odd = pay(
      [
        [keyHash, 9_000_000],
        [keyHash, 4_000_000],
      ],
      [
        [keyHash2, 10_000_000],
        [legacy, 2_987_654],
      ],
    );
    const table = changeTable(odd, {});
    assert.equal(table.contradiction, true);
    assert.deepEqual(
      table.outputs.map(({ output }) => output),
      [0, 1],
    );
  });

  test('asks only those named', () =>
    assert.deepEqual(
      changeTable(tx, {}, ['round-amounts']).suggestions.map(({ heuristic }) => heuristic),
      ['round-amounts'],
    ));

  test('says nothing of CoinJoins, coinbases and large payouts', () => {
    const mix = pay(
      Array.from({ length: 5 }, (_, each) => [`in${each}`, 1_000_000] as const),
      Array.from({ length: 5 }, (_, each) => [each === 0 ? 'in0' : `out${each}`, 1_000_000] as const),
    );
    const payout = pay(
      [['hot', 1]],
      Array.from({ length: 101 }, (_, each) => [each === 0 ? 'hot' : `out${each}`, 1] as const),
    );
    for (const silent of [mix, payout, { ...tx, coinbase: true }])
      assert.deepEqual(changeTable(silent, {}).suggestions, []);
  });

  test('every heuristic has a name, a source and known failures; every reason’s values are in its text', () => {
    for (const name of changeHeuristics) {
      assert.ok(terms.changeHeuristic[name] && terms.changeFailure[name]);
      assert.match(changeSources[name], /20\d\d/);
    }
    const peel = pay(
      [
        ['a', 1_000],
        ['a', 20],
      ],
      [
        ['shop', 10],
        ['a', 1_000],
      ],
    );
    for (const { reasons } of [...changeTable(tx, {}).suggestions, ...changeTable(peel, {}).suggestions])
      for (const { rule, values } of reasons)
        for (const [, name] of terms.reason[rule].en.matchAll(/\{(\w+)\}/g))
          assert.ok(name! in values, `${rule} ${name}`);
  });

  test('what it suggests is an output of the transaction, on whatever is asked', () =>
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.tuple(fc.constantFrom(legacy, keyHash, script), fc.bigInt(0n, 10_000_000n))), {
          maxLength: 4,
        }),
        fc.array(fc.tuple(fc.constantFrom(legacy, keyHash2, taproot, null), fc.bigInt(0n, 10_000_000n)), {
          maxLength: 4,
        }),
        (inputs, outputs) => {
          const drawn = pay(inputs, outputs);
          for (const { output, address: named } of changeTable(drawn, {}).suggestions)
            assert.equal(drawn.outputs[output]?.address, named);
        },
      ),
    ));
});
