/**
 * The stored form of addresses, transaction ids and block hashes: on EVM chains the raw bytes (half of their text), on
 * others the text's UTF-8. SQL carries both as upper-case hexadecimal (`hex()`, `unhex()`).
 */
export function storedBytes(chain: string, text: string): Buffer {
  return isHexChain(chain) ? Buffer.from(text.slice(2), 'hex') : Buffer.from(text, 'utf8');
}

export function storedHex(chain: string, text: string): string {
  return storedBytes(chain, text).toString('hex').toUpperCase();
}

/** The inverse of `storedHex`; the caller brands it. */
export function textOfStored(chain: string, hex: string): string {
  return isHexChain(chain) ? `0x${hex.toLowerCase()}` : Buffer.from(hex, 'hex').toString('utf8');
}

function isHexChain(chain: string): boolean {
  return chain.startsWith('eip155:');
}
