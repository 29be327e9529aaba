import type { Address, Tag, TxId } from '@gongjo/contract';
import type { AddressOutputs, TxNumber, UtxoInput, UtxoOutput, UtxoTransaction } from '../../ledger/index.ts';
import type { UtxoAsk, UtxoRows } from '../../trace/index.ts';
import { known, sorted } from './account.ts';
import type { UtxoRowsFile } from './model.ts';

type Provide = (ask: UtxoAsk) => Promise<UtxoRows>;

/** Answers as `provide` does, and remembers all that it told. */
export function listenUtxo(provide: Provide): { readonly provide: Provide; file(): UtxoRowsFile } {
  let coverage: UtxoRows['coverage'] | null = null;
  const transactions = new Map<TxNumber, UtxoTransaction>();
  const numbers = new Map<TxId, TxNumber>();
  const received = new Map<Address, AddressOutputs>();
  const tags = new Map<Address, readonly Tag[]>();
  const usage = new Map<Address, number>();
  const fees = new Map<number, readonly bigint[]>();
  return {
    provide: async (ask) => {
      const rows = await provide(ask);
      coverage = rows.coverage;
      for (const [number, tx] of rows.transactions) transactions.set(number, tx);
      for (const [txid, number] of rows.numbers) numbers.set(txid, number);
      for (const [address, outputs] of rows.received) received.set(address, outputs);
      for (const [address, told] of rows.tags) tags.set(address, told);
      for (const [address, count] of rows.usage) usage.set(address, count);
      for (const [height, paid] of rows.fees) fees.set(height, paid);
      return rows;
    },
    file: () => {
      if (coverage === null) throw new Error('the trace asked nothing');
      const first = smallestOf(numbersIn(transactions, numbers, received));
      const from = (number: TxNumber) => number - first;
      const { internals: _, ...covered } = coverage;
      return {
        family: 'utxo',
        coverage: covered,
        transactions: [...transactions.values()]
          .sort((a, b) => a.number - b.number)
          .map((tx) => ({
            number: from(tx.number),
            txid: tx.txid,
            height: tx.height,
            index: tx.index,
            time: tx.time,
            coinbase: tx.coinbase,
            inputs: tx.inputs.map(({ of, units, address }) => ({
              of: of && { tx: from(of.tx), index: of.index },
              units: units === null ? null : String(units),
              address,
            })),
            outputs: tx.outputs.map((output) => outputOut(output, from)),
          })),
        numbers: sorted(numbers, ([txid, number]) => ({ txid, number: from(number) })),
        received: sorted(received, ([address, { outputs, truncated }]) => ({
          address,
          outputs: outputs.map(({ at, ...output }) => ({
            ...outputOut(output, from),
            at: { tx: from(at.tx), index: at.index },
          })),
          truncated,
        })),
        tags: sorted(tags, ([address, told]) => ({ address, tags: [...told] })),
        usage: sorted(usage, ([address, count]) => ({ address, count })),
        fees: [...fees].sort(([a], [b]) => a - b).map(([height, paid]) => ({ height, fees: paid.map(String) })),
      };
    },
  };
}

function* numbersIn(
  transactions: ReadonlyMap<TxNumber, UtxoTransaction>,
  numbers: ReadonlyMap<TxId, TxNumber>,
  received: ReadonlyMap<Address, AddressOutputs>,
): Generator<TxNumber> {
  yield* numbers.values();
  for (const [number, { inputs, outputs }] of transactions) {
    yield number;
    for (const { of } of inputs) if (of) yield of.tx;
    for (const { spentBy } of outputs) if (spentBy) yield spentBy.tx;
  }
  for (const { outputs } of received.values())
    for (const { at, spentBy } of outputs) {
      yield at.tx;
      if (spentBy) yield spentBy.tx;
    }
}

/** A trace names more transactions than a call takes arguments. */
function smallestOf(numbers: Iterable<TxNumber>): TxNumber {
  let smallest = Number.POSITIVE_INFINITY;
  for (const number of numbers) smallest = Math.min(smallest, number);
  return smallest;
}

function outputOut({ units, type, address, spentBy }: UtxoOutput, from: (number: TxNumber) => number) {
  return { units: String(units), type, address, spentBy: spentBy && { tx: from(spentBy.tx), input: spentBy.input } };
}

/** Answers a trace from a package's rows; what they do not hold was not told. */
export function replayUtxo(file: UtxoRowsFile): Provide {
  const transactions = new Map(
    file.transactions.map((tx): [TxNumber, UtxoTransaction] => [
      tx.number,
      {
        ...tx,
        inputs: tx.inputs.map((it): UtxoInput => ({ ...it, units: it.units === null ? null : BigInt(it.units) })),
        outputs: tx.outputs.map(outputIn),
      },
    ]),
  );
  const numbers = new Map(file.numbers.map((it) => [it.txid, it.number]));
  const received = new Map(
    file.received.map((it): [Address, AddressOutputs] => [
      it.address,
      { ...it, outputs: it.outputs.map(({ at, ...output }) => ({ ...outputIn(output), at })) },
    ]),
  );
  const tags = new Map(file.tags.map((it) => [it.address, it.tags]));
  const usage = new Map(file.usage.map((it) => [it.address, it.count]));
  const fees = new Map(file.fees.map((it) => [it.height, it.fees.map(BigInt)]));
  return async (ask) => {
    const asked = new Set(ask.transactions);
    for (const txid of ask.txids) {
      const number = numbers.get(txid);
      if (number !== undefined) asked.add(number);
    }
    const paid = known(ask.leadAddresses, (address) => received.get(address));
    for (const { outputs } of paid.values()) for (const { at } of outputs) asked.add(at.tx);
    return {
      coverage: file.coverage,
      transactions: known([...asked], (number) => transactions.get(number)),
      numbers: known(ask.txids, (txid) => numbers.get(txid)),
      received: paid,
      tags: known(ask.tags, (address) => tags.get(address)),
      usage: known(ask.usage, (address) => usage.get(address)),
      fees: known(ask.fees, (height) => fees.get(height)),
    };
  };
}

function outputIn<O extends { readonly units: string }>(output: O): Omit<O, 'units'> & { readonly units: bigint } {
  return { ...output, units: BigInt(output.units) };
}
