import type { Address, AssetId, ChainId, TxId } from '@gongjo/contract';
import { GongjoError, instant } from '../../kernel/index.ts';
import type { BlockEntry, Movement, MovementKind } from '../../ledger/index.ts';
import { nativeAsset, tokenAsset } from './assets.ts';
import { type Frame, type InternalMove, internalMoves } from './frames.ts';
import type { EvmBlock, EvmReceipt, EvmTransaction } from './schema.ts';
import { tokenTransfers } from './tokens.ts';
import type { Reward } from './trace-block.ts';
import { type CoinMove, wrappingRule } from './wrapped.ts';

const WEI_PER_GWEI = 1_000_000_000n;
/** What a plain transfer costs; a transaction that may use no more runs no code and cannot fail for want of gas. */
const TRANSFER_GAS = 21_000n;
/** EIP-2718 type of transactions that carry blobs. */
const BLOB_TYPE = 3n;

export interface Decoding {
  readonly chain: ChainId;
  readonly block: EvmBlock;
  /** One for each transaction, in the same order. */
  readonly receipts: readonly EvmReceipt[];
  /** What the transactions executed; null where nobody says. */
  readonly execution: Execution | null;
  /** Of the node, for the error. */
  readonly url: string;
}

export interface Execution {
  /** Of each transaction, in the same order. */
  readonly frames: readonly (readonly Frame[])[];
  readonly rewards: readonly Reward[];
}

/**
 * One EVM block → what moved in it. Within a transaction the movements stand in this order, numbered from 0:
 * 1. `burn`: base fee × gas (EIP-1559) plus the blob fee (EIP-4844), destroyed;
 * 2. `fee`: the rest of the fee, to the block's producer; before EIP-1559 all of it;
 * 3. `native`: the value of the transaction, if it succeeded; `call` when it carried input or created a contract;
 * 4. `token`: the token transfers, in log order;
 * 5. `internal`: the coin that contracts sent on, in the order of execution, where that is known. They come last so that
 *    the numbers of the others do not depend on whether it is.
 * Of a failed transaction only the fee moves. Native movements, burns and fees of zero are left out; token transfers
 * of zero are kept.
 *
 * Validators' withdrawals (EIP-4895) belong to no transaction. They follow the last one, at `txIndex` = number of
 * transactions, as `issuance` from null, with the block's hash as `txid`; rewards of proof-of-work follow them, where the
 * node tells them (`trace_block`).
 *
 * An execution that does not fit the block is not read: `internals` is then false, as where there is none.
 *
 * Not read, because nothing of this says it: balances given at genesis, data fees of rollups.
 *
 * @throws GongjoError `node-answer-invalid` when receipts and transactions do not belong together
 */
