import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { GongjoError } from '../kernel/index.ts';
import type { Coverage, Movement } from '../ledger/index.ts';
import { chain, type Drawn, draw, Host, leadOf, told } from './drawn-ledger.fixture.ts';
import { type Ask, completeQuestion, follow, type Question, type Rows, type Trace, trace } from './index.ts';
import { scene } from './scene.fixture.ts';

const run = <T>(made: Generator<Ask, T, Rows>, host: Host): T => {
  let step = made.next();
  while (!step.done) step = made.next(host.rowsFor(step.value));
  return step.value;
};

const upTo = (drawn: Drawn, height: number): Drawn => ({
  ...drawn,
  movements: drawn.movements.filter((movement) => movement.height <= height),
});

/** What `follow` answers at `first`, carried on to each of the later heights; with how often it had to be made anew. */
function carriedOn(drawn: Drawn, question: Question, heights: readonly number[]): { traces: Trace[]; anew: number } {
  const [first = 0, ...later] = heights;
  let live = run(follow(question), new Host(upTo(drawn, first)));
  const traces = [live.trace()];
  let tip = first;
  let anew = 0;
  for (const height of later) {
    const host = new Host(upTo(drawn, height));
    const happened = drawn.movements.filter((movement) => movement.height > tip && movement.height <= height);
    if (!run(live.extend({ coverage: coverageOf(host), happened }), host)) {
      anew += 1;
      live = run(follow(question), host);
    }
    traces.push(live.trace());
    tip = height;
  }
  return { traces, anew };
}

function coverageOf(host: Host): Coverage {
  return host.rowsFor({ transactions: [], accounts: [], histories: [], movementsMax: 1, tags: [], assets: [] })
    .coverage;
}

const freshly = (drawn: Drawn, question: Question, height: number): Trace =>
  run(trace(question), new Host(upTo(drawn, height)));

describe('a trace that is carried on', () => {
  it('equals one that is made anew, on every ledger, however its blocks come', () => {
    let extended = 0;
    let anew = 0;
    fc.assert(
      fc.property(scene, fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), ({ drawn, question }, stops) => {
        const all = [...new Set(drawn.movements.map(({ height }) => height))];
        const last = all.at(-1) ?? 0;
        const heights = all.filter((height, n) => stops[n % stops.length] === true || height === last);
        const begun = heights.findIndex((height) => {
          try {
            freshly(drawn, question, height);
            return true;
          } catch (thrown) {
            if (!(thrown instanceof GongjoError)) throw thrown;
            return false;
          }
        });
        fc.pre(begun >= 0 && begun < heights.length - 1);
        const looked = heights.slice(begun);
        const found = carriedOn(drawn, question, looked);
        assert.deepEqual(
          found.traces,
          looked.map((height) => freshly(drawn, question, height)),
        );
        anew += found.anew;
        extended += looked.length - 1 - found.anew;
      }),
      { numRuns: 500 },
    );
    // The law would hold for a trace that is always made anew, too.
    assert.ok(extended > 2 * anew, `${extended} extended, ${anew} made anew`);
  });

  const line = `
    10 victim -> a 100 ETH
    11 a -> b 60 ETH
    12 b -> c 60 ETH`;
  const question = completeQuestion({ chain, leads: [leadOf('10')] });

  it('asks only about addresses that are new to it', () => {
    const drawn = draw(line);
    const live = run(follow(question), new Host(upTo(drawn, 11)));
    const host = new Host(drawn);
    const happened: Movement[] = drawn.movements.filter(({ height }) => height === 12);
    assert.equal(run(live.extend({ coverage: coverageOf(host), happened }), host), true);
    const asked = host.asks.flatMap((ask) => [...ask.tags, ...ask.accounts.map(({ address }) => address)]);
    assert.deepEqual(
      [...new Set(asked)],
      [...new Set(drawn.movements.flatMap(({ to, height }) => (height === 12 && to ? [to] : [])))],
    );
    assert.deepEqual(told(live.trace()), told(freshly(drawn, question, 12)));
  });

  it('has to be made anew where an address becomes a hub', () => {
    const drawn = draw(line);
    const bounded = completeQuestion({ chain, leads: [leadOf('10')], bounds: { movementsPerAddressMax: 1 } });
    const { anew } = carriedOn(draw(`${line}\n 13 b -> d 1 ETH`), bounded, [11, 12, 13]);
    assert.equal(anew, 1);
    assert.equal(carriedOn(drawn, bounded, [11, 12]).anew, 0);
  });

  it('has to be made anew where a lead’s address receives more', () => {
    const drawn = draw(`${line}\n 13 victim -> a 5 ETH\n 14 a -> d 45 ETH`);
    const received = completeQuestion({ chain, leads: [leadOf('a')] });
    assert.equal(carriedOn(drawn, received, [11, 12, 13, 14]).anew, 1);
  });
});
