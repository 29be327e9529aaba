import type { Address, BlockHash, ChainId } from '@gongjo/contract';
import fc from 'fast-check';
import type { Coverage } from '../model.ts';
import { address, type DrawnOutput, time, txid } from './drawn.fixture.ts';
import type { EntityAsk, EntityRows } from './entity/model.ts';
import type { AddressOutputs, Outpoint, TxNumber, UtxoOutput, UtxoTransaction } from './model.ts';

export const chain = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328' as ChainId;

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/** A ledger of outputs small enough to draw: one transaction a block, in the order of the calls. */
export class DrawnLedger {
  readonly transactions: UtxoTransaction[] = [];

  /** New coins; answers the transaction's number. */
  mine(...outputs: readonly DrawnOutput[]): TxNumber {
    return this.#add([], outputs, true);
  }

  /** Spends outputs, named `[transaction, index]`; answers the transaction's number. */
  pay(inputs: readonly (readonly [TxNumber, number])[], outputs: readonly DrawnOutput[]): TxNumber {
    return this.#add(
      inputs.map(([tx, index]) => ({ tx, index })),
      outputs,
      false,
    );
  }

  unspent(): Outpoint[] {
    return this.transactions.flatMap(({ number, outputs }) =>
      outputs.flatMap(({ spentBy, address }, index) =>
        spentBy === null && address !== null ? [{ tx: number, index }] : [],
      ),
    );
  }

  /** The same ledger before the rest of its transactions came, its addresses under other names. */
  upTo(count: number, named: (name: string) => string = (name) => name): DrawnLedger {
    const part = new DrawnLedger();
    for (const { coinbase, inputs, outputs } of this.transactions.slice(0, count))
      part.#add(
        inputs.flatMap(({ of }) => of ?? []),
        outputs.map(({ address: name, units, type }) => [name === null ? null : named(name), units, type]),
        coinbase,
      );
    return part;
  }

  outputsOf(owner: Address): AddressOutputs['outputs'] {
    return this.transactions.flatMap(({ number, outputs }) =>
      outputs.flatMap((output, index) => (output.address === owner ? [{ ...output, at: { tx: number, index } }] : [])),
    );
  }

  firstPaid(): ReadonlyMap<Address, TxNumber> {
    const first = new Map<Address, TxNumber>();
    for (const { number, outputs } of this.transactions)
      for (const { address: paid } of outputs) if (paid !== null && !first.has(paid)) first.set(paid, number);
    return first;
  }

  get coverage(): Coverage {
    const tip = this.transactions.length;
    const hash = String(tip).padStart(64, 'b') as BlockHash;
    return { chain, from: 0, tip: { chain, height: tip, hash, parent: hash, time: time(tip), transactionCount: 1 } };
  }

  #add(inputs: readonly Outpoint[], outputs: readonly DrawnOutput[], coinbase: boolean): TxNumber {
    const number = this.transactions.length;
    this.transactions.push({
      number,
      txid: txid(number),
      height: number,
      index: 0,
      time: time(number),
      coinbase,
      inputs: coinbase
        ? [{ of: null, units: null, address: null }]
        : inputs.map((of, input) => this.#spend(of, number, input)),
      outputs: outputs.map(([name, units, type = 'p2wpkh']) => ({
        units: BigInt(units),
        type,
        address: name === null ? null : address(name),
        spentBy: null,
      })),
    });
    return number;
  }

  #spend(of: Outpoint, tx: TxNumber, input: number): UtxoTransaction['inputs'][number] {
    const output: Mutable<UtxoOutput> | undefined = this.transactions[of.tx]?.outputs[of.index];
    if (output === undefined || output.spentBy !== null) throw new Error(`${of.tx}:${of.index} cannot be spent`);
    output.spentBy = { tx, input };
    return { of, units: output.units, address: output.address };
  }
}

/** Answers as a ledger does; `draw` answers less than was asked, in another order, to the same effect. */
export function answerOf(
  ledger: DrawnLedger,
  ask: EntityAsk,
  draw: (count: number) => number = (count) => count,
): EntityRows {
  const first = ledger.firstPaid();
  const some = <T>(asked: readonly T[]): T[] => {
    const turned = [...asked].reverse();
    return asked.length === 0 ? [] : turned.slice(0, Math.max(1, draw(asked.length)));
  };
  return {
    coverage: ledger.coverage,
    outputs: new Map(
      some(ask.addresses).map((owner) => {
        const outputs = ledger.outputsOf(owner);
        const truncated = outputs.length > ask.outputsMax;
        return [owner, { address: owner, outputs: outputs.slice(0, ask.outputsMax), truncated }];
      }),
    ),
    transactions: new Map(
      some(ask.transactions).flatMap((number) => {
        const tx = ledger.transactions[number];
        return tx === undefined ? [] : [[number, tx] as const];
      }),
    ),
    firstPaid: new Map(some(ask.firstPaid).map((paid) => [paid, first.get(paid) ?? -1])),
  };
}

/** Names whose first letters make them addresses of two kinds. */
const owners = Array.from({ length: 12 }, (_, at) => `${at % 3 === 0 ? 3 : 1}owner${at}`);

/** Random ledgers: payments of one to four coins to one to three owners, and Whirlpool mixes among them. */
export const anyLedger: fc.Arbitrary<DrawnLedger> = fc
  .array(
    fc.record({
      mix: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
      coins: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
      payees: fc.array(fc.tuple(fc.constantFrom(...owners), fc.integer({ min: 1, max: 40 })), {
        minLength: 1,
        maxLength: 3,
      }),
      start: fc.nat(owners.length - 1),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((steps) => {
    const ledger = new DrawnLedger();
    for (const { mix, coins, payees, start } of steps) {
      ledger.mine([owners[start] ?? '', 50_000_000n]);
      if (mix) drawMix(ledger, start);
      else drawPayment(ledger, coins, payees);
    }
    return ledger;
  });

function drawMix(ledger: DrawnLedger, start: number): void {
  const five = Array.from({ length: 5 }, (_, at) => owners[(start + at) % owners.length] ?? '');
  const premix = ledger.mine(...five.map((owner) => [owner, 1_000_000] as const));
  ledger.pay(
    five.map((_, index) => [premix, index] as const),
    five.map((_, at) => [owners[(start + 5 + at) % owners.length] ?? '', 1_000_000] as const),
  );
}

function drawPayment(
  ledger: DrawnLedger,
  coins: readonly number[],
  payees: readonly (readonly [string, number])[],
): void {
  const unspent = ledger.unspent();
  const spent = new Map(
    coins.map((coin) => unspent[coin % unspent.length]).map((of) => [`${of?.tx}:${of?.index}`, of]),
  );
  const inputs = [...spent.values()].flatMap((of) => (of === undefined ? [] : [[of.tx, of.index] as const]));
  const sum = inputs.reduce((total, [tx, index]) => total + (ledger.transactions[tx]?.outputs[index]?.units ?? 0n), 0n);
  const shares = BigInt(payees.reduce((total, [, share]) => total + share, 0));
  ledger.pay(
    inputs,
    payees.map(([owner, share]) => [owner, (sum * BigInt(share)) / shares] as const),
  );
}
