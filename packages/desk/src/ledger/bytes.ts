import type { Address, ChainId } from '@gongjo/contract';
import { addressText, storedAddress } from './address/index.ts';
import { namespaceOf } from './namespace.ts';

/**
 * The stored form of addresses (each chain's own, see `address/`) and of transaction ids and block hashes: their 32 bytes
 * where the chain writes them in hexadecimal, otherwise the text. SQL carries all as upper-case hexadecimal (`hex()`, `unhex()`).
 */
export interface HashForm {
  readonly prefix: string;
  readonly pattern: RegExp;
  /** Bitcoin and its kin write hashes with their bytes reversed. */
  readonly reversed: boolean;
}

const forms: Readonly<Record<string, HashForm>> = {
  eip155: { prefix: '0x', pattern: /^0x[0-9a-f]{64}$/, reversed: false },
  bip122: { prefix: '', pattern: /^[0-9a-f]{64}$/, reversed: true },
  tron: { prefix: '', pattern: /^[0-9a-f]{64}$/, reversed: false },
};

/** How the chain writes the hashes of its transactions and blocks; null where that is not known. */
export function hashForm(chain: string): HashForm | null {
  return forms[namespaceOf(chain)] ?? null;
}

export function storedHash(chain: ChainId, text: string): Buffer {
  const form = hashForm(chain);
  if (form === null) return Buffer.from(text, 'utf8');
  const bytes = Buffer.from(text.slice(form.prefix.length), 'hex');
  return form.reversed ? bytes.reverse() : bytes;
}

export function storedHashHex(chain: ChainId, text: string): string {
  return storedHash(chain, text).toString('hex').toUpperCase();
}

/** The inverse of `storedHashHex`; the caller brands it. */
export function hashOfHex(chain: ChainId, hex: string): string {
  const form = hashForm(chain);
  const bytes = Buffer.from(hex, 'hex');
  if (form === null) return bytes.toString('utf8');
  return form.prefix + (form.reversed ? bytes.reverse() : bytes).toString('hex');
}

/** Throws `RangeError` where the address is none of its chain: only a parser makes addresses. */
export function addressBytes(chain: ChainId, address: Address): Uint8Array {
  const stored = storedAddress(chain, address);
  if (stored === null) throw new RangeError(`no address of ${chain}: ${address}`);
  return stored;
}

export function addressHex(chain: ChainId, address: Address): string {
  return Buffer.from(addressBytes(chain, address)).toString('hex').toUpperCase();
}

/** The inverse of `addressHex`. */
export function addressOfHex(chain: ChainId, hex: string): Address {
  return addressText(chain, Buffer.from(hex, 'hex'));
}
