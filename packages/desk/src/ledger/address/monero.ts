import { keccak_256 } from '@noble/hashes/sha3';
import { base58xmr } from '@scure/base';
import { joined } from './bitcoin.ts';
import { type AddressCodec, notStored } from './codec.ts';

/**
 * Main-net addresses of Monero ("CryptoNote Standard 007" and monero-project `src/cryptonote_config.h`): a network byte,
 * the two public keys, for an integrated address a payment id of 8 bytes, and 4 bytes of Keccak-256 as a checksum, in
 * Monero's base58 of blocks of 8 bytes. Stored without the checksum.
 */
const standard = 18;
const integrated = 19;
const subaddress = 42;
const keyBytes = 64;
const paymentIdBytes = 8;
const checksumBytes = 4;
/** The text of an integrated address; a standard one has 95 letters. */
const lengthMax = 106;

function isPayload(payload: Uint8Array): boolean {
  const [network] = payload;
  if (network === integrated) return payload.length === 1 + keyBytes + paymentIdBytes;
  return (network === standard || network === subaddress) && payload.length === 1 + keyBytes;
}

export const moneroCodec: AddressCodec = {
  stored: (text) => {
    const bytes = decoded(text);
    if (bytes === null || bytes.length < checksumBytes) return null;
    const payload = bytes.slice(0, -checksumBytes);
    return isPayload(payload) && written(payload) === text ? payload : null;
  },
  text: (stored) => {
    if (!isPayload(stored)) throw notStored('Monero', stored);
    return written(stored);
  },
};

function decoded(text: string): Uint8Array | null {
  if (text.length > lengthMax) return null;
  try {
    return base58xmr.decode(text);
  } catch {
    // A letter that is none, or a block whose number is too large.
    return null;
  }
}

function written(payload: Uint8Array): string {
  return base58xmr.encode(joined([...payload], keccak_256(payload).subarray(0, checksumBytes)));
}
