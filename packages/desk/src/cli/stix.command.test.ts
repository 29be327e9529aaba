import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { CliHost } from './host.ts';
import { runCli } from './program.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'gongjo-stix-'));
after(() => rmSync(folder, { recursive: true }));

const at = '2026-03-01T00:00:00.000Z';
const id = 'identity--58b77a17-364f-4ccb-91a4-4c9acefbef79';
const good = { type: 'identity', spec_version: '2.1', id, created: at, modified: at, name: 'A' };
const bundle = (...objects: unknown[]) => ({ type: 'bundle', id: id.replace('identity', 'bundle'), objects });

function file(name: string, content: unknown): string {
  const made = path.join(folder, name);
  writeFileSync(made, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return made;
}

async function run(...argv: string[]) {
  const said = { out: '', err: '' };
  const never = () => Promise.reject(new Error('no desk is needed'));
  const host: CliHost = {
    version: '0',
    env: {},
    signal: new AbortController().signal,
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    open: never,
    up: never,
    demo: never,
  };
  const code = await runCli(['stix', 'validate', ...argv], host);
  return { code, ...said };
}

const sound: [what: string, content: unknown, objects: number][] = [
  ['a bundle', bundle(good), 1],
  ['an envelope', { more: false, objects: [good] }, 1],
  ['a list of objects', [good], 1],
  ['one object', good, 1],
  ['an empty envelope', {}, 0],
];
for (const [what, content, objects] of sound) {
  test(`valid: ${what}`, async () => {
    const name = file('sound.json', content);
    const { code, out, err } = await run(name, '--json');
    assert.deepEqual([code, err], [0, '']);
    assert.deepEqual(JSON.parse(out), {
      files: [{ file: name, valid: true, objects, findings: [], rejected: [], notes: [] }],
    });
  });
}

test('findings of each object with their path, beside the sound objects; exit 1', async () => {
  const name = file('bad.json', bundle(good, { ...good, id: 'x' }, { ...good, name: undefined, labels: [] }));
  const { code, out } = await run(name, '--json');
  assert.equal(code, 1);
  const [report] = JSON.parse(out).files;
  assert.equal(report.objects, 1);
  assert.deepEqual(
    report.rejected.map((it: { index: number; id: string }) => [it.index, it.id]),
    [
      [1, null],
      [2, id],
    ],
  );
  assert.deepEqual(report.rejected[1].findings, [
    { path: '/objects/2/labels', detail: 'an empty list' },
    { path: '/objects/2/name', detail: 'missing' },
  ]);
  const human = await run(name);
  assert.match(human.out, /1 objects valid, 2 not\n(.*\n)*.*\/objects\/2\/name: missing/);
});

test('an identifier of another making is a note, and the file is valid', async () => {
  const name = file('note.json', {
    type: 'domain-name',
    id: id.replace('identity', 'domain-name'),
    value: 'example.com',
  });
  const { code, out } = await run(name);
  assert.equal(code, 0);
  assert.match(out, /domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7/);
});

const refused: [what: string, content: unknown, said: RegExp][] = [
  ['no JSON', 'garbage', /cannot be read as STIX: .*garbage/],
  ['bytes that are no text', Buffer.from([0x22, 0xff, 0x22]), /cannot be read as STIX: .*utf-8/],
  ['half of a file', JSON.stringify(bundle(good)).slice(0, 80), /cannot be read as STIX/],
  ['an abyss of lists', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, /nested deeper than 32/],
  ['a number', '1', /neither a STIX bundle/],
  ['STIX 2.0', { ...bundle(good), spec_version: '2.0' }, /STIX 2\.0; only STIX 2\.1 is read/],
  ['one object of STIX 2.0', { ...good, spec_version: '2.0' }, /STIX 2\.0; only STIX 2\.1 is read/],
];
for (const [what, content, said] of refused) {
  test(`refused, and the next file is read all the same: ${what}`, async () => {
    const { code, out, err } = await run(file('refused.json', content), file('next.json', good));
    assert.equal(code, 1);
    assert.match(out + err, said);
    assert.match(out, /next\.json: 1 objects, all valid/);
  });
}

test('a file that is not there is a problem with its code; no file at all is wrong usage', async () => {
  const missing = await run(path.join(folder, 'nothing.json'), '--json');
  assert.equal(missing.code, 1);
  assert.equal(JSON.parse(missing.out).files[0].problem.code, 'stix-file-unreadable');
  assert.equal((await run()).code, 2);
});

test('what a file says cannot drive the terminal', async () => {
  const { out } = await run(file('esc.json', { ...good, '\u001b[2J': 1 }));
  assert.ok(!out.includes('\u001b'));
});

test('Korean', async () => {
  const { out } = await run(file('ko.json', good), '--lang', 'ko');
  assert.match(out, /객체 1개 모두 유효/);
});
