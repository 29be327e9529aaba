/**
 * What we read of a node's answers, after the Ethereum execution APIs (https://github.com/ethereum/execution-apis).
 * Everything a node brings is hostile until it has passed here: sizes are exact, quantities bounded, text canonical.
 * Unknown fields are ignored, and fields that older forks did not have may be absent.
 */
import type { Address, BlockHash, TxId } from '@gongjo/contract';
import { z } from 'zod';
import { GongjoError } from '../../kernel/index.ts';

/** The virtual machine's word; no value in it can be larger. */
const WORD_BITS = 256;
/** Gas is counted in 64 bits by every client. */
const GAS_BITS = 64;
/** The coin supply of every known chain is below 2^100 units; the bound keeps price × gas within a word. */
const PRICE_BITS = 128;
/** The last second of the year 9999, because RFC 3339 has four digits for the year. */
const TIME_S_MAX = 253_402_300_799;

/** A JSON-RPC quantity of at most so many bits → bigint. */
const quantity = (bits: number) =>
  z
    .string()
    .regex(new RegExp(`^0x[0-9a-fA-F]{1,${bits / 4}}$`), `not a hexadecimal quantity of at most ${bits} bits`)
    .transform((text) => BigInt(text));

/** A quantity that fits a JavaScript integer: heights, indexes, times. */
const count = quantity(GAS_BITS)
  .refine((value) => value <= Number.MAX_SAFE_INTEGER, 'too large for a count')
  .transform(Number);

/** Exactly so many bytes in hexadecimal → lower case. */
const bytes = (length: number) =>
  z
    .string()
    .regex(new RegExp(`^0x[0-9a-fA-F]{${2 * length}}$`), `not ${length} bytes`)
    .transform((text) => text.toLowerCase());

const hex = z.string().regex(/^0x[0-9a-fA-F]*$/, 'not hexadecimal');
const address = bytes(20).transform((text) => text as Address);
const blockHash = bytes(32).transform((text) => text as BlockHash);
const txId = bytes(32).transform((text) => text as TxId);

/** For the schemas of other answers: an address, 32 bytes, an amount, a count. */
export const zEvmAddress = address;
export const zHash = bytes(32);
export const zWord = quantity(WORD_BITS);
export const zCount = count;

/** A block without what happened in it: enough to know where the chain stands. */
const zHeader = z.object({ number: count, hash: blockHash, parentHash: blockHash });

export const zTransaction = z.object({
  hash: txId,
  from: address,
  /** Null or absent where the transaction creates a contract. */
  to: address.nullish(),
  value: quantity(WORD_BITS),
  gas: quantity(GAS_BITS),
  /** Absent in answers of some nodes to fee-market transactions, whose receipts then say what was paid. */
  gasPrice: quantity(PRICE_BITS).nullish(),
  input: hex,
  type: quantity(8).nullish(),
});

/** EIP-4895: validators' withdrawals, in gwei. */
const zWithdrawal = z.object({ address, amount: quantity(GAS_BITS) });

export const zBlock = zHeader.extend({
  miner: address,
  timestamp: count.refine((seconds) => seconds <= TIME_S_MAX, 'after the year 9999'),
  /** Since EIP-1559. */
  baseFeePerGas: quantity(PRICE_BITS).nullish(),
  transactions: z.array(zTransaction),
  withdrawals: z.array(zWithdrawal).nullish(),
});

export const zLog = z.object({
  address,
  topics: z.array(bytes(32)).max(4),
  data: hex,
  logIndex: count,
});

export const zReceipt = z.object({
  transactionHash: txId,
  blockHash,
  /** Since EIP-658: 1 success, 0 failure. */
  status: quantity(8).nullish(),
  gasUsed: quantity(GAS_BITS),
  effectiveGasPrice: quantity(PRICE_BITS).nullish(),
  /** Since EIP-4844, of transactions that carry blobs. */
  blobGasUsed: quantity(GAS_BITS).nullish(),
  blobGasPrice: quantity(PRICE_BITS).nullish(),
  contractAddress: address.nullish(),
  logs: z.array(zLog),
});

export type EvmHeader = z.infer<typeof zHeader>;
export type EvmBlock = z.infer<typeof zBlock>;
export type EvmTransaction = z.infer<typeof zTransaction>;
export type EvmLog = z.infer<typeof zLog>;
export type EvmReceipt = z.infer<typeof zReceipt>;

/** `eth_getBlockByNumber(n, false)`; null where the node has no such block. */
export const headerOf = reading('eth_getBlockByNumber', zHeader.nullable());
/** `eth_getBlockByNumber(n, true)`; null where the node has no such block. */
export const blockOf = reading('eth_getBlockByNumber', zBlock.nullable());
/** `eth_getBlockReceipts(n)`; null where the node has no such block. */
export const receiptsOf = reading('eth_getBlockReceipts', z.array(zReceipt).nullable());
/** `eth_getTransactionReceipt(hash)`; null where the node has no such transaction. */
export const receiptOf = reading('eth_getTransactionReceipt', zReceipt.nullable());
/** `eth_chainId()` → decimal digits. */
export const chainNumberOf = reading('eth_chainId', quantity(GAS_BITS).transform(String));

/** A function from what the node at `url` answered to what it must be, or `node-answer-invalid` saying where it is not. */
function reading<S extends z.ZodType>(method: string, schema: S): (answer: unknown, url: string) => z.infer<S> {
  return (answer, url) => {
    const result = schema.safeParse(answer);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const detail = `${issue?.path.join('.') || 'answer'}: ${issue?.message ?? 'not as expected'}`;
    throw new GongjoError('node-answer-invalid', { url, method, detail });
  };
}
