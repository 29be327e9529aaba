import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Address, AssetId, ChainId, Instant, Tag, TxId, Watch } from '@gongjo/contract';
import { instant } from '../../kernel/index.ts';
import type { Touch } from '../../ledger/index.ts';
import type { Hop, Stop } from '../../trace/index.ts';
import type { Hit } from '../screen/hit.ts';
import {
  arrival,
  collection,
  dealingsOf,
  type Finding,
  freezable,
  peelChain,
  poisoning,
  sanctioned,
  sleeper,
  structuring,
  watched,
} from './index.ts';

const chain = 'eip155:1' as ChainId;
const token = `${chain}/erc20:0xdead` as AssetId;
const ether = `${chain}/slip44:60` as AssetId;
const start = Date.UTC(2026, 0, 1);
const minute = 60_000;
const at = (minutes: number): Instant => instant(start + minutes * minute);
const name = (letter: string) => letter as Address;

/** A drawn ledger: `[from, to, units, minute]`, a transaction each. */
type Drawn = readonly [from: string, to: string, units: number, minutes?: number];
const hopsOf = (drawn: readonly Drawn[], change: Partial<Hop> = {}): Hop[] =>
  drawn.map(([from, to, units, minutes], id) => ({
    id,
    rule: 'fifo',
    certainty: 'exact',
    txid: `tx${id}` as TxId,
    height: id,
    time: at(minutes ?? id),
    ord: 0,
    from: name(from),
    to: name(to),
    asset: token,
    units: BigInt(units),
    movementUnits: BigInt(units),
    received: [],
    ...change,
  }));
const tagOf = (category: Tag['category'], address = 'x', more: Partial<Tag> = {}): Tag =>
  ({
    chain,
    address: name(address),
    label: category,
    category,
    actor: null,
    source: 'drawn',
    confidence: 90,
    ...more,
  }) as Tag;
const stopAt = (kind: Stop['kind'], address: string, hops: number[], tag: Tag | null = null): Stop => ({
  kind,
  address: name(address),
  asset: token,
  units: 1n,
  tag,
  hops,
  since: at(0),
});
/** `rule at the receiver, count`. */
const said = (found: readonly Finding[]) =>
  found.map(({ rule, at: { to, txid }, count }) => [rule, txid, to, ...(count === undefined ? [] : [count])]);

describe('deposit-to-service, mixer-entry, coinjoin-entry, bridge-entry', () => {
  test('say where followed value came to, by tag or by shape, and of nothing else', () => {
    const hops = hopsOf([
      ['a', 'e', 1],
      ['a', 'm', 1],
      ['a', 'j', 1],
      ['a', 'b', 1],
      ['a', 'u', 1],
      ['a', 'h', 1],
    ]);
    const stops = [
      stopAt('service', 'e', [0], tagOf('exchange')),
      stopAt('mixer', 'm', [1], tagOf('mixer')),
      stopAt('coinjoin', 'j', [2]),
      stopAt('bridge', 'b', [3], tagOf('bridge')),
      stopAt('unspent', 'u', [4]),
      stopAt('hub', 'h', [5]),
    ];
    assert.deepEqual(said(arrival({ hops, stops })), [
      ['deposit-to-service', 'tx0', 'e'],
      ['mixer-entry', 'tx1', 'm'],
      ['coinjoin-entry', 'tx2', 'j'],
      ['bridge-entry', 'tx3', 'b'],
    ]);
  });
});

describe('freezable-now', () => {
  const issuer = { id: 'tether', name: { en: 'Tether', ko: 'Tether' }, countries: [] };
  const directory = { canFreeze: (asset: AssetId) => asset === token, issuerOf: () => issuer };

  test('value that stands in a token whose issuer can freeze it', () => {
    const hops = hopsOf([['a', 'b', 7]]);
    const found = freezable({ hops, stops: [stopAt('unspent', 'b', [0])] }, directory);
    assert.deepEqual(said(found), [['freezable-now', 'tx0', 'b']]);
    assert.equal(found[0]?.holder?.label, 'tether');
  });

  test('value that was swapped into it: what came back, where it stands', () => {
    const hops = hopsOf([['a', 'dex', 7]], {
      rule: 'swap',
      asset: ether,
      received: [{ asset: token, units: 20n, movementUnits: 20n }],
    });
    const [found] = freezable({ hops, stops: [stopAt('unspent', 'a', [0])] }, directory);
    assert.deepEqual([found?.at.units, found?.at.asset, found?.at.to], [20n, token, 'a']);
  });

  test('not what is at a service, nor in another asset', () => {
    const hops = hopsOf([['a', 'b', 7]]);
    assert.deepEqual(freezable({ hops, stops: [stopAt('service', 'b', [0], tagOf('exchange'))] }, directory), []);
    assert.deepEqual(freezable({ hops, stops: [{ ...stopAt('unspent', 'b', [0]), asset: ether }] }, directory), []);
  });
});

