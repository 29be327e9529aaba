import { hangulFolds } from './hangul.ts';
import { latinFolds } from './latin.ts';

/**
 * One name in two scripts. Revised Romanization of Korean (2000), McCune–Reischauer and what people really write (Lee, Park,
 * Choi, Jung) differ by regular exchanges: voiced and unvoiced consonants, and the vowels that Latin letters cannot tell
 * apart. Both scripts are folded to one alphabet in which these are the same letter; names sound alike where their folds
 * meet.
 *
 * Known to fail: names that differ only by such a letter fall together (Seong and Song); spellings that follow no rule (Syngman
 * for Seungman) stay apart; a foreign word written in Hangul is found only where its vowels are written as they sound in
 * Korean. It answers "look at this one", never "this is the same".
 */
export type NameLikeness = 'exact' | 'romanised';

/** Shorter folds (a surname alone) meet by chance. */
const FOLD_LETTERS_MIN = 4;
/** Names are short; what is longer is a text. */
const NAME_CHARS_MAX = 200;

const hangul = /\p{Script=Hangul}/u;

/** Legal forms say nothing of who it is; the last three are jusik-hoesa, its short form and yuhan-hoesa. */
const legalForms = new Set(
  [
    'inc',
    'llc',
    'ltd',
    'limited',
    'co',
    'corp',
    'corporation',
    'company',
    'plc',
    'gmbh',
    'sa',
    'ag',
    'pte',
    'the',
  ].concat(['\uc8fc\uc2dd\ud68c\uc0ac', '\uc8fc', '\uc720\ud55c\ud68c\uc0ac']),
);

function wordsOf(name: string): string[] {
  const plain = name.slice(0, NAME_CHARS_MAX).normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFKC').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** Without the legal forms at either end; a name that is nothing else stays as it is. */
function ownWords(name: string): string[] {
  const words = wordsOf(name);
  const first = words.findIndex((word) => !legalForms.has(word));
  const last = words.findLastIndex((word) => !legalForms.has(word));
  return first < 0 ? words : words.slice(first, last + 1);
}

/** A name without case, accents, spaces, punctuation and legal form. Empty where nothing is left. */
export function plainName(name: string): string {
  return ownWords(name).join('');
}

export function isHangul(name: string): boolean {
  return hangul.test(name);
}

/** How a name may sound, as folds; two names sound alike where they share one. */
export function soundsOf(name: string): ReadonlySet<string> {
  const words = ownWords(name);
  const folds = isHangul(name) ? hangulFolds(words.join('')) : latinFolds(words);
  return new Set([...folds].filter((fold) => fold.length >= FOLD_LETTERS_MIN));
}

/** Whether two names are one in writing, or sound alike in the two scripts; null where neither. */
export function likeness(a: string, b: string): NameLikeness | null {
  const plain = plainName(a);
  if (plain !== '' && plain === plainName(b)) return 'exact';
  const sounds = soundsOf(a);
  return [...soundsOf(b)].some((fold) => sounds.has(fold)) ? 'romanised' : null;
}
