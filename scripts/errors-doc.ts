import { writeFileSync } from 'node:fs';
import { problems } from '@gongjo/contract';

/** Writes `docs/errors.md` from the catalogue: `node scripts/errors-doc.ts`. A test holds the two together. */
export const errorsDocFile = 'docs/errors.md';

const head = `# Errors

Every error that a person or a program can meet, in both languages. This page is made from
\`packages/contract/src/problems.ts\` by \`npm run docs:errors\`; a test holds the two together.

Over HTTP an error is \`application/problem+json\` with the HTTP status below and a body of the shape \`zProblem\`:
\`{ code, status, text: { en, ko }, hint: { en, ko } }\`. TAXII wraps the same in its own error message
([sharing.md](sharing.md)). The command line prints text and hint on standard error, with \`--json\` as one line
\`{"problem": …}\`; its exit codes are in [cli.md](cli.md). The code is stable, the words are not. Words in braces are filled in.
`;

export function errorsDoc(): string {
  const rows = Object.entries(problems).map(([code, { status, text, hint }]) => [
    `<a id="${code}"></a>\`${code}\``,
    String(status),
    `${cell(text.en)}<br>${cell(text.ko)}`,
    `${cell(hint.en)}<br>${cell(hint.ko)}`,
  ]);
  const table = [['Code', 'Status', 'What is wrong', 'What to do'], ['---', '---', '---', '---'], ...rows];
  return `${head}\n${table.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

if (import.meta.main) writeFileSync(errorsDocFile, errorsDoc());
