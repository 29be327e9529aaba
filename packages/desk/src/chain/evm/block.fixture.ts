import type { ChainId } from '@gongjo/contract';
import type { BlockEntry } from '../../ledger/index.ts';
import { decodeBlock, type Execution } from './decode.ts';
import { blockOf, receiptsOf } from './schema.ts';

/** Node answers for tests: small blocks as JSON-RPC gives them, with every field that is not said at a plain default. */

export type Answer = Record<string, unknown>;

export const CHAIN = 'eip155:1' as ChainId;
export const URL_SHOWN = 'http://node.test';

/** `word('a')` → `0xaaaa…`, 32 bytes. */
export const word = (digit: string) => `0x${digit.repeat(64)}`;
/** `account('a')` → `0xaaaa…`, 20 bytes. */
export const account = (digit: string) => `0x${digit.repeat(40)}`;
/** An address as a topic. */
export const topic = (address: string) => `0x${address.slice(2).padStart(64, '0')}`;
/** An amount as log data. */
export const data = (units: bigint) => `0x${units.toString(16).padStart(64, '0')}`;
export const hex = (value: number | bigint) => `0x${value.toString(16)}`;

export const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';
export const DEPOSIT = '0xe1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c';
export const WITHDRAWAL = '0x7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65';

export const BLOCK_HASH = word('b');
export const MINER = account('9');

export function blockAnswer(transactions: readonly Answer[], fields: Answer = {}): Answer {
  return {
    number: '0x64',
    hash: BLOCK_HASH,
    parentHash: word('a'),
    miner: MINER,
    timestamp: hex(1_740_143_000),
    baseFeePerGas: hex(10),
    transactions,
    withdrawals: [],
    ...fields,
  };
}

export function transactionAnswer(fields: Answer = {}): Answer {
  return {
    hash: word('1'),
    from: account('1'),
    to: account('2'),
    value: hex(1000),
    gas: hex(21_000),
    gasPrice: hex(12),
    input: '0x',
    type: '0x2',
    ...fields,
  };
}

export function receiptAnswer(fields: Answer = {}): Answer {
  return {
    transactionHash: word('1'),
    blockHash: BLOCK_HASH,
    status: '0x1',
    gasUsed: hex(21_000),
    effectiveGasPrice: hex(12),
    contractAddress: null,
    logs: [],
    ...fields,
  };
}

export function transferLog(from: string, to: string, units: bigint, fields: Answer = {}): Answer {
  return {
    address: account('c'),
    topics: [TRANSFER, topic(from), topic(to)],
    data: data(units),
    logIndex: '0x0',
    ...fields,
  };
}

/** What the reader makes of a block and its receipts. */
export function decoded(block: unknown, receipts: unknown, execution: Execution | null = null): BlockEntry {
  const readBlock = blockOf(block, URL_SHOWN);
  const readReceipts = receiptsOf(receipts, URL_SHOWN);
  if (readBlock === null || readReceipts === null) throw new TypeError('the block is absent');
  return decodeBlock({ chain: CHAIN, block: readBlock, receipts: readReceipts, execution, url: URL_SHOWN });
}

/** Movements as short lines, for comparison: `txIndex.ord kind from→to units asset`, with `call` where set. */
export function lines(entry: BlockEntry): string[] {
  const name = (address: string | null) => (address === null ? '-' : `${address.slice(2, 3)}`);
  return entry.movements.map(({ txIndex, ord, kind, from, to, units, asset, call }) => {
    const coin = asset.slice(asset.indexOf('/') + 1);
    const shown = coin.startsWith('erc20:') ? `token ${coin.slice(8, 9)}` : 'ether';
    return `${txIndex}.${ord} ${kind} ${name(from)}→${name(to)} ${units} ${shown}${call ? ' call' : ''}`;
  });
}
