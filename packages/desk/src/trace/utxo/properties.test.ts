import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Address, feeRules, traceDirections, traceMethods } from '@gongjo/contract';
import fc from 'fast-check';
import { completeQuestion, defaultBounds } from '../bounds.ts';
import type { Bounds, Trace } from '../model.ts';
import { build, chain, type DrawnLedger, type DrawnTx, follow, leadOf, tagOf } from './drawn-outputs.fixture.ts';
import { naiveOutputs } from './naive-outputs.fixture.ts';

const tags = [tagOf('bank', 'exchange'), tagOf('pot', 'mixer'), tagOf('thief', 'theft')];
const owner = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'thief') },
  { weight: 1, arbitrary: fc.constantFrom('bank', 'pot', 'data') },
);
const made = fc.record({
  /** Which of the outputs that are not spent. */
  spends: fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }),
  pays: fc.array(fc.tuple(owner, fc.integer({ min: 0, max: 12 })), { minLength: 1, maxLength: 5 }),
  kind: fc.constantFrom('plain', 'plain', 'plain', 'plain', 'plain', 'plain', 'join', 'unknown', 'same'),
  /** Ends the block. */
  last: fc.boolean(),
});
const coinbase = fc.array(fc.tuple(owner, fc.integer({ min: 0, max: 30 })), { minLength: 1, maxLength: 3 });

interface Scene {
  readonly ledger: DrawnLedger;
  readonly leads: string[];
  readonly bounds: Partial<Bounds>;
}

/** Grows a chain: every transaction spends some outputs that are left, pays what it can of what it was told to, the rest is its fee. */
function grow(
  blocks: readonly (readonly (readonly [string, number])[])[],
  txs: readonly (typeof made extends fc.Arbitrary<infer T> ? T : never)[],
): DrawnTx[] {
  const drawn: DrawnTx[] = [];
  const left: { name: string; index: number; units: number }[] = [];
  let height = 0;
  let fees = 0;
  let pending: DrawnTx[] = [];
  const close = () => {
    const pays = blocks[height % blocks.length] ?? [];
    const outputs = pays.map(([to, units], index) => [to, BigInt(units + (index === 0 ? fees : 0))] as const);
    const name = `cb${height}`;
    drawn.push({ height, name, coinbase: true, inputs: [], outputs }, ...pending);
    for (const [index, [to, units]] of outputs.entries())
      if (to !== 'data') left.push({ name, index, units: Number(units) });
    height += 1;
    fees = 0;
    pending = [];
  };
  close();
  close();
  for (const [n, { spends, pays, kind, last }] of txs.entries()) {
    const inputs: ([string, number] | null)[] = [];
    let brought = 0;
    const most = Math.max(...left.map((one) => one.units));
    for (const pick of spends) {
      const [spent] = left.splice(pick % Math.max(1, left.length), 1);
      if (spent === undefined) continue;
      inputs.push([spent.name, spent.index]);
      brought += spent.units;
    }
    if (kind === 'unknown') inputs.splice(n % (inputs.length + 1), 0, null);
    if (inputs.length === 0) continue;
    const name = `${kind === 'join' ? 'join' : 't'}${n}`;
    let room = kind === 'unknown' ? brought + 7 : brought;
    const outputs = pays.map(([to, units], index) => {
      const whole = index === pays.length - 1 && units > 3 ? room : units;
      const paid = Math.min(room, kind === 'same' ? Math.min(most, 2) : whole);
      room -= paid;
      return [to, BigInt(paid)] as const;
    });
    fees += Math.max(0, brought - outputs.reduce((sum, [, units]) => sum + Number(units), 0));
    pending.push({ height, name, coinbase: false, inputs, outputs });
    for (const [index, [to, units]] of outputs.entries())
      if (to !== 'data') left.push({ name, index, units: Number(units) });
    if (last) close();
  }
  close();
  return drawn;
}

const bound = (max: number, usual: number) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, fc.integer({ min: 1, max }));

const scene: fc.Arbitrary<Scene> = fc
  .record({
    blocks: fc.array(coinbase, { minLength: 1, maxLength: 4 }),
    txs: fc.array(made, { minLength: 3, maxLength: 40, size: 'max' }),
    leads: fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 3 }),
    hopsMax: bound(20, defaultBounds.hopsMax),
    addressesMax: bound(6, defaultBounds.addressesMax),
    movementsPerAddressMax: bound(12, defaultBounds.movementsPerAddressMax),
    fanOutMax: bound(4, defaultBounds.fanOutMax),
    unitsMin: fc.oneof({ weight: 3, arbitrary: fc.constant(0n) }, fc.bigInt({ min: 0n, max: 5n })),
    late: fc.boolean(),
  })
  .map(({ blocks, txs, leads: picks, late, ...bounds }) => {
    const ledger = build(grow(blocks, txs), tags, late ? 3 : 0);
    const holding = ledger.transactions.flatMap((tx) =>
      tx.outputs.flatMap((output, ord) => (output.units > 0n ? [{ txid: tx.txid, ord, address: output.address }] : [])),
    );
    const leads = picks.flatMap(([pick, how]) => {
      const one = holding[pick % Math.max(1, holding.length)];
      if (one === undefined) return [];
      if (how === 0 && one.address !== null) return [`@${one.address}`];
      return [how === 1 ? one.txid : `${one.txid}:${one.ord}`];
    });
    return { ledger, leads: [...new Set(leads)], bounds };
  })
  .filter(({ leads }) => leads.length > 0);

const how = fc.record({
  method: fc.constantFrom(...traceMethods),
  direction: fc.constantFrom(...traceDirections),
  fees: fc.constantFrom(...feeRules),
});

const runs = { numRuns: Number(process.env.RUNS ?? 400) };

const questionOf = ({ leads, bounds }: Scene, asked: Partial<Parameters<typeof completeQuestion>[0]>) =>
  completeQuestion({ chain, leads: leads.map(leadOf), bounds, ...asked });

const heldOf = (trace: Trace) =>
  trace.stops.map(({ kind, address, units, tag, holdings, hops }) => ({
    kind,
    address,
    units,
    tag,
    holdings: (holdings ?? []).map((one) => `${one.txid}:${one.ord}=${one.units}`),
    hops,
  }));

describe('for every ledger of outputs', () => {
  it('a trace is the full pass over it in the chain’s order', () =>
    fc.assert(
      fc.property(scene, how, (made, asked) => {
        const trace = follow(made.ledger, { ...asked, leads: made.leads, bounds: made.bounds });
        const naive = naiveOutputs(made.ledger, questionOf(made, asked));
        assert.deepEqual(
          trace.hops.map(({ rule, certainty, txid, ord, from, to, units, movementUnits }) => ({
            rule,
            certainty,
            txid,
            ord,
            from,
            to,
            units,
            movementUnits,
          })),
          naive.hops,
        );
        assert.deepEqual(heldOf(trace), naive.stops);
        assert.deepEqual(
          trace.gaps.map(({ kind, address, txid, number }) => [kind, address, txid, number].join(' ')),
          naive.gaps,
        );
        assert.equal(trace.balances[0]?.lead, naive.lead);
      }),
      runs,
    ));
});
void ({} as Address);