describe('peel-chain', () => {
  /** a → b → c → …, with a part split off at each step. */
  const peeling = (steps: number, part: number): Drawn[] =>
    Array.from({ length: steps }, (_, n): Drawn[] => [
      [`r${n}`, `r${n + 1}`, 1000 - part, n],
      [`r${n}`, `p${n}`, part, n],
    ]).flat();

  test('is said of the third step, and again when the chain has doubled', () => {
    const found = peelChain({ hops: hopsOf(peeling(7, 50)) });
    assert.deepEqual(said(found), [
      ['peel-chain', 'tx4', 'r3', 3],
      ['peel-chain', 'tx10', 'r6', 6],
    ]);
    assert.equal(found[0]?.subject, 'r0');
    assert.equal(found[0]?.since, at(0));
  });

  test('two steps are none, nor are parts of more than a tenth, nor three ways at once', () => {
    assert.deepEqual(peelChain({ hops: hopsOf(peeling(2, 50)) }), []);
    assert.deepEqual(peelChain({ hops: hopsOf(peeling(7, 200)) }), []);
    const three = Array.from({ length: 5 }, (_, n): Drawn[] => [
      [`r${n}`, `r${n + 1}`, 900],
      [`r${n}`, `p${n}`, 50],
      [`r${n}`, `q${n}`, 50],
    ]).flat();
    assert.deepEqual(peelChain({ hops: hopsOf(three) }), []);
  });
});

describe('structuring', () => {
  const payments = (count: number, units: (n: number) => number, everyMinutes = 10): Drawn[] =>
    Array.from({ length: count }, (_, n): Drawn => ['a', `b${n}`, units(n), n * everyMinutes]);

  test('eight like amounts of one sender within a day, and again at sixteen', () => {
    assert.deepEqual(said(structuring({ hops: hopsOf(payments(17, (n) => 9900 + n)) })), [
      ['structuring', 'tx7', 'b7', 8],
      ['structuring', 'tx15', 'b15', 16],
    ]);
  });

  test('to one receiver as well', () => {
    const drawn = payments(8, () => 100).map(([from, to, units, minutes = 0]): Drawn => [to, from, units, minutes]);
    assert.deepEqual(said(structuring({ hops: hopsOf(drawn) })), [['structuring', 'tx7', 'a', 8]]);
  });

  test('not seven, not unlike ones, not over days, not of several assets together', () => {
    assert.deepEqual(structuring({ hops: hopsOf(payments(7, () => 100)) }), []);
    assert.deepEqual(structuring({ hops: hopsOf(payments(12, (n) => 100 * 2 ** n)) }), []);
    assert.deepEqual(structuring({ hops: hopsOf(payments(12, () => 100, 24 * 60)) }), []);
    const mixed = hopsOf(payments(12, () => 100)).map((hop) => (hop.id % 2 === 0 ? hop : { ...hop, asset: ether }));
    assert.deepEqual(structuring({ hops: mixed }), []);
  });
});

describe('collection', () => {
  const into = (count: number, everyMinutes = 1): Drawn[] =>
    Array.from({ length: count }, (_, n): Drawn => [`s${n}`, 'z', 10, n * everyMinutes]);

  test('five senders at one address within a week, and again at ten', () => {
    assert.deepEqual(said(collection({ hops: hopsOf(into(11)), stops: [] })), [
      ['collection', 'tx4', 'z', 5],
      ['collection', 'tx9', 'z', 10],
    ]);
  });

  test('five senders in one transaction of outputs', () => {
    const hops = hopsOf(into(6)).map((hop) => ({ ...hop, txid: 'tx' as TxId, ord: 0, time: at(0) }));
    const found = collection({ hops, stops: [] });
    assert.deepEqual(said(found), [['collection', 'tx', 'z', 5]]);
    assert.equal(found[0]?.at.units, 60n);
  });

  test('not four, not one sender five times, not over weeks, not at a service', () => {
    assert.deepEqual(collection({ hops: hopsOf(into(4)), stops: [] }), []);
    assert.deepEqual(
      collection({ hops: hopsOf(into(9).map(([, to, units]): Drawn => ['s', to, units])), stops: [] }),
      [],
    );
    assert.deepEqual(collection({ hops: hopsOf(into(9, 3 * 24 * 60)), stops: [] }), []);
    const service = [stopAt('service', 'z', [0], tagOf('exchange'))];
    assert.deepEqual(collection({ hops: hopsOf(into(9)), stops: service }), []);
  });
});

