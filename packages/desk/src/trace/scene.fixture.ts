import { feeRules, type TxId, traceMethods } from '@gongjo/contract';
import fc from 'fast-check';
import { chain, type Drawn, draw, tagOf } from './drawn-ledger.fixture.ts';
import { completeQuestion, defaultBounds, type Lead, type Question } from './index.ts';

/** A random ledger and a question about it. */
export interface Scene {
  readonly drawn: Drawn;
  readonly question: Question;
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

export const scene: fc.Arbitrary<Scene> = fc
  .record({
    transactions: fc.array(transaction, { minLength: 4, maxLength: 60, size: 'max' }),
    leads: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
    hopsMax: bound(20, defaultBounds.hopsMax),
    addressesMax: bound(5, defaultBounds.addressesMax),
    movementsPerAddressMax: bound(40, defaultBounds.movementsPerAddressMax),
    late: fc.boolean(),
    method: fc.constantFrom(...traceMethods),
    fees: fc.constantFrom(...feeRules),
    unitsMin: fc.oneof({ weight: 3, arbitrary: fc.constant(0n) }, fc.bigInt({ min: 1n, max: 4n })),
    leadKind: fc.constantFrom('transaction', 'transaction', 'movement', 'address'),
  })
  .map(({ transactions, leads, late, method, fees, leadKind, ...some }) => {
    // Three transactions a block, so that order within a block matters too.
    const text = transactions
      .flatMap((moves, n) => moves.map((move) => `${10 + Math.floor(n / 3)}.${n % 3} ${move}`))
      .join('\n');
    const drawn = draw(text, tags, late ? 3 : 0);
    const taking = takingTransactions(drawn);
    const early = <T>(all: readonly T[]) => leads.flatMap((n) => all[(n % Math.max(1, all.length)) >> 2] ?? []);
    const moving = drawn.movements.filter((one) => one.units > 0n && one.from !== one.to);
    const found: Lead[] =
      leadKind === 'transaction'
        ? early(taking).map((txid) => ({ txid, ord: null }))
        : leadKind === 'movement'
          ? early(moving).map(({ txid, ord }) => ({ txid, ord }))
          : early(moving).flatMap(({ to }) => (to === null ? [] : [{ address: to }]));
    const question = completeQuestion({ chain, leads: found, method, fees, bounds: some });
    return { drawn, question };
  })
  .filter(({ question }) => question.leads.length > 0);

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
