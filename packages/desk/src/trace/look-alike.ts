import type { Address } from '@gongjo/contract';
import { compareText } from './tags.ts';

/** How many digits people compare at each end of an address; who mints look-alikes matches just these. */
const digitsCompared = 4;

/**
 * Addresses that can be imitated. An address imitates another when the first four and the last four digits after `0x` are
 * the same and the rest is not; by chance that happens once in four thousand million.
 */
export class LookAlikes {
  readonly #byEnds = new Map<string, Address>();
  readonly #known: ReadonlySet<Address>;

  constructor(known: ReadonlySet<Address>) {
    this.#known = known;
    // Of several with the same ends the first in the order of texts, whatever the order of the set.
    for (const address of known) {
      const ends = endsOf(address);
      const other = this.#byEnds.get(ends);
      if (other === undefined || compareText(address, other) < 0) this.#byEnds.set(ends, address);
    }
  }

  /** The known address that this one imitates; null when there is none or it is itself a known one. */
  imitatedBy(address: Address): Address | null {
    return this.#known.has(address) ? null : (this.#byEnds.get(endsOf(address)) ?? null);
  }
}

function endsOf(address: Address): string {
  const from = address.startsWith('0x') ? 2 : 0;
  return (address.slice(from, from + digitsCompared) + address.slice(-digitsCompared)).toLowerCase();
}

/** Capital letters of other scripts, and one currency sign, that are drawn like a Latin capital. */
const drawnLike: Readonly<Record<string, string>> = {
  // Cyrillic
  А: 'A',
  В: 'B',
  Е: 'E',
  Ѕ: 'S',
  І: 'I',
  Ј: 'J',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  У: 'Y',
  Ү: 'Y',
  Х: 'X',
  Ԁ: 'D',
  Ԛ: 'Q',
  Ԝ: 'W',
  Һ: 'H',
  Ӏ: 'I',
  Ԍ: 'G',
  // Greek
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'H',
  Ι: 'I',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: 'O',
  Ρ: 'P',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
  Ϲ: 'C',
  Ϳ: 'J',
  // Armenian, and the tugrik sign
  Օ: 'O',
  Տ: 'S',
  Ս: 'U',
  '₮': 'T',
};

/** What is drawn as nothing: combining marks, format and control characters, white space, and the blank letters. */
const invisible = /[\p{M}\p{Cf}\p{Cc}\s\u115f\u1160\u3164\uffa0\u2800]/gu;

/**
 * A token's symbol as a hurried reader sees it: compatibility forms unified, what is invisible taken away, capitals, and
 * letters of other scripts as the Latin ones they are drawn like. Fails to see imitations by shape that are in no table,
 * e.g. a digit for a letter.
 */
export function seenSymbol(symbol: string): string {
  const plain = symbol.normalize('NFKD').replace(invisible, '').normalize('NFKC').toUpperCase();
  return Array.from(plain, (letter) => drawnLike[letter] ?? letter).join('');
}
