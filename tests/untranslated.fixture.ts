import type { Language } from '@gongjo/contract';

/** What reads the same in both languages. Everything else in Latin letters on a Korean page is a text that was forgotten. */
const allowed: readonly RegExp[] = [
  // Identifiers: hashes and addresses, whole or shortened, STIX identifiers, the desk's own URL.
  /0x[0-9a-f]+…?[0-9a-f]*/g,
  /\b[a-z][a-z-]*--[0-9a-f-]{36}\b/g,
  /https?:\/\/[\w.:/-]+/g,
  /\b[0-9a-f]{16}…/g,
  /\b(?:[0-9a-f]{4} ){15}[0-9a-f]{4}\b/g,
  /\d{4}-\d\d-\d\dT[\d:.]+Z/g,
  // What is typed as it stands, and the name of whoever signs in with a desk's first link.
  /\bgongjo [a-z-]+( --[a-z-]+)*/g,
  /\bduty officer\b/g,
  // Assets, markings, time zones, formats.
  /\b(KRWT|USDG|ETH|Anvil)\b/g,
  /\bTLP:(CLEAR|GREEN|AMBER(\+STRICT)?|RED)\b/g,
  /\b(KST|EST|EDT|UTC|GMT)\b/g,
  /\b(CSV|SHA-256|STIX|TAXII|FIFO|TLP|JSON-RPC|EVM|ID)\b/g,
];

/** Words that are left over in the other language's letters. */
export function untranslated(words: readonly string[], language: Language): string[] {
  if (language === 'en') return words.filter((word) => /\p{Script=Hangul}/u.test(word));
  return words.filter((word) =>
    /[A-Za-z]{2,}/.test(allowed.reduce((text, pattern) => text.replace(pattern, ' '), word)),
  );
}