const touch = ([from, to, units, minutes]: Drawn, n = 0): Touch => ({
  txid: `tx${n}` as TxId,
  ord: 0,
  height: n,
  time: at(minutes ?? n),
  from: name(from),
  to: name(to),
  asset: token,
  units: BigInt(units),
});
const order: Watch = {
  ...{ id: 'w', kind: 'address', chain, name: 'w', reason: 'drawn', address: null, category: null, count: null },
  ...{ addedAt: at(0), addedBy: 'x', until: null },
};
const hitOf = (drawn: Drawn, address: string, change: Partial<Hit> = {}): Hit => ({
  source: 'address',
  incident: null,
  watch: order,
  address: name(address),
  movement: touch(drawn),
  ...change,
});

describe('sleeper-wakes', () => {
  const day = 24 * 60;
  test('an address that sends after ninety days, and none that received, slept less, or was not seen before', () => {
    const last = new Map([[name('a'), at(0)]]);
    const found = sleeper([hitOf(['a', 'b', 5, 90 * day], 'a'), hitOf(['a', 'b', 5, 90 * day], 'a')], last);
    assert.deepEqual([said(found), found[0]?.since], [[['sleeper-wakes', 'tx0', 'b']], at(0)]);
    assert.deepEqual(sleeper([hitOf(['a', 'b', 5, 90 * day - 1], 'a')], last), []);
    assert.deepEqual(sleeper([hitOf(['b', 'a', 5, 90 * day], 'a')], last), []);
    assert.deepEqual(sleeper([hitOf(['a', 'b', 0, 90 * day], 'a')], last), []);
    assert.deepEqual(sleeper([hitOf(['c', 'b', 5, 90 * day], 'c')], last), []);
  });
});

describe('address-poisoning', () => {
  const friend = '0x1234aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa5678';
  const imitation = '0x1234bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb5678';
  const stranger = '0x9999bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb5678';
  const dealings = new Map([[name('a'), dealingsOf(name('a'), [touch(['a', friend, 1_000_000])])]]);

  test('nothing or dust with an address that looks like one that was dealt with, in either direction', () => {
    for (const drawn of [
      [imitation, 'a', 0],
      ['a', imitation, 0],
      [imitation, 'a', 1000],
    ] as const) {
      const [found] = poisoning([hitOf(drawn, 'a')], dealings);
      assert.deepEqual([found?.rule, found?.subject], ['address-poisoning', imitation]);
    }
  });

  test('not a payment, not the friend, not a stranger', () => {
    for (const drawn of [
      [imitation, 'a', 1001],
      [friend, 'a', 0],
      [stranger, 'a', 0],
    ] as const)
      assert.deepEqual(poisoning([hitOf(drawn, 'a')], dealings), []);
  });

  test('who sent only dust is nobody to imitate', () => {
    const dusted = dealingsOf(name('a'), [touch(['a', friend, 1_000_000]), touch([stranger, 'a', 1])]);
    const like = stranger.replace('bb', 'cc');
    assert.deepEqual(poisoning([hitOf([like, 'a', 0], 'a')], new Map([[name('a'), dusted]])), []);
  });
});

describe('sanctioned-counterparty', () => {
  const tags = new Map([
    [name('s'), [tagOf('sanctioned', 's')]],
    [name('m'), [tagOf('mixer', 'm', { abuse: 'sanction' })]],
    [name('e'), [tagOf('exchange', 'e')]],
  ]);

  test('value to or from an address on a list, whatever else it is', () => {
    for (const [drawn, other] of [
      [['a', 's', 1], 's'],
      [['s', 'a', 1], 's'],
      [['a', 'm', 1], 'm'],
    ] as const) {
      const [found] = sanctioned([hitOf(drawn, 'a')], tags);
      assert.deepEqual([found?.rule, found?.tag?.address, found?.watch?.id], ['sanctioned-counterparty', other, 'w']);
    }
  });

  test('not nothing, not others, not what is watched because it is sanctioned itself', () => {
    assert.deepEqual(sanctioned([hitOf(['a', 's', 0], 'a'), hitOf(['a', 'e', 1], 'a')], tags), []);
    assert.deepEqual(sanctioned([hitOf(['s', 'm', 1], 's', { source: 'category' })], tags), []);
  });
});

describe('watched-moved', () => {
  test('value at an address that somebody ordered; traces and indicators have rules of their own', () => {
    assert.deepEqual(said(watched([hitOf(['a', 'b', 1], 'a'), hitOf(['a', 'b', 0], 'a')])), [
      ['watched-moved', 'tx0', 'b'],
    ]);
    assert.deepEqual(watched([hitOf(['a', 'b', 1], 'a', { source: 'trace', incident: 'i', watch: null })]), []);
  });
});
