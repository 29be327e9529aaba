import { base58Decode, base58Encode } from './base58.ts';
import { type AddressCodec, notStored } from './codec.ts';

/** Solana: a public key or program address of 32 bytes in plain base58. It has no checksum; length and letters are all there is. */
const addressBytes = 32;

export const solanaCodec: AddressCodec = {
  stored: (text) => {
    const bytes = base58Decode(text);
    return bytes?.length === addressBytes ? bytes : null;
  },
  text: (stored) => {
    if (stored.length !== addressBytes) throw notStored('Solana', stored);
    return base58Encode(stored);
  },
};
