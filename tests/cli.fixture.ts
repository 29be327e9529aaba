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
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8' };
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
 * in either language as one sentence that says what is wrong and one that says what to do.
 */
export async function refuses(args: readonly string[], exitCode: number, code: ProblemCode): Promise<Problem> {
  const json = await run(...args, '--json');
  const problem = problemIn(json);
  assert.equal(problem.code, code, problem.text.en);
  assert.equal(json.code, exitCode, json.stderr);
  assert.equal(json.stdout, '');
  for (const language of languages) {
    const plain = await run(...args, '--lang', language);
    assert.equal(plain.code, exitCode, plain.stderr);
    assert.equal(plain.stdout, '');
    const lines = plain.stderr
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('{'));
    assert.deepEqual(lines, [problem.text[language], problem.hint[language]]);
  }
  readable(problem);
  return problem;
}

/** The last line on standard error, where a failing command says why; every line there is JSON. */
export function problemIn({ stderr }: Said): Problem {
  const lines = stderr
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  return z.object({ problem: zProblem }).parse(lines.at(-1)).problem;
}

/** Sentences for people: filled in, on one line, without the insides of the program. */
export function readable({ text, hint }: Problem): void {
  for (const sentence of [text.en, text.ko, hint.en, hint.ko])
    assert.doesNotMatch(sentence, /\{\w+\}|\n|undefined|\[object|node_modules|\bat \S+:\d+/, sentence);
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
