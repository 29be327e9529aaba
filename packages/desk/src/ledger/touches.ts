import type { Address, AssetId, ChainId, TxId } from '@gongjo/contract';
import type { Ledger } from './ledger.store.ts';
import { familyOf, type Movement } from './model.ts';
import { coinOf } from './utxo/coin.ts';
import type { UtxoTransaction } from './utxo/model.ts';

/**
 * An address that gave or got value in a block. On chains of accounts a movement, with both of its ends; on chains of outputs
 * one end alone, for outputs are not paid by single inputs.
 */
export type Touch = Pick<Movement, 'txid' | 'ord' | 'height' | 'time' | 'from' | 'to' | 'asset' | 'units'>;

/** What happened in some blocks, in the chain's order, in the rows of its family; the other family's are empty. */
export interface Happened {
  readonly touches: readonly Touch[];
  readonly movements: readonly Movement[];
  readonly transactions: readonly UtxoTransaction[];
}

export const nothingHappened: Happened = { touches: [], movements: [], transactions: [] };

/** What happened in the blocks `from`…`to`; every transaction of an output is among what was touched. */
export async function happenedBetween(
  ledger: Pick<Ledger, 'movementsBetween' | 'utxo'>,
  chain: ChainId,
  from: number,
  to: number,
): Promise<Happened> {
  if (familyOf(chain) === 'account') {
    const movements = await ledger.movementsBetween(chain, from, to);
    return { touches: movements, movements, transactions: [] };
  }
  const { id } = coinOf(chain);
  const transactions = await ledger.utxo.transactionsBetween(chain, from, to);
  return { touches: transactions.flatMap((tx) => touchesOf(tx, id)), movements: [], transactions };
}

/** Which of these transactions the ledger holds up to a block. */
export async function transactionsHeld(
  ledger: Pick<Ledger, 'transactions' | 'utxo'>,
  chain: ChainId,
  txids: readonly TxId[],
  atMost: number,
): Promise<Set<TxId>> {
  if (familyOf(chain) === 'account') return new Set((await ledger.transactions(chain, txids, atMost)).keys());
  const below = await ledger.utxo.numberAfter(chain, atMost);
  return new Set((await ledger.utxo.numbers(chain, txids, below)).keys());
}

/** Which of these addresses the ledger has anything of up to a block. */
export async function addressesHeld(
  ledger: Pick<Ledger, 'moved' | 'utxo'>,
  chain: ChainId,
  addresses: readonly Address[],
  atMost: number,
): Promise<Set<Address>> {
  if (familyOf(chain) === 'account') return ledger.moved(chain, addresses, atMost);
  const received = await ledger.utxo.received(chain, addresses, 1, await ledger.utxo.numberAfter(chain, atMost));
  return new Set([...received.values()].filter(({ outputs }) => outputs.length > 0).map(({ address }) => address));
}

/**
 * What each address put into a transaction (`to` is null; `ord` is its first input), then what each got out of it (`from` is
 * null; `ord` is its first output). Data and other outputs of nobody are told with `to` null, too.
 */
function touchesOf({ txid, height, time, inputs, outputs }: UtxoTransaction, asset: AssetId): Touch[] {
  const at = { txid, height, time, asset };
  const given = sums(inputs);
  given.delete(null);
  return [
    ...[...given].map(([from, sum]) => ({ ...at, ...sum, from, to: null })),
    ...[...sums(outputs)].map(([to, sum]) => ({ ...at, ...sum, from: null, to })),
  ];
}

function sums(
  slots: readonly { readonly address: Address | null; readonly units: bigint | null }[],
): Map<Address | null, { ord: number; units: bigint }> {
  const found = new Map<Address | null, { ord: number; units: bigint }>();
  for (const [ord, { address, units }] of slots.entries()) {
    const sum = found.get(address);
    if (sum) sum.units += units ?? 0n;
    else found.set(address, { ord, units: units ?? 0n });
  }
  return found;
}
