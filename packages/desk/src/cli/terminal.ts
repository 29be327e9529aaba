import { fill, type Language, type Problem } from '@gongjo/contract';
import type { CliHost } from './host.ts';
import { type TextKey, texts } from './texts.ts';

/** Where results, progress and problems go: results on standard output, everything else on standard error. */
export interface Terminal {
  readonly language: Language;
  readonly json: boolean;
  say(key: TextKey, values?: Readonly<Record<string, string | number>>): string;
  /** The result: as JSON, or as the text that `human` makes of it. */
  result(value: unknown, human: () => string): void;
  note(text: string): void;
  problem(problem: Problem): void;
}

export function createTerminal(host: Pick<CliHost, 'out' | 'err'>, language: Language, json: boolean): Terminal {
  return {
    language,
    json,
    say: (key, values = {}) => fill(texts[key][language], values),
    result: (value, human) => host.out(json ? `${JSON.stringify(value)}\n` : `${human()}\n`),
    note: (text) => host.err(`${text}\n`),
    problem: (problem) =>
      host.err(json ? `${JSON.stringify({ problem })}\n` : `${problem.text[language]}\n${problem.hint[language]}\n`),
  };
}

/** What a partner, a chain or a file brought is shown without control characters, with which it could drive a terminal. */
export function plain(text: string): string {
  return text.replace(/\p{C}/gu, '�');
}

/** As much of a text as fits a column; the whole is in --json. */
const columnCharsMax = 160;

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, columnCharsMax);
}

/** Rows in aligned columns. Hangul takes two cells on a terminal. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((row) => row.map(plain));
  const widths = head.map((_, column) => Math.max(...all.map((row) => cells(row[column] ?? ''))));
  return all
    .map((row) =>
      row
        .map((text, column) => text + ' '.repeat((widths[column] ?? 0) - cells(text)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cells(text: string): number {
  let count = 0;
  for (const char of text)
    count += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(char) ? 2 : 1;
  return count;
}
