import { feeRules, traceDirections, traceMethods } from '@gongjo/contract';
import fc from 'fast-check';
import { defaultBounds } from '../bounds.ts';
import type { Bounds } from '../model.ts';
import { build, type DrawnLedger, type DrawnTx, tagOf } from './drawn-outputs.fixture.ts';

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

export interface Scene {
  readonly ledger: DrawnLedger;
  readonly leads: string[];
  readonly bounds: Bounds;
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

/** A chain of some forty transactions and a question about it. */
export const scene: fc.Arbitrary<Scene> = fc
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

export const how = fc.record({
  method: fc.constantFrom(...traceMethods),
  direction: fc.constantFrom(...traceDirections),
  fees: fc.constantFrom(...feeRules),
});

/** The same, and nothing but the ledger bounds what is reached. */
export const free: fc.Arbitrary<Scene> = scene.map((made) => ({ ...made, bounds: defaultBounds }));

/** Two outputs of a chain in which nothing ends before it is unspent: no tags, no CoinJoins. */
export const alike: fc.Arbitrary<{ ledger: DrawnLedger; a: string; b: string }> = fc
  .record({
    blocks: fc.array(coinbase, { minLength: 1, maxLength: 4 }),
    txs: fc.array(made, { minLength: 3, maxLength: 30, size: 'max' }),
    first: fc.nat(30),
    second: fc.nat(100),
  })
  .map(({ blocks, txs, first, second }) => {
    const ledger = build(
      grow(
        blocks,
        txs.map((tx) => (tx.kind === 'join' ? { ...tx, kind: 'plain' as const } : tx)),
      ),
    );
    const holding = ledger.transactions.flatMap((tx) =>
      tx.outputs.flatMap((output, ord) => (output.units > 0n ? [`${tx.txid}:${ord}`] : [])),
    );
    return { ledger, a: holding[first % holding.length] ?? '', b: holding[second % holding.length] ?? '' };
  })
  .filter(({ a }) => a !== '');

/** The same chain with all amounts so many times as large. */
export function scaled(ledger: DrawnLedger, by: bigint): DrawnLedger {
  const transactions = ledger.transactions.map((tx) => ({
    ...tx,
    inputs: tx.inputs.map((input) => ({ ...input, units: input.units === null ? null : input.units * by })),
    outputs: tx.outputs.map((output) => ({ ...output, units: output.units * by })),
  }));
  return { ...ledger, transactions };
}
