import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { languages, terms } from '@gongjo/contract';
import fc from 'fast-check';
import { tagOf as accountTag, traceOf } from '../drawn-ledger.fixture.ts';
import { exactTrace } from '../exact.ts';
import type { Trace } from '../model.ts';
import { build, follow, read, tagOf } from '../utxo/drawn-outputs.fixture.ts';
import { how, scene } from '../utxo/random-outputs.fixture.ts';
import { type Band, columnsMax, flowOf, linksMax } from './flow.ts';
import { flowSvg, roughly } from './svg.ts';

const drawn = `
  1 c: new -> victim 100
  2 t: c:0 -> thief 100
  3 u: t:0 -> bank 60, thief 38`;
const labelled = (label: string) => follow(build(read(drawn), [tagOf('bank', 'exchange', { label })]), {});

/** Names of the elements; throws where they do not nest or text is not escaped. */
function elements(svg: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  let at = 0;
  for (const tag of svg.matchAll(/<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<&]*")*)\s*(\/?)>/g)) {
    assert.doesNotMatch(svg.slice(at, tag.index), /[<>]|&(?!(amp|lt|gt|quot|#9|#10|#13);)/);
    at = tag.index + tag[0].length;
    const [, close, name = '', , empty] = tag;
    if (close === '/') assert.equal(open.pop(), name);
    else {
      names.push(name);
      if (empty !== '/') open.push(name);
    }
  }
  assert.equal(svg.slice(at).trim(), '');
  assert.deepEqual(open, []);
  return names;
}

/** A made-up trace of `count` hops: a fan of chains, each link a little smaller than the one before. */
function large(count: number): Trace {
  const { hops, stops, ...rest } = labelled('Bank');
  const [hop, stop] = [hops[0], stops[0]];
  assert.ok(hop && stop);
  const address = (n: number) => `address${n}` as NonNullable<typeof hop.to>;
  return {
    ...rest,
    hops: Array.from({ length: count }, (_, id) => ({
      ...hop,
      id,
      height: id,
      txid: `tx${id}` as typeof hop.txid,
      from: address(Math.floor(id / 2)),
      to: address(id + 1),
      units: BigInt(count - id),
    })),
    stops: [
      { ...stop, address: address(1), units: 30n },
      { ...stop, address: address(count), units: 10n },
    ],
    balances: rest.balances.map((balance) => ({ ...balance, lead: BigInt(count) })),
  };
}

describe('the picture of a trace', () => {
  it('stands by itself in both languages: question, block, method, holders, stops, legend', () => {
    const trace = labelled('Bank');
    for (const language of languages) {
      const svg = flowSvg(trace, language);
      const said = [
        terms.flow.forward,
        terms.rule.fifo,
        terms.stop.service,
        terms.stop.unspent,
        terms.certainty.exact,
        terms.flow.fee,
      ].map((term) => term[language]);
      for (const word of [...said, trace.asOf.hash, trace.chain, 'Bank', 'victim']) assert.ok(svg.includes(word), word);
      assert.doesNotMatch(svg, /\{\w+\}|undefined|NaN|Infinity/);
    }
  });

  it('has no script, no link and nothing from elsewhere, whatever a label says', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('<script>alert(1)</script>', '"/><image href="x"/>', ']]>'),
        ),
        (label) => {
          const names = new Set(elements(flowSvg(labelled(label), 'ko')));
          assert.deepEqual([...names].sort(), ['g', 'line', 'path', 'rect', 'svg', 'text', 'title']);
        },
      ),
    ));

  it('of 50,000 hops draws the largest and says how many it leaves out', () => {
    const trace = large(50_000);
    const flow = flowOf(trace);
    assert.ok(flow.links.length <= linksMax && flow.columns.length <= columnsMax);
    assert.deepEqual(
      flow.links.map(({ hop }) => hop.id),
      flow.links.map((_, id) => id),
    );
    assert.deepEqual([...flow.coveredPpm.values()], [750_000]);
    const svg = flowSvg(trace, 'en');
    assert.ok(svg.length < 200_000, `${svg.length}`);
    assert.match(
      svg,
      new RegExp(`${flow.links.length} largest of 50000 flows; left out: ${50_000 - flow.links.length}`),
    );
    assert.match(svg, /75\.0 % stands/);
  });

  it('a swap leads to the other asset of the same address', async () => {
    const trace = await traceOf('10 victim -> thief 100 KUSD\n11 thief -> dex 100 KUSD\n11 dex -> thief 25 GOLD', {
      tags: [accountTag('dex', 'dex')],
    });
    const { links } = flowOf(trace);
    assert.deepEqual(
      links.map(({ swap, units, arriving }) => [swap, units, arriving]),
      [
        [false, 100n, 100n],
        [true, 100n, 25n],
      ],
    );
    assert.ok(flowSvg(trace, 'ko').includes(terms.flow.swap.ko));
  });

  it('an empty trace is a picture that says so', () => {
    const trace = { ...labelled('Bank'), hops: [], stops: [] };
    assert.ok(flowSvg(trace, 'en').includes(terms.flow.nothing.en));
  });

  it('amounts that are cut off say so', () => {
    const amounts = ['1.5', '1.23456789', '0.00001234', '0.0000123456', '12', '1.00001'];
    assert.deepEqual(amounts.map(roughly), ['1.5', '≈1.2345', '0.00001234', '≈0.00001234', '12', '≈1']);
  });
});

describe('for every trace', () => {
  it('time goes right, no two bands cover each other, and the same trace gives the same bytes', () =>
    fc.assert(
      fc.property(scene, how, ({ ledger, leads, bounds }, asked) => {
        const trace = follow(ledger, { leads, bounds, ...asked });
        const { links, bands, columns, rows } = flowOf(trace);
        for (const link of links) {
          assert.ok(link.from.start < link.column && link.column <= link.from.end, 'it leaves a band that is there');
          assert.ok(link.to.start <= link.column && link.column <= link.to.end, 'it arrives in a band that is there');
        }
        for (const [index, { height }] of columns.entries()) assert.ok(height >= (columns[index - 1]?.height ?? 0));
        const taken = new Map<string, Band>();
        for (const band of bands) {
          assert.ok(band.start >= 0 && band.row < rows);
          for (let column = band.start; column <= band.end; column += 1) {
            assert.equal(taken.get(`${band.row} ${column}`), undefined, 'a place has one band');
            taken.set(`${band.row} ${column}`, band);
          }
        }
        const svg = flowSvg(trace, 'ko');
        elements(svg);
        assert.doesNotMatch(svg, /undefined|NaN|Infinity/);
        assert.equal(flowSvg(trace, 'ko'), svg);
      }),
      { numRuns: 500 },
    ));

  it('what comes over the wire is the trace that was sent', () =>
    fc.assert(
      fc.property(scene, how, ({ ledger, leads, bounds }, asked) => {
        const trace = follow(ledger, { leads, bounds, ...asked });
        const wire = JSON.parse(
          JSON.stringify(trace, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
        );
        assert.deepEqual(exactTrace(wire), trace);
      }),
      { numRuns: 200 },
    ));
});
