import { joinFolds } from './fold.ts';

/** Unicode 16, section 3.12: a Hangul syllable is 0xAC00 + (initial × 21 + vowel) × 28 + final. */
const syllables = { first: 0xac00, last: 0xd7a3, vowels: 21, finals: 28 };

/** In the order of Unicode (g kk n d tt r m b pp s ss – j jj ch k t p h; then the 21 vowels and 28 finals), as letters of the fold. */
const initials = 'K K N T T L M P P S S - J J J K T P H'.split(' ').map((it) => (it === '-' ? '' : it));
const vowels = 'A E YA E O E YO E O WA WE WE YO O WO WE WI YO O I I'.split(' ');
const finals = '- K K K N N N T L K M L L L P L M P P T T NK T T K T P T'
  .split(' ')
  .map((it) => (it === '-' ? '' : it));

/** The vowel that Korean puts where a foreign word has none. */
const emptyVowel = 18;

/** The folds of a text in Hangul; other letters in it are left out. */
export function hangulFolds(text: string): ReadonlySet<string> {
  const parts: string[][] = [];
  for (const char of text) {
    const code = (char.codePointAt(0) ?? 0) - syllables.first;
    if (code < 0 || code > syllables.last - syllables.first) continue;
    const initial = initials[Math.floor(code / (syllables.vowels * syllables.finals))] ?? '';
    const vowelIndex = Math.floor(code / syllables.finals) % syllables.vowels;
    const vowel = vowels[vowelIndex] ?? '';
    const final = finals[code % syllables.finals] ?? '';
    const start = parts.length === 0 ? startOf(initial, vowel) : initial;
    parts.push(
      vowelIndex === emptyVowel && final === '' && parts.length > 0 ? [start + vowel, start] : [start + vowel + final],
    );
  }
  return joinFolds(parts);
}

/** The rule of initial sounds: a word does not begin with r, nor with n before i and y. The North writes them. */
export function startOf(initial: string, vowel: string): string {
  if (initial !== 'L' && initial !== 'N') return initial;
  return /^[IY]/.test(vowel) ? '' : 'N';
}
