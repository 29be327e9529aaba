/**
 * How the addresses of one chain are kept: `stored` reads a person's or a node's text, `text` writes the canonical one.
 * For every text that `stored` takes, `text(stored(t))` is the canonical form of `t`, and `stored` of that gives the same
 * bytes; for everything that `stored` returned, `stored(text(b))` equals `b`.
 */
export interface AddressCodec {
  /** Null where the text is no address of this chain: wrong checksum, length, network or letter case. Never throws. */
  stored(text: string): Uint8Array | null;
  /** Throws `RangeError` on bytes that `stored` cannot have returned. */
  text(stored: Uint8Array): string;
  /** Other texts of the address that were once in use; absent where a chain has none. */
  formerTexts?(stored: Uint8Array): string[];
}

/** What `text` throws: stored bytes that are no address, so the ledger is damaged or the chain is another one. */
export function notStored(kind: string, stored: Uint8Array): RangeError {
  return new RangeError(`${stored.length} bytes are no stored ${kind} address`);
}
