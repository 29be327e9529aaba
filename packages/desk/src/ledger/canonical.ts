import type { Address, ChainId, TxId } from '@gongjo/contract';

/** EVM chains: 20 bytes, written with or without the mixed case of EIP-55. */
const evmAddress = /^0x[0-9a-f]{40}$/;
const evmTxId = /^0x[0-9a-f]{64}$/;

const isEvm = (chain: ChainId) => chain.startsWith('eip155:');

/** An address in the one form in which the ledger knows it; null where the text is no address of the chain. */
export function addressOn(chain: ChainId, text: string): Address | null {
  if (!isEvm(chain)) return text === '' || text.length > 128 ? null : (text as Address);
  const lower = text.toLowerCase();
  return evmAddress.test(lower) ? (lower as Address) : null;
}

/** A transaction's identifier in the one form in which the ledger knows it; null where the text is none of the chain. */
export function txIdOn(chain: ChainId, text: string): TxId | null {
  if (!isEvm(chain)) return text === '' || text.length > 128 ? null : (text as TxId);
  const lower = text.toLowerCase();
  return evmTxId.test(lower) ? (lower as TxId) : null;
}
