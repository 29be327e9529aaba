import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { zVerdict } from '@gongjo/contract';
import fc from 'fast-check';
import { drawnTransaction } from '../drawn.fixture.ts';
import type { UtxoTransaction } from '../model.ts';
import { peelingVerdict, peelOf } from './peeling.ts';

/** A coin of which 1 is peeled off again and again; the remainder lies at output `at % 2`. */
function peelingChain(length: number, start = 1_000_000_000): UtxoTransaction[] {
  const steps = Array.from({ length }, (_, at) => {
    const rest = [`rest${at + 1}`, start - (at + 1) * 10_500_000] as const;
    const peel = [`shop${at}`, 10_000_000] as const;
    return drawnTransaction([[`rest${at}`, start - at * 10_500_000]], at % 2 === 0 ? [rest, peel] : [peel, rest], at);
  });
  return steps.map((tx, at) => ({
    ...tx,
    inputs: tx.inputs.map((input) => (at === 0 ? input : { ...input, of: { tx: at - 1, index: (at - 1) % 2 } })),
    outputs: tx.outputs.map((output, index) =>
      index === at % 2 && at + 1 < length ? { ...output, spentBy: { tx: at + 1, input: 0 } } : output,
    ),
  }));
}

describe('peeling verdict (Meiklejohn et al. 2013, Kappos et al. 2022)', () => {
  test('a small part off a large coin is a step, with its amounts', () => {
    const tx = drawnTransaction(
      [['coin', 1_000_000_000]],
      [
        ['shop', 10_000_000],
        ['rest', 989_990_000],
      ],
    );
    assert.deepEqual(peelingVerdict(tx), {
      kind: 'peeling',
      certainty: 'heuristic',
      reasons: [
        { rule: 'peel-inputs', values: { count: 1 } },
        { rule: 'peel-small', values: { units: '10000000', restUnits: '989990000' } },
      ],
    });
    assert.deepEqual(peelOf(tx), { peeled: 0, remainder: 1 });
    zVerdict.parse(peelingVerdict(tx));
  });

  test('steps that follow each other are counted in both directions, wherever the remainder stands', () => {
    const chain = peelingChain(7);
    for (const tx of chain) {
      const found = peelingVerdict(tx, chain)?.reasons.find(({ rule }) => rule === 'peel-chain');
      assert.deepEqual(found?.values, { count: 7 });
    }
    assert.deepEqual(peelingVerdict(chain[3]!, chain.slice(2, 5))?.reasons[2]?.values, { count: 3 });
    assert.equal(peelingVerdict(chain[3]!)?.reasons.length, 2);
  });

  test('a part of more than a tenth, three inputs, three outputs, data, one payee or new coins are no step', () => {
    const coin = [['coin', 1_000]] as const;
    assert.equal(
      peelingVerdict(
        drawnTransaction(coin, [
          ['a', 91],
          ['b', 909],
        ]),
      ),
      null,
    );
    assert.notEqual(
      peelingVerdict(
        drawnTransaction(coin, [
          ['a', 90],
          ['b', 900],
        ]),
      ),
      null,
    );
    assert.equal(
      peelingVerdict(
        drawnTransaction(
          [...coin, ...coin, ...coin],
          [
            ['a', 1],
            ['b', 900],
          ],
        ),
      ),
      null,
    );
    assert.equal(
      peelingVerdict(
        drawnTransaction(coin, [
          ['a', 1],
          ['b', 1],
          ['c', 900],
        ]),
      ),
      null,
    );
    assert.equal(
      peelingVerdict(
        drawnTransaction(coin, [
          [null, 0, 'op-return'],
          ['c', 900],
        ]),
      ),
      null,
    );
    assert.equal(
      peelingVerdict(
        drawnTransaction(coin, [
          ['a', 1],
          ['a', 900],
        ]),
      ),
      null,
    );
    assert.equal(
      peelingVerdict({
        ...drawnTransaction(
          [null],
          [
            ['a', 1],
            ['b', 900],
          ],
        ),
        coinbase: true,
      }),
      null,
    );
  });

  test('a chain that names itself as its own past ends', () => {
    const [tx] = peelingChain(1);
    const loop = {
      ...tx!,
      inputs: [{ ...tx!.inputs[0]!, of: { tx: tx!.number, index: 0 } }],
      outputs: tx!.outputs.map((output) => ({ ...output, spentBy: { tx: tx!.number, input: 0 } })),
    };
    assert.equal(peelingVerdict(loop, [loop])?.reasons.length, 2);
  });

  test('the order of the transactions around it means nothing', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray(peelingChain(6), { minLength: 6 }), (chain) =>
        assert.deepEqual(peelingVerdict(chain[0]!, chain)?.reasons[2]?.values, { count: 6 }),
      ),
    ));
});
