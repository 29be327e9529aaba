/**
 * What a token contract says of itself: `symbol()` and `decimals()` of ERC-20, both optional there and both under the
 * control of whoever wrote the contract. Pure: return data in, text fit to be shown out.
 */

/** Function selectors: the first four bytes of keccak256 of the signature. */
export const SYMBOL_CALL = '0x95d89b41';
export const DECIMALS_CALL = '0x313ce567';

export const SYMBOL_UNKNOWN = '?';
/** Longer symbols than any honest one would only break tables and sentences. */
const SYMBOL_CHARS_MAX = 32;
/** A word holds 78 decimal digits; the contract of the wire allows as many decimals. */
const DECIMALS_MAX = 77n;

const WORD_BYTES = 32;

/** A `string`, or a `bytes32` as early tokens (MKR, SAI) return it; `?` for everything else. */
export function symbolIn(returned: string | null): string {
  const data = bytesOf(returned);
  if (data === null) return SYMBOL_UNKNOWN;
  const text = data.length === WORD_BYTES ? fixedText(data) : dynamicText(data);
  return cleanSymbol(text ?? '') || SYMBOL_UNKNOWN;
}

/** 0 where the contract does not say, or says what no amount can have. */
export function decimalsIn(returned: string | null): number {
  const data = bytesOf(returned);
  if (data === null || data.length !== WORD_BYTES) return 0;
  const value = BigInt(`0x${data.toString('hex')}`);
  return value <= DECIMALS_MAX ? Number(value) : 0;
}

/**
 * Takes out what makes text look like other text or break its surroundings: control and format characters (among them
 * bidirectional overrides and zero-width characters), line breaks, unpaired surrogates, private use; then bounds it.
 */
export function cleanSymbol(text: string): string {
  const visible = text
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  // Combining marks may stack without end on one letter; one each is all that an honest symbol needs.
  const single = visible.replace(/(\p{M})\p{M}+/gu, '$1');
  return [...single].slice(0, SYMBOL_CHARS_MAX).join('').trim();
}

function bytesOf(returned: string | null): Buffer | null {
  if (returned === null || !/^0x(?:[0-9a-f]{2})*$/i.test(returned)) return null;
  return Buffer.from(returned.slice('0x'.length), 'hex');
}

/** Characters up to the zeros that fill the word. */
function fixedText(word: Buffer): string {
  const end = word.indexOf(0);
  return word.toString('utf8', 0, end === -1 ? WORD_BYTES : end);
}

/** ABI encoding of one `string`: where it begins, its length, its bytes. */
function dynamicText(data: Buffer): string | null {
  const start = smallWord(data, 0);
  if (start === null) return null;
  const length = smallWord(data, start);
  if (length === null || start + WORD_BYTES + length > data.length) return null;
  return data.toString('utf8', start + WORD_BYTES, start + WORD_BYTES + length);
}

/** A word that is a position or length inside the data; null where it cannot be. */
function smallWord(data: Buffer, at: number): number | null {
  if (at + WORD_BYTES > data.length) return null;
  const value = BigInt(`0x${data.toString('hex', at, at + WORD_BYTES)}`);
  return value <= data.length ? Number(value) : null;
}
