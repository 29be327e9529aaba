import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TxId } from '@gongjo/contract';
import fc from 'fast-check';
import { chain, type Drawn, draw, Host, tagOf } from './drawn-ledger.fixture.ts';
import {
  type Ask,
  answer,
  type Bounds,
  defaultBounds,
  placesNow,
  type Rows,
  stopByTags,
  type Trace,
  trace,
} from './index.ts';
import { naiveTrace } from './naive-trace.fixture.ts';

interface Scene {
  readonly text: string;
  readonly drawn: Drawn;
  readonly lead: TxId[];
  readonly bounds: Bounds;
}

const people = ['a', 'b', 'c', 'd', 'e', 'h'];
const places = ['dex', 'dex2', 'pot', 'bank', 'miner'];
const tags = [
  tagOf('dex', 'dex'),
  tagOf('dex2', 'dex'),
  tagOf('dex2', 'service', { confidence: 50 }),
  tagOf('pot', 'mixer'),
  tagOf('bank', 'exchange'),
  tagOf('bank', 'theft', { confidence: 99 }),
  tagOf('h', 'theft'),
];

const who = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...people) }, fc.constantFrom(...places));
const end = fc.oneof({ weight: 9, arbitrary: who }, fc.constant('null'));
const symbol = fc.constantFrom('ETH', 'KUSD', 'GOLD');
const units = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 12 }) }, fc.constant(0));
const mark = fc.constantFrom('', '', '', ' call');

const transfer = fc
  .tuple(end, end, units, symbol, mark)
  .map(([from, to, n, asset, call]) => `${from} -> ${to} ${n} ${asset}${asset === 'ETH' ? call : ''}`);
const fees = fc
  .tuple(who, units, units)
  .map(([from, fee, burn]) => [`${from} -> miner ${fee} ETH fee`, `${from} -> null ${burn} ETH burn`]);
const swap = fc
  .tuple(who, who, who, symbol, symbol, fc.integer({ min: 1, max: 12 }), units, units, fc.integer({ min: 0, max: 3 }))
  .map(([trader, router, pool, given, taken, n, m, refund, shape]) => {
    if (shape === 0) return [`${trader} -> ${pool} ${n} ${given}`, `${pool} -> ${trader} ${m} ${taken}`];
    if (shape === 1) return [`${pool} -> ${trader} ${m} ${taken}`, `${trader} -> ${pool} ${n} ${given}`];
    const through = [
      `${trader} -> ${router} ${n + refund} ${given}`,
      `${router} -> ${pool} ${n} ${given}`,
      `${pool} -> ${router} ${m} ${taken}`,
      `${router} -> ${trader} ${m} ${taken}`,
      `${router} -> ${trader} ${refund} ${given}`,
    ];
    return shape === 2 ? through : through.toReversed();
  });
const transaction = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(transfer) },
  { weight: 1, arbitrary: fc.array(transfer, { minLength: 2, maxLength: 5 }) },
  { weight: 2, arbitrary: fc.tuple(fees, transfer).map(([paid, moved]) => [moved, ...paid]) },
  { weight: 1, arbitrary: fc.tuple(fees, transfer).map(([paid, moved]) => [...paid, moved]) },
  { weight: 3, arbitrary: swap },
  { weight: 1, arbitrary: fc.tuple(swap, swap, fees).map((parts) => parts.flat()) },
);
const bound = (max: number, usual: number) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(usual) }, fc.integer({ min: 1, max }));

const scene: fc.Arbitrary<Scene> = fc
  .record({
    transactions: fc.array(transaction, { minLength: 4, maxLength: 60, size: 'max' }),
    leads: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
    hopsMax: bound(20, defaultBounds.hopsMax),
    addressesMax: bound(5, defaultBounds.addressesMax),
    movementsPerAddressMax: bound(40, defaultBounds.movementsPerAddressMax),
    late: fc.boolean(),
  })
  .map(({ transactions, leads, late, ...some }) => {
    const bounds = { ...defaultBounds, ...some };
    // Three transactions a block, so that order within a block matters too.
    const text = transactions
      .flatMap((moves, n) => moves.map((move) => `${10 + Math.floor(n / 3)}.${n % 3} ${move}`))
      .join('\n');
    const drawn = draw(text, tags, late ? 3 : 0);
    const taking = takingTransactions(drawn);
    const lead = [...new Set(leads.flatMap((n) => taking[(n % Math.max(1, taking.length)) >> 2] ?? []))];
    return { text, drawn, lead, bounds };
  })
  .filter(({ lead }) => lead.length > 0);

