import { base58CheckDecode, base58CheckEncode } from './base58.ts';
import { joined } from './bitcoin.ts';
import { type AddressCodec, notStored } from './codec.ts';

/**
 * Addresses of Tron (developers.tron.network, "Account: address format"): 20 bytes as on Ethereum, written with the version
 * byte 0x41 in Base58Check (`T…`). Nodes also write `41` and 40 hexadecimal digits, which is read.
 */
const version = 0x41;
const addressBytes = 20;
const hexPattern = /^41[0-9a-f]{40}$/i;

export const tronCodec: AddressCodec = {
  stored: (text) => {
    const payload = hexPattern.test(text) ? Buffer.from(text, 'hex') : base58CheckDecode(text);
    return payload?.[0] === version && payload.length === 1 + addressBytes
      ? Uint8Array.from(payload.subarray(1))
      : null;
  },
  text: (stored) => {
    if (stored.length !== addressBytes) throw notStored('Tron', stored);
    return base58CheckEncode(joined([version], stored));
  },
};
