import type { AddressView, Asset, Entity, Seen, Tag } from '@gongjo/contract';
import type { Coverage } from '../../model.ts';
import type { AddressOutputs, TxNumber, UtxoTransaction } from '../model.ts';
import { counterpartiesOf } from './counterparties.ts';

export interface AddressFacts {
  readonly coverage: Coverage;
  readonly asset: Asset;
  /** Those of `addressTransactions` that are known whole; counterparties are of these. */
  readonly transactions: ReadonlyMap<TxNumber, UtxoTransaction>;
  readonly tags: readonly Tag[];
  readonly entity: Entity | null;
  /** Counterparties shown; how many more there are is said. */
  readonly counterpartiesMax: number;
}

/** The transactions that paid it or that it spent in, in chain order. */
export function addressTransactions({ outputs }: AddressOutputs): TxNumber[] {
  const numbers = new Set<TxNumber>();
  for (const { at, spentBy } of outputs) {
    numbers.add(at.tx);
    if (spentBy !== null) numbers.add(spentBy.tx);
  }
  return [...numbers].sort((a, b) => a - b);
}

/** An address of a chain of outputs as a reader sees it. */
export function addressView(of: AddressOutputs, facts: AddressFacts): AddressView {
  const { coverage, asset, transactions, entity } = facts;
  const numbers = addressTransactions(of);
  const known = numbers.flatMap((number) => transactions.get(number) ?? []);
  const received = of.outputs.reduce((total, { units }) => total + units, 0n);
  const spent = of.outputs.reduce((total, { units, spentBy }) => (spentBy === null ? total : total + units), 0n);
  const counterparties = counterpartiesOf(of.address, asset.id, known);
  const holding = {
    asset: asset.id,
    receivedUnits: String(received),
    spentUnits: String(spent),
    balanceUnits: String(received - spent),
  };
  return {
    chain: coverage.chain,
    address: of.address,
    asOf: { height: coverage.tip.height, hash: coverage.tip.hash, time: coverage.tip.time },
    from: coverage.from,
    assets: [asset],
    holdings: of.outputs.length === 0 ? [] : [holding],
    transactions: numbers.length,
    first: seen(transactions.get(numbers[0] ?? -1)),
    last: seen(transactions.get(numbers.at(-1) ?? -1)),
    counterparties: counterparties.slice(0, facts.counterpartiesMax),
    counterpartiesMore: Math.max(0, counterparties.length - facts.counterpartiesMax),
    tags: [...facts.tags],
    entity:
      entity === null
        ? null
        : {
            addresses: entity.addresses.length,
            joins: entity.joins.length,
            refused: entity.refused.length,
            truncated: entity.truncated,
          },
    truncated: of.truncated || known.length < numbers.length,
  };
}

function seen(tx: UtxoTransaction | undefined): Seen | null {
  return tx === undefined ? null : { txid: tx.txid, height: tx.height, time: tx.time };
}
