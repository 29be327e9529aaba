import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

/** `docs/dependencies.md` lists every direct dependency with the version and licence that are installed, and nothing else. */
const root = path.resolve(import.meta.dirname, '..');
const json = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

const manifests = ['package.json', ...globSync('packages/*/package.json', { cwd: root }).sort()];
const direct = new Map<string, string>(
  manifests
    .flatMap((file) => {
      const { dependencies = {}, devDependencies = {} } = json(file);
      return Object.entries<string>({ ...dependencies, ...devDependencies });
    })
    .filter(([name]) => !name.startsWith('@gongjo/')),
);

/** `| name | version | licence | …` */
const rows = readFileSync(path.join(root, 'docs/dependencies.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, name, version, licence] = line.split('|').map((it) => it.trim());
    return name?.startsWith('`') ? [{ name: name.replaceAll('`', ''), version, licence }] : [];
  })
  .sort((a, b) => (a.name < b.name ? -1 : 1));

test('every direct dependency is listed, with the installed version and licence', () => {
  const installed = [...direct.keys()].sort().map((name) => {
    const { version, license } = json(`node_modules/${name}/package.json`);
    return { name, version, licence: license };
  });
  assert.deepEqual(rows, installed);
});

test('every version is exact, and the same wherever it is asked for', () => {
  for (const file of manifests) {
    const { dependencies = {}, devDependencies = {} } = json(file);
    for (const [name, version] of Object.entries<string>({ ...dependencies, ...devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+(-r\.\d+)?$/, `${file}: ${name}`);
      if (direct.has(name)) assert.equal(version, direct.get(name), `${file}: ${name}`);
    }
  }
});
