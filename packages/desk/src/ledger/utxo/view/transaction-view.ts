import type { Asset, ChainId, Tag, TxId, UtxoTransactionView, Verdict } from '@gongjo/contract';
import { invariant } from '../../../kernel/index.ts';
import type { ChangeFacts } from '../change/heuristics.ts';
import { changeTable } from '../change/suggest.ts';
import type { Outpoint, TxNumber, UtxoTransaction } from '../model.ts';
import { coinJoinVerdict } from '../verdict/coinjoin.ts';
import { peelingVerdict } from '../verdict/peeling.ts';

export interface TransactionFacts extends ChangeFacts {
  readonly chain: ChainId;
  readonly asset: Asset;
  /** The identifiers of all `transactionNeighbours`. */
  readonly txids: ReadonlyMap<TxNumber, TxId>;
  /** Those transactions before and after it that are known whole; without them a peel is one step. */
  readonly around: readonly UtxoTransaction[];
  readonly tags: readonly Tag[];
}

/** The transactions that it spends from and that spend it, in chain order. */
export function transactionNeighbours({ inputs, outputs }: UtxoTransaction): TxNumber[] {
  const numbers = new Set<TxNumber>();
  for (const { of } of inputs) if (of !== null) numbers.add(of.tx);
  for (const { spentBy } of outputs) if (spentBy !== null) numbers.add(spentBy.tx);
  return [...numbers].sort((a, b) => a - b);
}

/** A transaction as a reader sees it: numbers of the ledger replaced by identifiers, verdicts and change beside it. */
export function transactionView(tx: UtxoTransaction, facts: TransactionFacts): UtxoTransactionView {
  const idOf = (number: TxNumber): TxId => {
    const txid = facts.txids.get(number);
    invariant(txid !== undefined, 'every neighbour of a transaction has an identifier');
    return txid;
  };
  const outpoint = (of: Outpoint) => ({ txid: idOf(of.tx), index: of.index });
  const coinJoin = coinJoinVerdict(tx);
  return {
    chain: facts.chain,
    txid: tx.txid,
    height: tx.height,
    time: tx.time,
    index: tx.index,
    coinbase: tx.coinbase,
    inputs: tx.inputs.map(({ of, units, address }) => ({
      of: of === null ? null : outpoint(of),
      units: units === null ? null : String(units),
      address,
    })),
    outputs: tx.outputs.map(({ units, type, address, spentBy }) => ({
      units: String(units),
      type,
      address,
      spentBy: spentBy === null ? null : { txid: idOf(spentBy.tx), input: spentBy.input },
    })),
    feeUnits: feeOf(tx),
    verdicts: [coinJoin, peelingVerdict(tx, facts.around)].filter((verdict): verdict is Verdict => verdict !== null),
    change: tx.coinbase || coinJoin !== null ? null : changeTable(tx, facts),
    tags: [...facts.tags],
    asset: facts.asset,
  };
}

function feeOf({ coinbase, inputs, outputs }: UtxoTransaction): string | null {
  if (coinbase) return null;
  let fee = 0n;
  for (const { units } of inputs) {
    if (units === null) return null;
    fee += units;
  }
  for (const { units } of outputs) fee -= units;
  invariant(fee >= 0n, 'a transaction spends no more than it has');
  return String(fee);
}