export function decodeBlock({ chain, block, receipts, execution, url }: Decoding): BlockEntry {
  const time = instant(block.timestamp * 1000);
  const native = nativeAsset(chain);
  const movements: Movement[] = [];

  function refuse(detail: string): never {
    const at = `block ${block.number}: ${detail}`;
    throw new GongjoError('node-answer-invalid', { url, method: 'eth_getBlockReceipts', detail: at });
  }

  /** Writes the movements of one transaction and numbers them. */
  function writer(txIndex: number, txid: TxId) {
    let ord = 0;
    return (
      kind: MovementKind,
      from: Address | null,
      to: Address | null,
      asset: AssetId,
      units: bigint,
      call = false,
    ) => {
      movements.push({ chain, height: block.number, txIndex, ord, txid, time, kind, from, to, asset, units, call });
      ord += 1;
    };
  }

  if (receipts.length !== block.transactions.length) {
    refuse(`${receipts.length} receipts for ${block.transactions.length} transactions`);
  }
  const internals = execution === null ? null : internalsOf(block, receipts, execution);
  block.transactions.forEach((transaction, txIndex) => {
    const receipt = receipts[txIndex];
    if (receipt?.transactionHash !== transaction.hash) refuse(`receipt ${txIndex} is of another transaction`);
    if (receipt.blockHash !== block.hash) refuse(`receipt ${txIndex} is of another block`);
    const move = writer(txIndex, transaction.hash);

    const price = receipt.effectiveGasPrice ?? transaction.gasPrice;
    if (price == null) refuse(`nothing says what transaction ${txIndex} paid for gas`);
    // Rollups include transactions that pay nothing, less than the base fee.
    const base = min(block.baseFeePerGas ?? 0n, price);
    const blobFee = blobFeeOf(transaction, receipt);
    if (blobFee === null) refuse(`nothing says what transaction ${txIndex} paid for blobs`);
    const burn = base * receipt.gasUsed + blobFee;
    const fee = (price - base) * receipt.gasUsed;
    if (burn > 0n) move('burn', transaction.from, null, native, burn);
    if (fee > 0n) move('fee', transaction.from, block.miner, native, fee);
    if (!succeeded(transaction, receipt)) return;

    const creation = transaction.to == null;
    const to = transaction.to ?? receipt.contractAddress;
    if (to == null) refuse(`receipt ${txIndex} does not name the contract created`);
    if (transaction.value > 0n) {
      move(
        'native',
        transaction.from,
        to,
        native,
        transaction.value,
        creation || transaction.input.length > '0x'.length,
      );
    }
    const sent = internals?.[txIndex] ?? [];
    const moved: CoinMove[] = [{ from: transaction.from, to, units: transaction.value }, ...sent];
    for (const token of tokenTransfers(receipt.logs, wrappingRule(chain, moved))) {
      move('token', token.from, token.to, tokenAsset(chain, token.contract), token.units);
    }
    for (const { from, to, units } of sent) move('internal', from, to, native, units);
  });

  const issue = writer(block.transactions.length, block.hash as string as TxId);
  for (const { address, amount } of block.withdrawals ?? []) {
    if (amount > 0n) issue('issuance', null, address, native, amount * WEI_PER_GWEI);
  }
  if (internals !== null) {
    for (const { to, units } of execution?.rewards ?? []) if (units > 0n) issue('issuance', null, to, native, units);
  }

  return {
    block: {
      chain,
      height: block.number,
      hash: block.hash,
      parent: block.parentHash,
      time,
      transactionCount: block.transactions.length,
    },
    movements,
    internals: internals !== null,
  };
}

/** What each transaction's contracts sent on; null where the execution is not that of these transactions. */
function internalsOf(
  { transactions }: EvmBlock,
  receipts: readonly EvmReceipt[],
  { frames }: Execution,
): readonly (readonly InternalMove[])[] | null {
  if (frames.length !== transactions.length) return null;
  const all: InternalMove[][] = [];
  for (const [index, transaction] of transactions.entries()) {
    const own = frames[index] ?? [];
    const receipt = receipts[index];
    const moves = internalMoves(own);
    const [root] = own;
    if (moves === null || root === undefined || receipt === undefined) return null;
    if (root.from !== transaction.from || root.units !== transaction.value) return null;
    if (receipt.status != null && root.failed === (receipt.status === 1n)) return null;
    all.push(moves);
  }
  return all;
}

/** Null when the transaction carried blobs and the receipt does not say what they cost. */
function blobFeeOf(transaction: EvmTransaction, receipt: EvmReceipt): bigint | null {
  if (transaction.type !== BLOB_TYPE) return 0n;
  if (receipt.blobGasUsed == null || receipt.blobGasPrice == null) return null;
  return receipt.blobGasUsed * receipt.blobGasPrice;
}

/**
 * Receipts say so since EIP-658 (October 2017). Before, a failed transaction is known by having used all its gas, since
 * nothing could revert with gas left. Known way to fail: an old call that used exactly its gas and logged nothing but
 * succeeded is taken as failed.
 */
function succeeded(transaction: EvmTransaction, receipt: EvmReceipt): boolean {
  if (receipt.status != null) return receipt.status === 1n;
  const exhausted = receipt.gasUsed === transaction.gas && transaction.gas > TRANSFER_GAS;
  return !exhausted || receipt.logs.length > 0;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
