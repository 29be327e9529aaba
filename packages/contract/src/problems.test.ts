import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { errorsDoc, errorsDocFile } from '../../../scripts/errors-doc.ts';
import { problem, problems, zProblem } from './problems.ts';
import { placeholdersOf } from './text.fixture.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const entries = Object.entries(problems);

describe('the catalogue of problems', () => {
  test('is in docs/errors.md, and nothing else is', () => {
    const written = readFileSync(path.join(root, errorsDocFile), 'utf8');
    assert.equal(loose(written), loose(errorsDoc()), 'run: npm run docs:errors');
  });

  test('gives each code a status that says an error', () => {
    for (const [code, { status }] of entries) {
      assert.match(code, /^[a-z]+(-[a-z]+)*$/);
      assert.ok(status >= 400 && status <= 599, code);
    }
  });

  test('is complete in both languages', () => {
    for (const [code, { text, hint }] of entries) {
      for (const { en, ko } of [text, hint]) {
        assert.match(ko, /\p{Script=Hangul}/u, `${code}: Korean`);
        assert.doesNotMatch(en, /\p{Script=Hangul}/u, `${code}: English`);
        assert.match(en, /[A-Za-z]/, code);
      }
    }
  });

  test('names the same values in both languages', () => {
    for (const [code, { text, hint }] of entries) {
      assert.deepEqual(placeholdersOf(text.ko), placeholdersOf(text.en), `${code}: text`);
      assert.deepEqual(placeholdersOf(hint.ko), placeholdersOf(hint.en), `${code}: hint`);
    }
  });

  test('holds no code that product code does not use', () => {
    const code = globSync('packages/{desk,demo,web}/src/**/*.{ts,tsx}', { cwd: root })
      .filter((file) => !/\.(test|fixture)\.tsx?$/.test(file))
      .map((file) => readFileSync(path.join(root, file), 'utf8'))
      .join('\n');
    const unused = entries.map(([it]) => it).filter((it) => !thrown(it).test(code));
    assert.deepEqual(unused, []);
  });

  test('fills in values, and gives what the wire carries', () => {
    const made = problem('partner-unknown', { desk: 'busan' });
    assert.deepEqual(zProblem.parse(made), made);
    assert.equal(made.text.en, 'Desk "busan" is not a partner of this desk.');
  });
});

/** The code where it is made into a problem, not where it is only compared with. */
function thrown(code: string): RegExp {
  return new RegExp(`(GongjoError|[a-z]\\w*)\\(\\s*'${code}'`);
}

/** Without what formatting a table adds. */
function loose(markdown: string): string {
  return markdown.replace(/-{3,}/g, '---').replace(/[ \t]+/g, ' ');
}
