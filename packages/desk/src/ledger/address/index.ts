import type { Address, ChainId } from '@gongjo/contract';
import { addressCodec } from './chains.ts';

export { addressKinds } from './bitcoin.ts';
export { chainOfTicker, hasForm, knownChains, tickerOf } from './chains.ts';
export { endsOf } from './ends.ts';
export { addressFault, addressMeant } from './fault.ts';

/** An address as the ledger keeps it; null where the text is no address of the chain. */
export function storedAddress(chain: ChainId, text: string): Uint8Array | null {
  return addressCodec(chain).stored(text);
}

/** The canonical text of a stored address. Throws `RangeError` on bytes that are none of the chain. */
export function addressText(chain: ChainId, stored: Uint8Array): Address {
  return addressCodec(chain).text(stored) as Address;
}

/** An address in the one form in which the ledger knows it; null where the text is no address of the chain. */
export function addressOn(chain: ChainId, text: string): Address | null {
  const codec = addressCodec(chain);
  const stored = codec.stored(text);
  return stored === null ? null : (codec.text(stored) as Address);
}

/** Every text that the address has had: the canonical one, and those that were once in use. */
export function addressTexts(chain: ChainId, address: Address): string[] {
  const codec = addressCodec(chain);
  const stored = codec.stored(address);
  return stored === null ? [address] : [address, ...(codec.formerTexts?.(stored) ?? [])];
}
