import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Address, AssetId } from '@gongjo/contract';
import { coin } from './assets.ts';
import { type Book, createBook, type Effect, type Entry } from './book.ts';

const [victim, thief, friend, shop, pool, miner] = ['v', 't', 'f', 's', 'p', 'm'] as Address[] as [
  Address,
  Address,
  Address,
  Address,
  Address,
  Address,
];
const won = 'eip155:1/erc20:won' as AssetId;
const dollar = 'eip155:1/erc20:dollar' as AssetId;

function enter(book: Book, effects: readonly Effect[], rest: Partial<Entry> = {}): void {
  book.enter({ sender: victim, lead: false, effects, tipUnits: 0n, burnUnits: 0n, miner, ...rest });
}

const move = (from: Address, to: Address, units: bigint, asset = won): Effect => ({
  ...{ kind: 'move', asset, from, to, units },
});

/** `{ "unspent t": 5n }` */
function stops(book: Book, asset: AssetId, also?: ReadonlySet<Address>): Record<string, bigint> {
  const balance = book.expected(also).find((one) => one.asset === asset);
  return Object.fromEntries(
    balance?.stops.map(({ kind, address, units }) => [`${kind} ${address ?? '-'}`, units]) ?? [],
  );
}

describe('book', () => {
  test('first in, first out: own money leaves before loot that came later', () => {
    const book = createBook(new Map());
    enter(book, [move(friend, thief, 30n)]);
    enter(book, [move(victim, thief, 100n)], { lead: true });
    enter(book, [move(thief, shop, 50n)]);
    assert.deepEqual(stops(book, won), { 'unspent t': 80n, 'unspent s': 20n });
    // The shop received 30 clean ones first and pays those first.
    enter(book, [move(shop, friend, 35n)]);
    assert.deepEqual(stops(book, won), { 'unspent t': 80n, 'unspent s': 15n, 'unspent f': 5n });
  });

  test('a swap carries the stolen share, rounded down', () => {
    const book = createBook(new Map());
    enter(book, [
      { kind: 'mint', asset: won, to: pool, units: 1_000n },
      { kind: 'mint', asset: dollar, to: pool, units: 1_000n },
      { kind: 'mint', asset: won, to: thief, units: 10n },
    ]);
    enter(book, [move(victim, thief, 90n)], { lead: true });
    // 100 × 997 × 1000 / (1000 × 1000 + 100 × 997) = 90.66…
    assert.equal(book.quote(pool, won, dollar, 100n), 90n);
    enter(book, [{ kind: 'swap', trader: thief, pool, give: won, get: dollar, units: 100n }]);
    assert.deepEqual(book.expected(), [
      { asset: won, lead: 90n, swappedIn: 0n, swappedOut: 90n, stops: [] },
      {
        ...{ asset: dollar, lead: 0n, swappedIn: 81n, swappedOut: 0n },
        stops: [{ kind: 'unspent', address: thief, units: 81n }],
      },
    ]);
    assert.equal(book.balance(dollar, thief), 90n);
    assert.equal(book.balance(won, pool), 1_100n);
  });

  test('the fee is paid before the value moves, and is the loot’s end where loot pays it', () => {
    const book = createBook(new Map());
    enter(book, [move(friend, thief, 5n, coin)]);
    enter(book, [move(victim, thief, 100n, coin)], { lead: true, tipUnits: 7n, burnUnits: 7n });
    // 5 of its own pay the burn of 4 and 1 of the tip of 3.
    enter(book, [move(thief, shop, 10n, coin)], { sender: thief, tipUnits: 3n, burnUnits: 4n });
    assert.deepEqual(stops(book, coin), { 'unspent t': 88n, 'unspent s': 10n, 'fee -': 2n });
    enter(book, [], { sender: thief, tipUnits: 1n, burnUnits: 2n });
    assert.deepEqual(stops(book, coin), { 'unspent t': 85n, 'unspent s': 10n, 'fee -': 3n, 'burned -': 2n });
  });

  test('what reaches a mixer or a service has stopped there, whoever takes it out', () => {
    const book = createBook(new Map([[pool, 'mixer'] as const, [shop, 'service'] as const]));
    enter(book, [move(victim, thief, 100n)], { lead: true });
    enter(book, [move(thief, pool, 40n), move(thief, shop, 30n), move(pool, friend, 40n), move(shop, friend, 30n)]);
    assert.deepEqual(stops(book, won), { 'mixer p': 40n, 'service s': 30n, 'unspent t': 30n });
  });

  test('a desk with more tags calls the same value a service', () => {
    const book = createBook(new Map());
    enter(book, [move(victim, thief, 100n)], { lead: true });
    assert.deepEqual(stops(book, won, new Set([thief])), { 'service t': 100n });
  });

  test('destroyed tokens are burned', () => {
    const book = createBook(new Map());
    enter(book, [move(victim, thief, 100n)], { lead: true });
    enter(book, [{ kind: 'burn', asset: won, from: thief, units: 8n }]);
    assert.deepEqual(stops(book, won), { 'unspent t': 92n, 'burned -': 8n });
  });
});
