import { createHash } from 'node:crypto';
import type { Text } from '@gongjo/contract';
import { wordlist as english } from '@scure/bip39/wordlists/english';
import { wordlist as korean } from '@scure/bip39/wordlists/korean';

/**
 * Six words that two officers compare by voice: a short authentication string as of ZRTP (RFC 6189, sections 4.3 and 7) and
 * of Matrix's key verification. The word lists are those of BIP 39, English and Korean, of 2,048 words each: the same number
 * is a word in either, so that each officer reads the own language.
 *
 * Six words are 66 bits. Because both sides are committed before either can know them (`transcript.ts`), somebody in the
 * middle has one guess per pairing, and a wrong one burns it: one in 2^66. Known to fail where an officer types the words
 * from the own screen instead of those that were heard.
 */
const wordsCount = 6;
const bitsPerWord = 11;

/** The numbers of the words for what both desks have seen; `transcript` is a SHA-256 in hexadecimal. */
export function wordNumbers(transcript: string): readonly number[] {
  const digest = createHash('sha256').update(`gongjo-pairing-words/1\n${transcript}`).digest();
  const bits = BigInt(`0x${digest.toString('hex')}`) >> BigInt(256 - wordsCount * bitsPerWord);
  return Array.from({ length: wordsCount }, (_, i) =>
    Number((bits >> BigInt((wordsCount - 1 - i) * bitsPerWord)) & 0x7ffn),
  );
}

export function wordsOf(transcript: string): Text {
  const numbers = wordNumbers(transcript);
  const say = (list: readonly string[]) => numbers.map((number) => list[number] ?? '').join(' ');
  return { en: say(english), ko: say(korean).normalize('NFC') };
}

/** Whether these are the words, in either language or a mixture, with any case and any signs between them. */
export function areWordsOf(transcript: string, typed: string): boolean {
  const said = typed
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '');
  const numbers = wordNumbers(transcript);
  return said.length === wordsCount && said.every((word, i) => numberOf(word) === numbers[i]);
}

/** The Korean list is published in decomposed letters (NFKD). */
const numbers = new Map(
  [english, korean].flatMap((list) => list.map((word, i) => [word.normalize('NFKD'), i] as const)),
);
const numberOf = (word: string) => numbers.get(word) ?? -1;
