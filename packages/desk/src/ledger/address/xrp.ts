import { base58CheckDecode, base58CheckEncode } from './base58.ts';
import { joined } from './bitcoin.ts';
import { type AddressCodec, notStored } from './codec.ts';

/** Classic addresses of the XRP Ledger (xrpl.org, "Base58 Encodings"): type 0x00, 20 bytes, its own order of letters. */
const version = 0x00;
const addressBytes = 20;

export const xrpCodec: AddressCodec = {
  stored: (text) => {
    const payload = base58CheckDecode(text, 'xrp');
    return payload?.[0] === version && payload.length === 1 + addressBytes
      ? Uint8Array.from(payload.subarray(1))
      : null;
  },
  text: (stored) => {
    if (stored.length !== addressBytes) throw notStored('XRP Ledger', stored);
    return base58CheckEncode(joined([version], stored), 'xrp');
  },
};
