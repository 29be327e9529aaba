import type { Language } from '@gongjo/contract';

/** Whoever signs in with a desk's first link: one name, in both languages. */
const firstName = /당직자 \(duty officer\)/g;

/** What reads the same in both languages. Everything else in Latin letters on a Korean page is a text that was forgotten. */
const allowed: readonly RegExp[] = [
  // Identifiers: hashes and addresses, whole or shortened, STIX identifiers, the desk's own URL.
  /\beip155:\d+\/[a-z0-9]+:\w+/g,
  /0x[0-9a-f]+…?[0-9a-f]*/g,
  /^…?[0-9a-f]{4,8}$/g,
  /\b[a-z][a-z-]*--[0-9a-f-]{36}\b/g,
  /https?:\/\/[\w.:/-]+/g,
  /\b[0-9a-f]{16}…/g,
  /\b[0-9a-f]{64}\b/g,
  /\b(?:[0-9a-f]{4} ){15}[0-9a-f]{4}\b/g,
  /\d{4}-\d\d-\d\dT[\d:.]+Z/g,
  // Code names: types of STIX objects, policies, desks.
  /\b(cryptocurrency-(wallet|transaction)|relationship|related-to|sighting|indicator|identity|incident)\b/g,
  /\b(language-content|extension-definition|marking-definition)\b/g,
  /^정책: [a-z-]+$/g,
  // What is typed as it stands; keys as they are lettered, in a sentence about them.
  /\b(Home|End|Enter|Esc|Ctrl|Shift)(?=[과와로+]| 키)/g,
  /\bgongjo [a-z-]+( [a-z-]+)*( --[a-z-]+( URL| "…")?)*/g,
  firstName,
  // Assets – the counterfeit one ends in a Cyrillic letter – markings, time zones, formats.
  /\b(KRW[TТ]?|USDG|ETH|Anvil)(?!\p{L})/gu,
  /\bTLP:(CLEAR|GREEN|AMBER(\+STRICT)?|RED)\b/g,
  /\b(KST|EST|EDT|UTC|GMT)\b/g,
  /\b(CSV|PNG|SVG|PDF|SHA-256|STIX|TAXII|FIFO|TLP|JSON-RPC|EVM|ID)\b/g,
];

/** Words that are left over in the other language's letters. `data`: words that came with the data, in one language only. */
export function untranslated(words: readonly string[], language: Language, data: readonly string[]): string[] {
  if (language === 'en') return words.filter((word) => /\p{Script=Hangul}/u.test(word.replace(firstName, '')));
  return words.filter((word) => {
    const own = data.reduce((text, piece) => text.replaceAll(piece, ' '), word);
    return /[A-Za-z]{2,}/.test(allowed.reduce((text, pattern) => text.replace(pattern, ' '), own));
  });
}
