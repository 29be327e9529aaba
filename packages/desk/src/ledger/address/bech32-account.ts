import { bech32 } from '@scure/base';
import { type AddressCodec, notStored } from './codec.ts';

/** Accounts of Cosmos chains (Cosmos SDK, "Bech32 on Cosmos"): BIP 173 over 20 or 32 bytes, with the chain's prefix. */
export function bech32Account(prefix: string): AddressCodec {
  const isAccount = (bytes: Uint8Array) => bytes.length === 20 || bytes.length === 32;
  return {
    stored: (text) => {
      const decoded = bech32.decodeUnsafe(text);
      if (!decoded || decoded.prefix !== prefix) return null;
      const bytes = bech32.fromWordsUnsafe(decoded.words);
      return bytes && isAccount(bytes) ? bytes : null;
    },
    text: (stored) => {
      if (!isAccount(stored)) throw notStored(prefix, stored);
      return bech32.encode(prefix, bech32.toWords(stored));
    },
  };
}
