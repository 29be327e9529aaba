import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { languages, type Problem, type ProblemCode, zProblem } from '@gongjo/contract';
import { z } from 'zod';
import { gongjo } from './theatre.fixture.ts';

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command has this long; opening a data folder takes a second or two. */
const commandMsMax = 60_000;

/** Runs one command of the real program to its end. Neither language nor settings come from this machine's environment. */
export function run(...args: readonly string[]): Promise<Said> {
  const [program, ...first] = gongjo;
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, NODE_COMPILE_CACHE, LANG: 'C.UTF-8' };
  return new Promise((resolve) => {
    execFile(program, [...first, ...args], { env, timeout: commandMsMax }, (error, stdout, stderr) => {
      // A string or null is the system's: the program was not found, or a signal ended it.
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
  });
}

/**
 * The command fails with this exit code and this problem: as JSON on standard error with nothing on standard output, and
 * in either language as one sentence that says what is wrong and one that says what to do. `plain`: where a person meets
 * the same problem by another command. Commands that open a data folder themselves take turns.
 */
export async function refuses(
  args: readonly string[],
  exitCode: number,
  code: ProblemCode,
  { plain = args, inTurn = false }: { readonly plain?: readonly string[]; readonly inTurn?: boolean } = {},
): Promise<Problem> {
  const asked = [
    () => run(...args, '--json'),
    ...languages.map((language) => () => run(...plain, '--lang', language)),
  ] as const;
  const said: Said[] = [];
  if (inTurn) for (const ask of asked) said.push(await ask());
  else said.push(...(await Promise.all(asked.map((ask) => ask()))));

  const [json, ...inLanguages] = said;
  const problem = problemIn(json ?? assert.fail());
  assert.equal(problem.code, code, problem.text.en);
  readable(problem);
  for (const one of said) assert.deepEqual([one.code, one.stdout], [exitCode, ''], one.stderr);
  for (const [index, language] of languages.entries()) {
    const lines = inLanguages[index]?.stderr.trimEnd().split('\n').slice(-2);
    assert.deepEqual(lines, [problem.text[language], problem.hint[language]]);
  }
  return problem;
}

/** The last line on standard error, where a failing command says why; a desk's log, or a store's own words, may stand before. */
export function problemIn({ stderr }: Said): Problem {
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return z.object({ problem: zProblem }).parse(JSON.parse(last)).problem;
}

/** Sentences for people: filled in, on one line, without the insides of the program. */
export function readable({ text, hint }: Problem): void {
  for (const sentence of [text.en, text.ko, hint.en, hint.ko])
    assert.doesNotMatch(sentence, /\{\w+\}|\n|undefined|\[object|node_modules| at \S+ \(/, sentence);
  assert.match(text.ko, /\p{Script=Hangul}/u);
  assert.match(hint.ko, /\p{Script=Hangul}/u);
}

/** Every file below a folder by what is in it. Left out: what a process keeps there only while it runs. */
export async function contentsOf(folder: string): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(entry.parentPath, entry.name));
    if (!entry.isFile() || /^(desk\.lock|desk\.sock|ledger-spool|records\/postmaster\.)/.test(path)) continue;
    contents.set(
      path,
      createHash('sha256')
        .update(await readFile(join(folder, path)))
        .digest('hex'),
    );
  }
  return contents;
}

export function copyOf(folder: string, copy: string): Promise<void> {
  return cp(folder, copy, { recursive: true, verbatimSymlinks: true });
}
