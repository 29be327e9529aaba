import { keccak_256 } from '@noble/hashes/sha3';
import { type AddressCodec, notStored } from './codec.ts';

/**
 * Addresses of EVM chains: 20 bytes, canonically `0x` and lower-case hexadecimal. All lower or all upper case says nothing
 * about a checksum and is taken; mixed case is a checksum and must be right: EIP-55, or where a chain has its own, EIP-1191.
 */
const addressBytes = 20;
const pattern = /^0[xX][0-9a-fA-F]{40}$/;

export function evmCodec(eip1191ChainId: number | null = null): AddressCodec {
  return {
    stored: (text) => {
      if (!pattern.test(text)) return null;
      const digits = text.slice(2);
      const lower = digits.toLowerCase();
      const uniform = digits === lower || digits === digits.toUpperCase();
      const checked =
        uniform ||
        digits === checksummed(lower, lower) ||
        (eip1191ChainId !== null && digits === checksummed(lower, `${eip1191ChainId}0x${lower}`));
      return checked ? Buffer.from(lower, 'hex') : null;
    },
    text: (stored) => {
      if (stored.length !== addressBytes) throw notStored('EVM', stored);
      return `0x${Buffer.from(stored.buffer, stored.byteOffset, stored.length).toString('hex')}`;
    },
  };
}

/** `lower` with each letter in upper case where the hash's digit at its place is 8 or more. */
function checksummed(lower: string, hashed: string): string {
  const hash = keccak_256(hashed);
  let text = '';
  for (let index = 0; index < lower.length; index += 1) {
    const nibble = ((hash[index >> 1] ?? 0) >> ((index & 1) === 0 ? 4 : 0)) & 15;
    const digit = lower.charAt(index);
    text += nibble >= 8 ? digit.toUpperCase() : digit;
  }
  return text;
}
