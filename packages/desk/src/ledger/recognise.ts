import type { Address, ChainId, RefusalReason, TxId } from '@gongjo/contract';
import { addressMeant, addressOn, hasForm, knownChains } from './address/index.ts';
import { hashForm } from './bytes.ts';
import { txIdOn } from './canonical.ts';
import { namespaceOf } from './namespace.ts';

/**
 * What a text names: an address or a transaction, with every chain on which it is one – the same text is an address on every
 * chain of the EVM, and on forks of Bitcoin –, or something that looks like an address and is none.
 */
export type Recognised =
  | { readonly as: 'address'; readonly on: readonly { readonly chain: ChainId; readonly address: Address }[] }
  | { readonly as: 'transaction'; readonly on: readonly { readonly chain: ChainId; readonly txid: TxId }[] }
  | { readonly as: 'fault'; readonly chain: ChainId; readonly reason: RefusalReason };

/** The shortest witness program has 14 letters; shorter forms (account names, numbers) are words of a language as well. */
const lengthMin = 14;
/** `zAddress`, and a name of a chain (CAIP-2) before it (CAIP-10). */
const lengthMax = 128 + 42;
/** CAIP-10: an account with its chain. */
const withChain = /^([-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}):(.+)$/;

/** `chains`: those that the desk has, which are tried first; then every chain that is known by name. */
export function recognise(text: string, chains: readonly ChainId[]): Recognised | null {
  if (text.length < lengthMin || text.length > lengthMax) return null;
  const named = withChain.exec(text);
  if (named?.[1] !== undefined && named[2] !== undefined && hasForm(named[1])) {
    const within = recogniseOn(named[2], [named[1] as ChainId]);
    if (within !== null) return within;
  }
  const found = recogniseOn(text, [...new Set([...chains, ...knownChains])]);
  if (found !== null) return found;
  const meant = addressMeant(text);
  return meant && { as: 'fault', ...meant };
}

/** Zilliqa and VeChain once wrote `0x…`, too, without a checksum: a mistyped address of Ethereum would pass for theirs. */
const mayBe = (chain: ChainId, text: string): boolean =>
  hasForm(chain) && (!text.startsWith('0x') || namespaceOf(chain) === 'eip155');

function recogniseOn(text: string, chains: readonly ChainId[]): Recognised | null {
  const addresses = chains.flatMap((chain) => {
    const address = mayBe(chain, text) ? addressOn(chain, text) : null;
    return address === null ? [] : [{ chain, address }];
  });
  if (addresses.length > 0) return { as: 'address', on: addresses };
  const transactions = chains.flatMap((chain) => {
    const txid = hashForm(chain) === null ? null : txIdOn(chain, text);
    return txid === null ? [] : [{ chain, txid }];
  });
  return transactions.length > 0 ? { as: 'transaction', on: transactions } : null;
}

/** Something recognised, as it was written. */
export type ThingIn = Recognised & { readonly text: string };

/** White space, what lists and sentences put between words, and what mails, tables and JSON put around them. */
const between = /[\s,;|"'`<>()[\]{}\u201c\u201d\u2018\u2019\u3001\u3002\u300c\u300d]+/u;
/** Within a word: what links and payment addresses (BIP 21) put around what they name. */
const within = /[:/?=&#@]+/u;
/** A sentence's end, a bullet, a quoted mail. */
const around = /^[-*.>•·]+|[.!:…·]+$/gu;

/**
 * What is recognised in a text: a mail, a column of a table, a list. Each once, in the order of the text, whatever the letters
 * in which it was written; links are taken apart. `more`: things beyond the most that are answered.
 */
export function thingsIn(
  text: string,
  chains: readonly ChainId[],
  most: number,
): { readonly things: readonly ThingIn[]; readonly more: number } {
  const things = new Map<string, ThingIn>();
  let more = 0;
  const tried = new Set<string>();
  const add = (word: string): boolean => {
    if (tried.has(word)) return true;
    const found = recognise(word, chains);
    if (found === null) return false;
    tried.add(word);
    const key = keyOf(found, word);
    if (things.has(key)) return true;
    if (things.size < most) things.set(key, { ...found, text: word });
    else more += 1;
    return true;
  };
  for (const raw of text.split(between)) {
    const word = raw.replace(around, '');
    // A fault of the whole is told only where no part of it is right: `0x…` within a link.
    const whole = word.length <= lengthMax ? recognise(word, chains) : null;
    if (whole !== null && whole.as !== 'fault') add(word);
    else if (!word.split(within).some((part) => part !== word && add(part)) && whole !== null) add(word);
  }
  return { things: [...things.values()], more };
}

function keyOf(found: Recognised, word: string): string {
  if (found.as === 'fault') return `fault ${word}`;
  if (found.as === 'address') return `address ${found.on.map(({ address }) => address).join(' ')}`;
  return `transaction ${found.on.map(({ txid }) => txid).join(' ')}`;
}
