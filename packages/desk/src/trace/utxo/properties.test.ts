import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { completeQuestion, defaultBounds } from '../bounds.ts';
import type { Trace } from '../model.ts';
import { chain, follow, leadOf } from './drawn-outputs.fixture.ts';
import type { UtxoAsk, UtxoRows } from './model.ts';
import { naiveOutputs } from './naive-outputs.fixture.ts';
import { alike, free, how, type Scene, scaled, scene } from './random-outputs.fixture.ts';

/** The seed of a failure is printed by fast-check. */
const runs = { numRuns: 400 };

type Asked = Parameters<typeof follow>[1];

const traced = ({ ledger, leads, bounds }: Scene, asked: Asked, provide?: Parameters<typeof follow>[2]) =>
  follow(ledger, { leads, bounds, ...asked }, provide);

/** By output, as `txid:ord`, how much traced value hops brought into it. */
function reached({ hops }: Trace): Map<string, bigint> {
  const units = new Map<string, bigint>();
  for (const hop of hops) {
    const key = `${hop.txid}:${hop.ord}`;
    units.set(key, (units.get(key) ?? 0n) + hop.units);
  }
  return units;
}

describe('for every ledger of outputs', () => {
  it('a trace is the full pass over it in the chain’s order', () =>
    fc.assert(
      fc.property(scene, how, (made, asked) => {
        const trace = traced(made, asked);
        const { leads, bounds } = made;
        const naive = naiveOutputs(
          made.ledger,
          completeQuestion({ chain, leads: leads.map(leadOf), bounds, ...asked }),
        );
        const hops = trace.hops.map(({ rule, certainty, txid, ord, from, to, units, movementUnits }) => ({
          rule,
          certainty,
          txid,
          ord,
          from,
          to,
          units,
          movementUnits,
        }));
        assert.deepEqual(hops, naive.hops);
        const stops = trace.stops.map(({ asset: _, since: __, holdings = [], ...stop }) => ({
          ...stop,
          holdings: holdings.map((one) => `${one.txid}:${one.ord}=${one.units}`),
        }));
        assert.deepEqual(stops, naive.stops);
        const gaps = trace.gaps.map(({ kind, address, txid, number }) => [kind, address, txid, number].join(' '));
        assert.deepEqual(gaps, naive.gaps);
        assert.equal(trace.balances[0]?.lead, naive.lead);
      }),
      { numRuns: 2_000 },
    ));

  it('value in equals value out, but for poison; every stop stands in its holdings', () =>
    fc.assert(
      fc.property(scene, how, (made, asked) => {
        const { hops, stops, balances } = traced(made, asked);
        assert.equal(balances.length, 1);
        const ended = stops.reduce((sum, { units }) => sum + units, 0n);
        if (asked.method !== 'poison') assert.equal(balances[0]?.lead, ended);
        for (const { kind, units, holdings = [] } of stops) {
          const held = holdings.reduce((sum, one) => sum + one.units, 0n);
          if (holdings.length > 0) assert.equal(units, held);
          else assert.match(kind, /^(fee|burned|mined|before-ledger|limit|small|coinjoin|hub)$/);
        }
        for (const { txid, units, movementUnits } of hops)
          assert.ok(units > 0n && units <= movementUnits, `${units} of ${movementUnits} in ${txid}`);
        assert.deepEqual(
          hops.map(({ id }) => id),
          hops.map((_, index) => index),
        );
      }),
      runs,
    ));

  it('neither the order of a host’s rows, nor what it leaves for later, nor what it tells unasked changes anything', () =>
    fc.assert(
      fc.property(scene, how, fc.array(fc.nat(), { minLength: 1, maxLength: 9 }), (made, asked, picks) => {
        let round = 0;
        const piecemeal = traced(made, asked, (ask, host): UtxoRows => {
          const pick = picks[round % picks.length] ?? 0;
          round += 1;
          // One transaction at a time, or the tags, or the fees of one block.
          const some = <T>(all: readonly T[]) => (all.length === 0 ? all : [all[pick % all.length] as T]);
          const rows = host.rowsFor({ ...ask, transactions: some(ask.transactions), fees: some(ask.fees) });
          return { ...rows, tags: new Map([...made.ledger.tags].reverse()), usage: new Map([...rows.usage].reverse()) };
        });
        assert.deepEqual(piecemeal, traced(made, asked));
      }),
      runs,
    ));

  it('the order in which leads are named changes nothing', () =>
    fc.assert(
      fc.property(scene, how, (made, asked) => {
        const { question: _, ...named } = traced(made, asked);
        const { question: __, ...otherwise } = traced({ ...made, leads: made.leads.toReversed() }, asked);
        assert.deepEqual(otherwise, named);
      }),
      runs,
    ));

  it('nothing is asked for twice, and there are about as many rounds as the deepest path has hops', () =>
    fc.assert(
      fc.property(scene, how, (made, asked) => {
        const asks: UtxoAsk[] = [];
        traced({ ...made, bounds: defaultBounds }, asked, (ask, host) => {
          asks.push(ask);
          return host.rowsFor(ask);
        });
        for (const all of [
          asks.map((ask) => ask.transactions),
          asks.map((ask) => ask.tags),
          asks.map((ask) => ask.fees),
        ]) {
          const flat = all.flat() as unknown[];
          assert.equal(new Set(flat).size, flat.length);
        }
        assert.ok(asks.length <= 2 * made.ledger.transactions.length);
      }),
      runs,
    ));

  it('poison reaches whatever any other method reaches', () =>
    fc.assert(
      fc.property(free, how, (made, asked) => {
        const poison = reached(traced(made, { ...asked, method: 'poison' }));
        for (const key of reached(traced(made, asked)).keys()) assert.ok(poison.has(key), key);
      }),
      runs,
    ));

  it('haircut reaches whatever FIFO and LIFO reach, where amounts are so large that none is rounded to nothing', () =>
    fc.assert(
      fc.property(free, how, fc.constantFrom('fifo', 'lifo'), (made, asked, method) => {
        const large = { ...made, ledger: scaled(made.ledger, 10n ** 150n) };
        const haircut = reached(traced(large, { ...asked, method: 'haircut' }));
        for (const key of reached(traced(large, { ...asked, method })).keys()) assert.ok(haircut.has(key), key);
      }),
      runs,
    ));

  it('FIFO and LIFO: what of A reaches B forwards is what B draws from A backwards', () =>
    fc.assert(
      fc.property(alike, how, fc.constantFrom('fifo', 'lifo'), ({ ledger, a, b }, { fees }, method) => {
        const forward = follow(ledger, { leads: [a], method, fees, direction: 'forward' });
        const backward = follow(ledger, { leads: [b], method, fees, direction: 'backward' });
        assert.equal(reached(forward).get(b) ?? 0n, reached(backward).get(a) ?? 0n);
      }),
      { numRuns: 1_500 },
    ));

  it('haircut: the same within one unit for every output and fee that either trace touches', () =>
    fc.assert(
      fc.property(alike, how, fc.constantFrom(1n, 10n ** 20n), ({ ledger, a, b }, { fees }, scale) => {
        const large = scaled(ledger, scale);
        const forward = reached(follow(large, { leads: [a], method: 'haircut', fees, direction: 'forward' }));
        const backward = reached(follow(large, { leads: [b], method: 'haircut', fees, direction: 'backward' }));
        const apart = (forward.get(b) ?? 0n) - (backward.get(a) ?? 0n);
        const steps = BigInt(forward.size + backward.size);
        assert.ok(apart <= steps && -apart <= steps, `${apart} units in ${steps} steps`);
      }),
      { numRuns: 1_500 },
    ));

  it('a tighter bound on hops or transactions keeps the beginning of the trace', () =>
    fc.assert(
      fc.property(scene, how, fc.integer({ min: 1, max: 30 }), fc.boolean(), (made, asked, max, hopsBound) => {
        const { hops: all } = traced({ ...made, bounds: { ...made.bounds, hopsMax: 1e6, addressesMax: 1e6 } }, asked);
        const tight = hopsBound ? { hopsMax: max, addressesMax: 1e6 } : { hopsMax: 1e6, addressesMax: max };
        const { hops, gaps } = traced({ ...made, bounds: { ...made.bounds, ...tight } }, asked);
        assert.deepEqual(hops, all.slice(0, hops.length));
        if (hopsBound) assert.ok(hops.length <= max);
        else assert.ok(new Set(hops.map(({ txid }) => txid)).size <= max);
        if (hops.length < all.length)
          assert.ok(gaps.some(({ kind, number }) => kind === 'bound-reached' && number === max));
      }),
      runs,
    ));

  it('FIFO, LIFO and poison: a tighter bound on units, outputs or uses reaches no more', () =>
    fc.assert(
      fc.property(free, how, scene, (made, asked, { bounds }) => {
        const method = asked.method === 'haircut' ? 'fifo' : asked.method;
        const loose = reached(traced(made, { ...asked, method }));
        const { movementsPerAddressMax, fanOutMax, unitsMin } = bounds;
        // An address lead's own outputs are bounded too, so fewer of them may be traced.
        const tight = traced(
          { ...made, bounds: { ...made.bounds, movementsPerAddressMax, fanOutMax, unitsMin } },
          { ...asked, method },
        );
        for (const [key, units] of reached(tight)) {
          const most = loose.get(key) ?? 0n;
          assert.ok(method === 'poison' ? most > 0n : units <= most, key);
        }
      }),
      runs,
    ));
});
