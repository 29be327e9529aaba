import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address } from '@gongjo/contract';
import fc from 'fast-check';
import { stopByTags } from '../tags.ts';
import { build, chain, type DrawnLedger, Host, read, rules, tagOf } from './drawn-outputs.fixture.ts';
import type { UtxoAsk, UtxoRows } from './model.ts';
import { pathUtxo, type UtxoPath, type UtxoPathQuestion } from './path.ts';
import { scene } from './random-outputs.fixture.ts';

function find(
  ledger: DrawnLedger,
  from: string,
  to: string,
  bounds: UtxoPathQuestion['bounds'] = {},
  provide: (ask: UtxoAsk, host: Host) => UtxoRows = (ask, host) => host.rowsFor(ask),
): UtxoPath {
  const host = new Host(ledger);
  const run = pathUtxo({ chain, from: from as Address, to: to as Address, bounds }, rules);
  let step = run.next();
  while (!step.done) step = run.next(provide(step.value, host));
  return step.value;
}

const told = ({ steps, gaps }: UtxoPath) => [
  ...(steps ?? []).map(
    ({ txid, from, spends, to, ord, units }) =>
      `${from} ${spends.units} (${spends.txid}:${spends.ord}) -> ${to} ${units} (${txid}:${ord})`,
  ),
  ...gaps.map(({ kind, number }) => `gap ${kind} ${number}`),
];

const drawn = `
  1 c: new -> a 100, z 5
  2 t: c:0 -> p 60, q 40
  3 long: t:0 -> r 60
  4 on: long:0 -> b 60
  5 short: t:1 -> s 30, b 10`;

describe('a path between two addresses', () => {
  it('is the shortest, each step spending an output of the one before', () => {
    assert.deepEqual(told(find(build(read(drawn)), 'a', 'b')), [
      'a 100 (c:0) -> q 40 (t:1)',
      'q 40 (t:1) -> b 10 (short:1)',
    ]);
  });

  it('of several as short, the first in the chain’s order', () => {
    const two = `
      1 c: new -> a 10, a 10
      2 t: c:0 -> p 10
      2 u: c:1 -> q 10
      3 v: u:0 -> b 10
      4 w: t:0 -> b 10`;
    assert.deepEqual(told(find(build(read(two)), 'a', 'b')), ['a 10 (c:0) -> p 10 (t:0)', 'p 10 (t:0) -> b 10 (w:0)']);
  });

  it('does not run against time, and there may be none', () => {
    assert.equal(find(build(read(drawn)), 'b', 'a').steps, null);
    assert.deepEqual(told(find(build(read(drawn)), 'z', 'b')), []);
  });

  it('does not go through services, CoinJoins, hubs or payouts, but may end at one', () => {
    const tags = [tagOf('q', 'exchange'), tagOf('b', 'exchange')];
    assert.equal(find(build(read(drawn), tags), 'a', 'b').steps?.at(-1)?.txid, 'on');
    const joined = drawn.replaceAll('short', 'join').replaceAll('long', 'join2');
    assert.equal(find(build(read(joined)), 'a', 'b').steps, null);
    assert.equal(find(build(read(drawn)), 'a', 'b', { fanOutMax: 1 }).steps, null);
  });

  it('says where a bound ended the search', () => {
    assert.deepEqual(told(find(build(read(drawn)), 'a', 'b', { hopsMax: 1 })), ['gap bound-reached 1']);
    assert.deepEqual(told(find(build(read(drawn)), 'a', 'b', { addressesMax: 2 })), ['gap bound-reached 2']);
  });
});

/** The shortest path by trying all, level by level, keeping the smallest sequence of numbers to every transaction. */
function naivePath({ transactions, tags }: DrawnLedger, from: string, to: string, fanOutMax: number): number[] | null {
  const passable = (number: number) => {
    const tx = transactions[number];
    return tx !== undefined && tx.outputs.length <= fanOutMax && (tx.coinbase || !rules.coinJoin(tx));
  };
  const before = (a: number[], b: number[]) => {
    const at = a.findIndex((number, index) => number !== b[index]);
    return at !== -1 && (a[at] ?? 0) < (b[at] ?? 0);
  };
  let level = new Map<number, number[]>();
  for (const { number, inputs } of transactions) {
    if (passable(number) && inputs.some(({ address, units }) => address === from && units !== 0n))
      level.set(number, [number]);
  }
  for (let depth = 0; depth <= transactions.length; depth += 1) {
    let best: number[] | null = null;
    for (const [number, path] of level) {
      const pays = transactions[number]?.outputs.some(({ address, units }) => address === to && units > 0n);
      if (pays && (best === null || before(path, best))) best = path;
    }
    if (best !== null) return best;
    const next = new Map<number, number[]>();
    for (const [number, path] of level) {
      for (const { address, units, spentBy } of transactions[number]?.outputs ?? []) {
        if (address === null || units === 0n || spentBy === null || !passable(spentBy.tx)) continue;
        if (stopByTags(tags.get(address) ?? []) !== null) continue;
        const longer = [...path, spentBy.tx];
        const known = next.get(spentBy.tx);
        if (known === undefined || before(longer, known)) next.set(spentBy.tx, longer);
      }
    }
    level = next;
  }
  return null;
}

describe('for every ledger of outputs', () => {
  const end = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'thief', 'bank');

  it('the path is the one that trying all finds', () =>
    fc.assert(
      fc.property(scene, end, end, ({ ledger, bounds: { fanOutMax } }, from, to) => {
        const has = (address: string) =>
          ledger.transactions.some((tx) => tx.outputs.some((one) => one.address === address));
        fc.pre(has(from) && has(to));
        const { steps } = find(ledger, from, to, { fanOutMax });
        const numbers = steps?.map(({ txid }) => ledger.numbers.get(txid)) ?? null;
        assert.deepEqual(numbers, naivePath(ledger, from, to, fanOutMax));
        for (const [index, step] of (steps ?? []).entries()) {
          const { from: sender, spends } = step;
          const before = steps?.[index - 1];
          if (before === undefined) assert.equal(sender, from);
          else
            assert.deepEqual(
              [sender, spends],
              [before.to, { txid: before.txid, ord: before.ord, units: before.units }],
            );
          const made = ledger.transactions[ledger.numbers.get(spends.txid) ?? -1]?.outputs[spends.ord];
          assert.equal(made?.spentBy?.tx, ledger.numbers.get(step.txid));
        }
        if (steps !== null) assert.equal(steps.at(-1)?.to, to);
      }),
      { numRuns: 2_000 },
    ));

  it('one transaction an answer changes nothing', () =>
    fc.assert(
      fc.property(scene, end, end, ({ ledger, bounds }, from, to) => {
        const has = (address: string) =>
          ledger.transactions.some((tx) => tx.outputs.some((one) => one.address === address));
        fc.pre(has(from) && has(to));
        const piecemeal = find(ledger, from, to, bounds, (ask, host) =>
          host.rowsFor({ ...ask, transactions: ask.transactions.slice(-1) }),
        );
        assert.deepEqual(piecemeal, find(ledger, from, to, bounds));
      }),
      { numRuns: 400 },
    ));
});
