import { hash } from 'node:crypto';
import { bech32, bech32m, createBase58check } from '@scure/base';
import { scriptTypes } from './shapes.ts';

const base58check = createBase58check((bytes) => hash('sha256', bytes, 'buffer'));
/** Regtest's prefixes (Bitcoin Core, `src/kernel/chainparams.cpp`). */
const prefix = { p2pkh: 0x6f, p2sh: 0xc4, witness: 'bcrt' } as const;

/** The address of a payload (base58check; BIP 173, BIP 350); null for a type without an address of its own. */
export function addressText(payload: Uint8Array, type: number): string | null {
  switch (scriptTypes[type]) {
    case 'p2pkh':
      return base58check.encode(Uint8Array.of(prefix.p2pkh, ...payload));
    case 'p2sh':
      return base58check.encode(Uint8Array.of(prefix.p2sh, ...payload));
    case 'p2wpkh':
    case 'p2wsh':
      return bech32.encode(prefix.witness, [0, ...bech32.toWords(payload)]);
    case 'p2tr':
      return bech32m.encode(prefix.witness, [1, ...bech32m.toWords(payload)]);
    default:
      return null;
  }
}
