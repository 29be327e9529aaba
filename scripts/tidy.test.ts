import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';

/** What may not be in this repository, and what to do instead. Looks at files that git tracks or would track. */
const root = path.resolve(import.meta.dirname, '..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(root, file)));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const isText = (file: string) => !/\.(png|jpg|woff2?|ico|wasm|gz|bin)$/.test(file);
const texts = files.filter((file) => isText(file) && file !== 'package-lock.json');
const self = 'scripts/tidy.test.ts';

/** A test, what only tests use, and measurements. */
const isTest = (file: string) => /\.(test|fixture|bench)\.tsx?$/.test(file);
const product = files.filter((file) => /^packages\/[^/]+\/src\/.*\.(ts|tsx|css)$/.test(file) && !isTest(file));

/** The larger a file, the more reasons it has to change. A catalogue is a list with one reason, however long. */
const linesMax = 400;
const mayBeLong = new Set(['packages/contract/src/problems.ts']);

/** Files that hold texts of people, and those that have to speak before any catalogue is there. */
const mayHoldHangul = [
  /^docs\/|^README\.md$/,
  /\.(test|fixture)\.tsx?$|^tests\/|^scripts\//,
  /^packages\/demo\//, // the play: names and sentences are its data
  /^packages\/contract\/src\/(problems|(\w+-)*terms)\.ts$/,
  /^packages\/desk\/policies\//,
  /^packages\/desk\/letters\//, // templates of letters: sentences are their data
  /^packages\/desk\/directory\//, // the shipped directory: names are its data
  /^packages\/desk\/src\/policy\/reasons\.ts$/, // reasons that no policy file gives
  /\/texts(\.ts|\/)/,
  /^packages\/desk\/bin\/gongjo\.js$/, // speaks where Node.js is too old to load a catalogue
  /^packages\/desk\/src\/main\/desk\.ts$/, // the name of a folder that is no desk yet
  /^packages\/web\/index\.html$/, // the title before the program is loaded
  /^packages\/web\/src\/mark\.svg$/, // the mark is a Hangul letter
  /^packages\/web\/src\/format\/(amount|time)\.ts$/, // units of number and time are part of the format
];

/** Modules that reach a disk, a network or another process. */
const reachesOut = /from '(node:(?:fs|fs\/promises|http|https|http2|net|tls|dgram|dns|child_process))'/g;
const mayReachOut = [
  // `isIP` reads a text; nothing is reached.
  /^packages\/desk\/src\/(http\/viewer|platform\/loopback)\.ts$/,
  /\.(store|client|routes)\.ts$/,
  /^packages\/desk\/src\/(cli|main)\//,
  /^packages\/demo\//,
];

/** What a machine or a person leaves behind. */
const machinePath = /(?<![\w.:/-])\/(?:home|root|Users|work|mnt|var\/folders)\/[\w.-]+/;

describe('tidy', () => {
  test('no folder is a drawer: name it by what it holds', () => {
    const drawers = files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|shared)\//.test(file));
    assert.deepEqual(drawers, []);
  });

  test(`no product file is longer than ${linesMax} lines: divide it by reasons to change`, () => {
    const long = product.filter((file) => !mayBeLong.has(file) && read(file).split('\n').length - 1 > linesMax);
    assert.deepEqual(long, []);
  });

  test('nothing is left for later: do it, or write it down in docs', () => {
    assert.deepEqual(linesWith(/\b(TODO|FIXME|XXX|HACK)\b/, texts), []);
  });

  test('no file names a place on one machine', () => {
    assert.deepEqual(linesWith(machinePath, texts), []);
  });

  test('packages come from wherever the reader’s npm fetches them', () => {
    const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { resolved?: string }> };
    const elsewhere = Object.values(lock.packages)
      .flatMap(({ resolved }) => resolved ?? [])
      .filter((resolved) => /^[a-z+]+:/.test(resolved));
    assert.deepEqual(elsewhere, []);
    assert.deepEqual(linesWith(/registry\s*=|https?:\/\/[\w.-]*(registry|artifactory|nexus)[\w.-]*/i, texts), []);
  });

  test('texts of people stand in catalogues', () => {
    const elsewhere = texts.filter((file) => !mayHoldHangul.some((it) => it.test(file)));
    assert.deepEqual(linesWith(/\p{Script=Hangul}/u, elsewhere), []);
  });

  test('only files named for it reach a disk, a network or another process', () => {
    const elsewhere = product.filter((file) => !mayReachOut.some((it) => it.test(file)));
    assert.deepEqual(linesWith(reachesOut, elsewhere), []);
  });

  test('the exceptions above are still needed', () => {
    assert.deepEqual(
      [...mayBeLong].filter((file) => read(file).split('\n').length - 1 <= linesMax),
      [],
    );
    const idle = mayHoldHangul.filter(
      (it) => !texts.some((file) => it.test(file) && /\p{Script=Hangul}/u.test(read(file))),
    );
    assert.deepEqual(idle, []);
  });
});

function linesWith(pattern: RegExp, among: readonly string[]): string[] {
  const found = new RegExp(pattern.source, pattern.flags.replace('g', ''));
  return among
    .filter((file) => file !== self)
    .flatMap((file) =>
      read(file)
        .split('\n')
        .flatMap((line, i) => (found.test(line) ? [`${file}:${i + 1}: ${line.trim().slice(0, 120)}`] : [])),
    );
}
