import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { peopleTerms, rightObjects, rightParts, rights, roles } from '@gongjo/contract';
import { needs } from '../packages/desk/src/http/index.ts';
import { loadPeoplePolicies, mayAct } from '../packages/desk/src/policy/index.ts';

/** Writes the table role × right into `docs/people.md`: `node scripts/rights-doc.ts`. A test holds the two together. */
export const rightsDocFile = 'docs/people.md';
const root = path.resolve(import.meta.dirname, '..');
const begin = '<!-- rights:begin -->';
const end = '<!-- rights:end -->';

/** The default edition, as a table: a row for each right, a column for each role, and the routes that ask for it. */
export function rightsTable(): string {
  const text = readFileSync(path.join(root, 'packages/desk/policies/people.cedar'), 'utf8');
  const { policies } = loadPeoplePolicies(text);
  const may = (role: (typeof roles)[number], right: (typeof rights)[number]) =>
    mayAct(policies, { roles: [role], clearance: 'red' }, right).allowed;
  const head = ['Right', 'What · 권한', ...roles.map((role) => `${role} · ${peopleTerms.role[role].ko}`), 'Routes'];
  const rows = rightObjects
    .flatMap((object) => rights.filter((right) => rightParts(right).object === object))
    .map((right) => {
      const { object, action } = rightParts(right);
      const words = (['en', 'ko'] as const).map(
        (language) => `${peopleTerms.rightObject[object][language]}: ${peopleTerms.rightAction[action][language]}`,
      );
      const routes = Object.entries(needs).filter(([, need]) => need === right).length;
      return [
        `\`${right}\``,
        words.join('<br>'),
        ...roles.map((role) => (may(role, right) ? 'yes' : '')),
        String(routes),
      ];
    });
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** The page with the table in its place. */
export function withRights(page: string): string {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${rightsDocFile} has no place for the table`);
  return `${before}${begin}\n${rightsTable()}\n${end}${after}`;
}

if (import.meta.main) {
  const file = path.join(root, rightsDocFile);
  writeFileSync(file, withRights(readFileSync(file, 'utf8')));
}