function takingTransactions(drawn: Drawn): TxId[] {
  const nets = new Map<string, bigint>();
  const add = (txid: TxId, address: string | null, asset: string, amount: bigint) => {
    if (address !== null) {
      const key = `${txid} ${address} ${asset}`;
      nets.set(key, (nets.get(key) ?? 0n) + amount);
    }
  };
  for (const { txid, kind, from, to, asset, units: amount } of drawn.movements) {
    if (kind === 'fee' || kind === 'burn') continue;
    add(txid, from, asset, -amount);
    add(txid, to, asset, amount);
  }
  const taking = new Set([...nets].flatMap(([key, net]) => (net < 0n ? [key.split(' ')[0] as TxId] : [])));
  return [...taking].sort();
}

function follow({ drawn, lead, bounds }: Scene, provide?: (ask: Ask, host: Host) => Rows): Promise<Trace> {
  const host = new Host(drawn);
  return answer(trace({ chain, leads: lead.map((txid) => ({ txid, ord: null })), bounds }), async (ask) =>
    provide === undefined ? host.rowsFor(ask) : provide(ask, host),
  );
}

/** A path through the ledger is long enough to mean something in most runs; the seed of a failure is printed by fast-check. */
const runs = { numRuns: 400 };

function backward<K, V>(map: ReadonlyMap<K, V>): Map<K, V> {
  return new Map([...map].reverse());
}

describe('for every ledger', () => {
  it('a trace is the full simulation in the chain’s order', () =>
    fc.assert(
      fc.asyncProperty(scene, async (made) => {
        const { hops, stops, gaps, balances } = await follow(made);
        const naive = naiveTrace(made.drawn, made.lead, made.bounds);
        assert.deepEqual(hops, naive.hops);
        assert.deepEqual(stops, naive.stops);
        assert.deepEqual(gaps, naive.gaps);
        for (const { asset, lead } of balances) assert.equal(lead, naive.lead.get(asset) ?? 0n);
      }),
      runs,
    ));

  it('value in equals value out, and nothing is negative', () =>
    fc.assert(
      fc.asyncProperty(scene, async (made) => {
        const { hops, stops, balances } = await follow(made);
        for (const { asset, lead, swappedIn, swappedOut } of balances) {
          const standing = stops.reduce((sum, stop) => sum + (stop.asset === asset ? stop.units : 0n), 0n);
          assert.equal(lead + swappedIn, swappedOut + standing);
          assert.ok(lead >= 0n && swappedIn >= 0n && swappedOut >= 0n);
        }
        for (const { units: traced, movementUnits } of [...hops, ...hops.flatMap((hop) => hop.received)]) {
          assert.ok(traced >= 0n && traced <= movementUnits);
        }
        for (const stop of stops) assert.ok(stop.units > 0n);
        for (const hop of hops) assert.ok(hop.units > 0n);
        assert.deepEqual(
          hops.map(({ id }) => id),
          hops.map((_, index) => index),
        );
      }),
      runs,
    ));

  it('the order of a host’s maps, the order of its movements and what it tells unasked change nothing', () =>
    fc.assert(
      fc.asyncProperty(scene, async (made) => {
        const shuffled = await follow(made, (ask, host) => {
          const rows = host.rowsFor(ask);
          return {
            coverage: rows.coverage,
            transactions: new Map([...backward(rows.transactions)].map(([txid, all]) => [txid, all.toReversed()])),
            accounts: backward(rows.accounts),
            tags: backward(made.drawn.tags),
            assets: backward(rows.assets),
          };
        });
        assert.deepEqual(shuffled, await follow(made));
      }),
      runs,
    ));

  it('answering about one address at a time changes nothing', () =>
    fc.assert(
      fc.asyncProperty(scene, fc.nat(), async (made, pick) => {
        const one = await follow(made, (ask, host) => {
          const account = ask.accounts[pick % Math.max(1, ask.accounts.length)];
          return host.rowsFor({ ...ask, accounts: account === undefined ? [] : [account] });
        });
        assert.deepEqual(one, await follow(made));
      }),
      runs,
    ));

  it('a host may leave out the rows of addresses whose tags stop the trace', () =>
    fc.assert(
      fc.asyncProperty(scene, async (made) => {
        const frugal = await follow(made, (ask, host) =>
          host.rowsFor({
            ...ask,
            accounts: ask.accounts.filter(({ address }) => stopByTags(made.drawn.tags.get(address) ?? []) === null),
          }),
        );
        assert.deepEqual(frugal, await follow(made));
      }),
      runs,
    ));

  it('the shares of an asset’s places add up to the whole, but for rounding', () =>
    fc.assert(
      fc.asyncProperty(scene, async (made) => {
        const places = placesNow(await follow(made));
        for (const lines of Map.groupBy(places, ({ asset }) => asset).values()) {
          const sum = lines.reduce((total, { sharePpm }) => total + sharePpm, 0);
          assert.ok(sum <= 1_000_000 && sum > 1_000_000 - lines.length);
        }
      }),
      runs,
    ));
});
