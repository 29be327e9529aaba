import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Address, BlockHash } from '@gongjo/contract';
import fc from 'fast-check';
import { comparePositions } from '../kernel/index.ts';
import type { Movement } from '../ledger/index.ts';
import { addressOf, chain, type Drawn, draw, nameOf, symbolOf, tagOf, timeAt } from './drawn-ledger.fixture.ts';
import {
  type AccountPath,
  type AccountPathAsk,
  type AccountPathQuestion,
  type AccountPathRows,
  pathAccounts,
} from './path.ts';
import { stopByTags } from './tags.ts';

function rowsFor({ movements, tags, from }: Drawn, ask: AccountPathAsk): AccountPathRows {
  const height = movements.at(-1)?.height ?? 0;
  const hash = 'b'.repeat(64) as BlockHash;
  const tip = { chain, height, hash, parent: hash, time: timeAt(height), transactionCount: 1 };
  const outgoing = ask.outgoing.map(({ address, after }) => {
    const sent = movements.filter(
      (one) =>
        one.from === address &&
        one.kind !== 'fee' &&
        one.kind !== 'burn' &&
        (after === null || comparePositions(one, after) > 0),
    );
    const movementsTold = sent.slice(0, ask.movementsMax);
    return [address, { movements: movementsTold, truncated: sent.length > movementsTold.length }] as const;
  });
  return { coverage: { chain, from, tip }, outgoing: new Map(outgoing), tags };
}

function find(
  drawn: Drawn,
  from: string,
  to: string,
  bounds: AccountPathQuestion['bounds'] = {},
  one = false,
): AccountPath {
  const run = pathAccounts({ chain, from: addressOf(from), to: addressOf(to), bounds });
  let step = run.next();
  while (!step.done) {
    const ask = step.value;
    step = run.next(rowsFor(drawn, one ? { ...ask, outgoing: ask.outgoing.slice(-1) } : ask));
  }
  return step.value;
}

const told = ({ steps, gaps }: AccountPath) => [
  ...(steps ?? []).map(
    (one) => `${one.height} ${nameOf(one.from)} -> ${nameOf(one.to)} ${one.units} ${symbolOf(one.asset)}`,
  ),
  ...gaps.map(({ kind, number }) => `gap ${kind} ${number}`),
];

const drawn = `
  10 a -> p 5 KUSD
  11 p -> q 5 KUSD
  12 q -> b 5 KUSD
  13 a -> r 5 KUSD
  14 a -> miner 1 ETH fee
  15 miner -> b 1 ETH
  16 r -> b 5 GOLD
  17 r -> b 3 KUSD`;

describe('a path between two addresses of an account chain', () => {
  it('is the shortest of one asset, forwards in time; fees are no way', () => {
    assert.deepEqual(told(find(draw(drawn), 'a', 'b')), ['13 a -> r 5 KUSD', '17 r -> b 3 KUSD']);
    assert.equal(find(draw(drawn), 'b', 'a').steps, null);
    assert.equal(find(draw('10 p -> b 1 ETH\n11 a -> p 1 ETH'), 'a', 'b').steps, null);
  });

  it('of several as short, the one that arrives first', () => {
    const two = '10 a -> p 1 ETH\n11 a -> q 1 ETH\n12 q -> b 1 ETH\n13 p -> b 1 ETH';
    assert.deepEqual(told(find(draw(two), 'a', 'b')), ['11 a -> q 1 ETH', '12 q -> b 1 ETH']);
  });

  it('does not go through services and hubs, but may begin or end at one', () => {
    const tags = [tagOf('r', 'exchange'), tagOf('a', 'exchange'), tagOf('b', 'mixer')];
    assert.equal(find(draw(drawn, tags), 'a', 'b').steps?.length, 3);
    assert.equal(find(draw(drawn), 'a', 'b', { movementsPerAddressMax: 1 }).steps?.length, 3);
  });

  it('says where a bound ended the search', () => {
    assert.deepEqual(told(find(draw(drawn), 'a', 'b', { hopsMax: 1 })), ['gap bound-reached 1']);
    assert.deepEqual(told(find(draw(drawn, [], 3), 'a', 'b', { addressesMax: 1 })), [
      'gap ledger-starts-late 3',
      'gap bound-reached 1',
    ]);
  });
});

/** Every chain of movements, longer by one in each round; of each length the ones that arrive first win, from the last step on. */
function naivePath({ movements, tags }: Drawn, from: Address, to: Address): Movement[] | null {
  const passes = (address: Address) => stopByTags(tags.get(address) ?? []) === null;
  const usable = movements.filter(
    (one) => one.to !== null && one.to !== one.from && one.units > 0n && one.kind !== 'fee' && one.kind !== 'burn',
  );
  let chains = usable.filter((one) => one.from === from).map((one) => [one]);
  const order = (a: Movement[], b: Movement[]) => {
    for (let at = a.length - 1; at >= 0; at -= 1) {
      const compared = comparePositions(a[at] as Movement, b[at] as Movement);
      if (compared !== 0) return compared;
    }
    return 0;
  };
  for (let length = 1; length <= movements.length && chains.length > 0; length += 1) {
    const [found] = chains.filter((one) => one.at(-1)?.to === to).sort(order);
    if (found !== undefined) return found;
    const last = new Map<Movement, Movement[]>();
    for (const one of chains.sort(order)) {
      const end = one.at(-1) as Movement;
      if (end.to === null || !passes(end.to)) continue;
      for (const next of usable) {
        if (next.from !== end.to || next.asset !== end.asset || comparePositions(next, end) <= 0) continue;
        if (!last.has(next)) last.set(next, [...one, next]);
      }
    }
    chains = [...last.values()];
  }
  return null;
}

describe('for every ledger', () => {
  const who = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'bank');
  const ledger = fc
    .array(fc.tuple(who, who, fc.integer({ min: 0, max: 3 }), fc.constantFrom('ETH', 'KUSD'), fc.boolean()), {
      minLength: 3,
      maxLength: 30,
    })
    .map((moves) =>
      draw(
        moves
          .map(
            ([from, to, units, symbol, fee], n) =>
              `${10 + n} ${from} -> ${to} ${units} ${symbol}${fee && symbol === 'ETH' ? ' fee' : ''}`,
          )
          .join('\n'),
        [tagOf('bank', 'exchange')],
      ),
    );

  it('the path is the one that trying all finds, also when one address is answered at a time', () =>
    fc.assert(
      fc.property(ledger, who, who, (made, from, to) => {
        const { steps } = find(made, from, to);
        const start = addressOf(from);
        // What left a tagged address is a path only where the path begins there.
        assert.deepEqual(steps, naivePath(made, start, addressOf(to)));
        assert.deepEqual(find(made, from, to, {}, true).steps, steps);
      }),
      { numRuns: 3_000 },
    ));
});
