import {
  addressKinds,
  base58Texts,
  joined,
  type OutputNetwork,
  scriptHashText,
  storedBase58,
  storedScriptHash,
} from './bitcoin.ts';
import { type AddressCodec, notStored } from './codec.ts';

/**
 * CashAddr, the addresses of Bitcoin Cash (`spec/cashaddr.md` of bitcoincash.org): `prefix:` then 5-bit letters and a 40-bit
 * BCH checksum over the prefix too. Written here without the prefix, which every list leaves out. Types 2 and 3 (token-aware,
 * CHIP-2022-02) are the same owners as 0 and 1. Addresses of before 2018 in Bitcoin's own form are read as well.
 */
const letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const checksumWords = 8;
const lengthMax = 128;
const generators = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n] as const;

export function cashCodec(prefix: string, legacy: OutputNetwork): AddressCodec {
  return {
    stored: (text) => storedScriptHash(text) ?? storedCash(prefix, text) ?? storedBase58(legacy, text),
    text: (stored) => {
      const kind = stored[0];
      const bytes = stored.length - 1;
      if (kind === addressKinds.p2pkh && bytes === 20) return cashText(prefix, 0x00, stored.subarray(1));
      if (kind === addressKinds.p2sh && bytes === 20) return cashText(prefix, 0x08, stored.subarray(1));
      if (kind === addressKinds.p2sh32 && bytes === 32) return cashText(prefix, 0x0b, stored.subarray(1));
      const script = scriptHashText(stored);
      if (script === null) throw notStored('Bitcoin Cash', stored);
      return script;
    },
    formerTexts: (stored) => base58Texts(legacy, stored),
  };
}

function storedCash(prefix: string, text: string): Uint8Array | null {
  if (text.length > lengthMax) return null;
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return null;
  const words: number[] = [];
  for (const letter of lower.startsWith(`${prefix}:`) ? lower.slice(prefix.length + 1) : lower) {
    const word = letters.indexOf(letter);
    if (word < 0) return null;
    words.push(word);
  }
  if (words.length <= checksumWords || checksum([...prefixWords(prefix), ...words]) !== 0n) return null;
  const bytes = bytesOf(words.slice(0, -checksumWords));
  const version = bytes?.[0];
  if (!bytes || version === undefined) return null;
  const hash = bytes.subarray(1);
  if ((version === 0x00 || version === 0x10) && hash.length === 20) return joined([addressKinds.p2pkh], hash);
  if ((version === 0x08 || version === 0x18) && hash.length === 20) return joined([addressKinds.p2sh], hash);
  if ((version === 0x0b || version === 0x1b) && hash.length === 32) return joined([addressKinds.p2sh32], hash);
  return null;
}

function cashText(prefix: string, version: number, hash: Uint8Array): string {
  const words = wordsOf(joined([version], hash));
  const sum = checksum([...prefixWords(prefix), ...words, ...new Array<number>(checksumWords).fill(0)]);
  for (let index = checksumWords - 1; index >= 0; index -= 1) words.push(Number((sum >> BigInt(5 * index)) & 31n));
  return words.map((word) => letters[word]).join('');
}

function prefixWords(prefix: string): number[] {
  return [...[...prefix].map((letter) => letter.charCodeAt(0) & 31), 0];
}

function checksum(words: readonly number[]): bigint {
  let state = 1n;
  for (const word of words) {
    const top = state >> 35n;
    state = ((state & 0x07_ffff_ffffn) << 5n) ^ BigInt(word);
    for (const [bit, generator] of generators.entries()) if (((top >> BigInt(bit)) & 1n) === 1n) state ^= generator;
  }
  return state ^ 1n;
}

/** Words of 5 bits from bytes, the last padded with zeros. */
function wordsOf(bytes: Uint8Array): number[] {
  const words: number[] = [];
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) words.push((held >> (bits - 5)) & 31);
  }
  if (bits > 0) words.push((held << (5 - bits)) & 31);
  return words;
}

/** The inverse of `wordsOf`; null where the padding is not zero or a whole word. */
function bytesOf(words: readonly number[]): Uint8Array | null {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const word of words) {
    held = ((held << 5) | word) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  return bits >= 5 || (held & ((1 << bits) - 1)) !== 0 ? null : Uint8Array.from(bytes);
}
