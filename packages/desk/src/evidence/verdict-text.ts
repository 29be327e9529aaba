import { type EvidenceVerdict, evidenceTerms, fill, type Language } from '@gongjo/contract';

/** A verdict for a person. What a package says is shown without control characters, with which it could drive a terminal. */
export function verdictText(verdict: EvidenceVerdict, language: Language): string {
  const { holds, package: made, damages, findings, omitted, checks, keys, notes, sha256 } = verdict;
  const say = (text: { readonly [key in Language]: string }, values: Readonly<Record<string, string | number>> = {}) =>
    fill(text[language], values).replace(/\p{C}/gu, '\ufffd');
  return [
    say(holds ? evidenceTerms.holds : evidenceTerms.broken),
    `SHA-256 ${sha256}`,
    ...(made
      ? [
          say(evidenceTerms.made, {
            incident: made.incident,
            madeBy: made.madeBy,
            desk: made.desk,
            madeAt: made.madeAt,
          }),
          `TLP:${made.tlp.toUpperCase()}`,
        ]
      : []),
    ...damages.map(({ kind, file, offset, at, found, expected }) => {
      const what = `✗ ${file === null ? '' : `${say({ en: file, ko: file })}: `}${say(evidenceTerms.damage[kind])}`;
      if (at === null) return what;
      const values = { file: file ?? '–', at, offset: offset ?? '–', found: byte(found), expected: byte(expected) };
      return `${what}: ${say(offset === null ? evidenceTerms.placeInContainer : evidenceTerms.place, values)}`;
    }),
    ...findings.map(
      ({ code, file, detail }) => `✗ ${say({ en: file, ko: file })}: ${say(evidenceTerms.finding[code], { detail })}`,
    ),
    ...(omitted > 0 ? [`✗ ${say(evidenceTerms.omitted, { count: omitted })}`] : []),
    ...checks.map(({ code, count }) => `✓ ${count} ${say(evidenceTerms.check[code])}`),
    ...keys.map(({ uses, ...key }) =>
      say(evidenceTerms.key, { ...key, uses: uses.map((it) => evidenceTerms.keyUse[it][language]).join(', ') }),
    ),
    ...notes.map(({ code, count }) => `· ${say(evidenceTerms.note[code], { count })}`),
  ].join('\n');
}

const byte = (value: number | null): string => (value === null ? '–' : `0x${value.toString(16).padStart(2, '0')}`);
