import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { GongjoError } from '../../kernel/index.ts';
import { completeQuestion } from '../bounds.ts';
import type { Question, Trace } from '../model.ts';
import { build, chain, type DrawnLedger, Host, leadOf, read, rules } from './drawn-outputs.fixture.ts';
import { followUtxo } from './live.ts';
import type { UtxoAsk, UtxoRows } from './model.ts';
import { how, scene } from './random-outputs.fixture.ts';
import { traceUtxo } from './trace.ts';

const run = <T>(made: Generator<UtxoAsk, T, UtxoRows>, host: Host): T => {
  let step = made.next();
  while (!step.done) step = made.next(host.rowsFor(step.value));
  return step.value;
};

/** The chain before later blocks came: nothing knows that it will be spent. */
function upTo(ledger: DrawnLedger, height: number): DrawnLedger {
  const kept = ledger.transactions.filter((tx) => tx.height <= height);
  return {
    ...ledger,
    numbers: new Map([...ledger.numbers].filter(([, number]) => number < kept.length)),
    transactions: kept.map((tx) => ({
      ...tx,
      outputs: tx.outputs.map((output) => ({
        ...output,
        spentBy: output.spentBy !== null && output.spentBy.tx < kept.length ? output.spentBy : null,
      })),
    })),
  };
}

function coverageOf(host: Host) {
  const nothing = { txids: [], leadAddresses: [], tags: [], usage: [], usageMax: 1, transactions: [], fees: [] };
  return host.rowsFor(nothing).coverage;
}

/** What `followUtxo` answers at the first height, carried on to each later one; with how often it had to be made anew. */
function carriedOn(ledger: DrawnLedger, question: Question, heights: readonly number[]) {
  const [first = 0, ...later] = heights;
  let live = run(followUtxo(question, rules), new Host(upTo(ledger, first)));
  const traces = [live.trace()];
  let tip = first;
  let anew = 0;
  for (const height of later) {
    const known = upTo(ledger, height);
    const host = new Host(known);
    const happened = known.transactions.filter((tx) => tx.height > tip);
    if (!run(live.extend({ coverage: coverageOf(host), happened }), host)) {
      anew += 1;
      live = run(followUtxo(question, rules), host);
    }
    traces.push(live.trace());
    tip = height;
  }
  return { traces, anew };
}

const freshly = (ledger: DrawnLedger, question: Question, height: number): Trace =>
  run(traceUtxo(question, rules), new Host(upTo(ledger, height)));

describe('a trace through outputs that is carried on', () => {
  it('equals one that is made anew, on every ledger, however its blocks come', () => {
    let extended = 0;
    let anew = 0;
    const picks = fc.array(fc.boolean(), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(scene, how, picks, ({ ledger, leads, bounds }, asked, stops) => {
        const question = completeQuestion({ chain, leads: leads.map(leadOf), bounds, ...asked, direction: 'forward' });
        const all = [...new Set(ledger.transactions.map(({ height }) => height))];
        const heights = all.filter((height, n) => stops[n % stops.length] === true || height === all.at(-1));
        const begun = heights.findIndex((height) => {
          try {
            freshly(ledger, question, height);
            return true;
          } catch (thrown) {
            if (!(thrown instanceof GongjoError)) throw thrown;
            return false;
          }
        });
        fc.pre(begun >= 0 && begun < heights.length - 1);
        const looked = heights.slice(begun);
        const found = carriedOn(ledger, question, looked);
        assert.deepEqual(
          found.traces,
          looked.map((height) => freshly(ledger, question, height)),
        );
        anew += found.anew;
        extended += looked.length - 1 - found.anew;
      }),
      { numRuns: 1_000 },
    );
    assert.ok(extended > anew, `${extended} extended, ${anew} made anew`);
  });

  const drawing = `
    1 t: new -> a 50
    2 u: t:0 -> b 20, a 30
    3 v: u:0 -> c 20
    3 w: v:0 -> d 20`;
  const question = completeQuestion({ chain, leads: [leadOf('t')] });

  it('asks only for what came and whose it is', () => {
    const ledger = build(read(drawing));
    const live = run(followUtxo(question, rules), new Host(upTo(ledger, 2)));
    const host = new Host(ledger);
    const happened = ledger.transactions.filter(({ height }) => height === 3);
    assert.equal(run(live.extend({ coverage: coverageOf(host), happened }), host), true);
    assert.deepEqual(
      host.asks.flatMap((ask) => ask.transactions).map((number) => ledger.transactions[number]?.txid),
      ['v', 'w'],
    );
    assert.deepEqual(
      host.asks.flatMap((ask) => ask.tags),
      ['c', 'd'],
    );
  });

  it('has to be made anew where an address becomes a hub, or a lead’s address receives more', () => {
    const bounded = completeQuestion({ chain, leads: [leadOf('t')], bounds: { movementsPerAddressMax: 2 } });
    const more = build(read(`${drawing}\n 4 x: u:1 -> a 10, e 20`));
    assert.equal(carriedOn(more, bounded, [2, 3, 4]).anew, 1);
    assert.equal(carriedOn(more, question, [2, 3, 4]).anew, 0);
    const lead = completeQuestion({ chain, leads: [leadOf('@a')] });
    assert.equal(carriedOn(more, lead, [2, 3, 4]).anew, 1);
  });
});
