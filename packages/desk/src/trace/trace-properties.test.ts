import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { traceDirections } from '@gongjo/contract';
import fc from 'fast-check';
import { naiveBackward } from './backward/naive-backward.fixture.ts';
import { Host } from './drawn-ledger.fixture.ts';
import { type Ask, answer, placesNow, type Rows, stopByTags, type Trace, trace } from './index.ts';
import { naiveTrace } from './naive-trace.fixture.ts';
import { type Scene, scene } from './scene.fixture.ts';

function follow({ drawn, question }: Scene, provide?: (ask: Ask, host: Host) => Rows): Promise<Trace> {
  const host = new Host(drawn);
  return answer(trace(question), async (ask) => (provide === undefined ? host.rowsFor(ask) : provide(ask, host)));
}

/** A path through the ledger is long enough to mean something in most runs; the seed of a failure is printed by fast-check. */
const runs = { numRuns: 400 };

function backward<K, V>(map: ReadonlyMap<K, V>): Map<K, V> {
  return new Map([...map].reverse());
}

/** The same scene asked in both directions. */
const anyScene = fc
  .tuple(scene, fc.constantFrom(...traceDirections))
  .map(([made, direction]): Scene => ({ ...made, question: { ...made.question, direction } }));

describe('for every ledger', () => {
  it('a trace is the full simulation in the chain’s order', () =>
    fc.assert(
      fc.asyncProperty(scene, async (made) => {
        const { hops, stops, gaps, balances } = await follow(made);
        const naive = naiveTrace(made.drawn, made.question);
        assert.deepEqual(hops, naive.hops);
        assert.deepEqual(stops, naive.stops);
        assert.deepEqual(gaps, naive.gaps);
        for (const { asset, lead } of balances) assert.equal(lead, naive.lead.get(asset) ?? 0n);
      }),
      runs,
    ));

  it('a trace back is the full simulation against the chain’s order', () =>
    fc.assert(
      fc.asyncProperty(scene, async ({ drawn, question: asked }) => {
        const question = { ...asked, direction: 'backward' } as const;
        const { hops, stops, gaps, balances } = await follow({ drawn, question });
        const naive = naiveBackward(drawn, question);
        assert.deepEqual(hops, naive.hops);
        assert.deepEqual(stops, naive.stops);
        assert.deepEqual(gaps, naive.gaps);
        for (const { asset, lead } of balances) assert.equal(lead, naive.lead.get(asset) ?? 0n);
      }),
      runs,
    ));

  it('value in equals value out but with poison, and nothing is negative', () =>
    fc.assert(
      fc.asyncProperty(anyScene, async (made) => {
        const { hops, stops, balances } = await follow(made);
        for (const { asset, lead, swappedIn, swappedOut } of balances) {
          if (made.question.method === 'poison') continue;
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
      fc.asyncProperty(anyScene, async (made) => {
        const shuffled = await follow(made, (ask, host) => {
          const rows = host.rowsFor(ask);
          return {
            coverage: rows.coverage,
            transactions: new Map([...backward(rows.transactions)].map(([txid, all]) => [txid, all.toReversed()])),
            accounts: backward(rows.accounts),
            histories: backward(rows.histories),
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
      fc.asyncProperty(anyScene, fc.nat(), async (made, pick) => {
        const some = <T>(all: readonly T[]) => all.filter((_, index) => index === pick % all.length);
        const one = await follow(made, (ask, host) => {
          return host.rowsFor({ ...ask, accounts: some(ask.accounts), histories: some(ask.histories) });
        });
        assert.deepEqual(one, await follow(made));
      }),
      runs,
    ));

  it('a host may leave out the rows of addresses whose tags stop the trace', () =>
    fc.assert(
      fc.asyncProperty(anyScene, async (made) => {
        const frugal = await follow(made, (ask, host) =>
          host.rowsFor({
            ...ask,
            accounts: ask.accounts.filter(
              ({ address, after }) => after.height < 0 || stopByTags(made.drawn.tags.get(address) ?? []) === null,
            ),
            histories: ask.histories.filter(
              ({ address, upTo }) =>
                upTo.height === Number.MAX_SAFE_INTEGER || stopByTags(made.drawn.tags.get(address) ?? []) === null,
            ),
          }),
        );
        assert.deepEqual(frugal, await follow(made));
      }),
      runs,
    ));

  it('the shares of an asset’s places add up to the whole, but for rounding', () =>
    fc.assert(
      fc.asyncProperty(anyScene, async (made) => {
        const places = placesNow(await follow(made));
        for (const lines of Map.groupBy(places, ({ asset }) => asset).values()) {
          const sum = lines.reduce((total, { sharePpm }) => total + sharePpm, 0);
          assert.ok(sum <= 1_000_000 && sum > 1_000_000 - lines.length);
        }
      }),
      runs,
    ));
});
