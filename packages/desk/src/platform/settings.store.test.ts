import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { zDeskId } from '@gongjo/contract';
import { z } from 'zod';
import { GongjoError } from '../kernel/index.ts';
import { keepIdentity, readIdentity, readSettings, readYaml } from './settings.store.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-settings-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
function fileOf(text: string): string {
  files += 1;
  const file = path.join(folder, `${files}.yaml`);
  writeFileSync(file, text);
  return file;
}
const fails = (code: string, pattern: RegExp, work: () => unknown) =>
  assert.throws(work, (thrown) => {
    assert.ok(thrown instanceof GongjoError, String(thrown));
    assert.equal(thrown.code, code);
    assert.match(`${thrown.problem.text.en} ${thrown.problem.hint.en}`, pattern);
    return true;
  });

describe('settings', () => {
  test('have defaults', () => {
    assert.deepEqual(readSettings({}, {}), {
      data: 'gongjo-data',
      listen: { host: '127.0.0.1', port: 4500 },
      chains: [],
      tags: [],
      directory: [],
      communities: [],
      trust: [],
      quotas: {},
      feeds: [],
      letters: {},
      holds: { approvals: 1, acknowledgeHours: 24, warnHours: [72, 24, 6], days: 30, fileBytes: 16 * 1024 * 1024 },
      people: { sessionHours: 12, idleMinutes: 60 },
    });
  });

  test('come from the command line, else the environment, else the file, setting by setting', () => {
    const config = fileOf(
      'listen: { host: 10.0.0.1, port: 1 }\nurl: https://file.example\nrecords: { url: postgres://file }',
    );
    const env = { GONGJO_PORT: '2', GONGJO_HOST: '10.0.0.2', GONGJO_RECORDS_URL: 'postgres://environment' };
    assert.deepEqual(readSettings({ config }, {}).listen, { host: '10.0.0.1', port: 1 });
    assert.deepEqual(readSettings({ config }, env).listen, { host: '10.0.0.2', port: 2 });
    const settings = readSettings({ config, listen: { port: 3, host: undefined }, url: undefined }, env);
    assert.deepEqual(settings.listen, { host: '10.0.0.2', port: 3 });
    assert.equal(settings.url, 'https://file.example');
    assert.equal(settings.records?.url, 'postgres://environment');
  });

  test('name their file on the command line or in the environment', () => {
    const [one, two] = [fileOf('data: one'), fileOf('data: two')];
    assert.equal(readSettings({}, { GONGJO_CONFIG: one }).data, path.join(folder, 'one'));
    assert.equal(readSettings({ config: two }, { GONGJO_CONFIG: one }).data, path.join(folder, 'two'));
  });

  test('paths in a file are relative to the file, others are as they are given', () => {
    const config = fileOf('data: d\ntags: [t.yaml, /abs/t.yaml]\ndirectory: [sub/d.yaml]');
    const settings = readSettings({ config }, {});
    assert.deepEqual(
      [settings.data, settings.tags, settings.directory],
      [path.join(folder, 'd'), [path.join(folder, 't.yaml'), '/abs/t.yaml'], [path.join(folder, 'sub/d.yaml')]],
    );
    assert.equal(readSettings({ data: 'given' }, {}).data, 'given');
  });

  test('an empty file says nothing', () => {
    assert.deepEqual(readSettings({ config: fileOf('') }, {}), readSettings({}, {}));
  });

  for (const [name, flags, pattern] of [
    ['a port that is none', { listen: { port: 70_000 } }, /listen\.port/],
    ['a port that is no number', { listen: { port: Number('x') } }, /listen\.port/],
    ['a url that is no http', { url: 'ftp://x' }, /url.*http/],
    ['a database of another kind', { records: { url: 'mysql://x' } }, /records\.url.*postgresql/],
    ['a country in words', { desk: { id: 'seoul', name: { en: 'S', ko: 'S' }, country: 'Korea' } }, /desk\.country/],
    [
      'a time zone that is none',
      { desk: { id: 's1', name: { en: 'S', ko: 'S' }, country: 'KR', timeZone: 'KST9' } },
      /timeZone/,
    ],
    ['an empty data folder', { data: '' }, /data/],
  ] as const)
    test(`${name} is refused by the name of the setting`, () => {
      fails('settings-invalid', pattern, () => readSettings(flags, {}));
    });

  for (const [name, env] of [
    ['an empty port', { GONGJO_PORT: '' }],
    ['a port in words', { GONGJO_PORT: 'http' }],
    ['half a port', { GONGJO_PORT: '1.5' }],
  ] as const)
    test(`${name} in the environment is refused`, () => {
      fails('settings-invalid', /listen\.port/, () => readSettings({}, env));
    });

  test('a setting that does not exist is refused, with the file', () => {
    const config = fileOf('prot: 1');
    fails('settings-invalid', new RegExp(path.basename(config)), () => readSettings({ config }, {}));
  });

  for (const [name, text] of [
    ['no YAML', 'a: [1'],
    ['a list', '- a'],
    ['a text', 'hello'],
    ['anchors that repeat themselves', 'a: &a [1]\nb: [*a, *a]'],
    ['a key twice', 'data: a\ndata: b'],
    ['too large', `data: ${'x'.repeat(1_000_001)}`],
  ] as const)
    test(`a file that is ${name} is refused by its name`, () => {
      const config = fileOf(text);
      fails('settings-unreadable', new RegExp(path.basename(config)), () => readSettings({ config }, {}));
    });

  test('a file that is not there is refused by its name', () => {
    fails('settings-unreadable', /nowhere\.yaml/, () =>
      readSettings({ config: path.join(folder, 'nowhere.yaml') }, {}),
    );
  });

  test('lists of tags may be larger than settings', () => {
    const file = fileOf(`tags: [${'"x", '.repeat(300_000)}]`);
    assert.equal(readYaml(file, z.object({ tags: z.array(z.string()) })).tags.length, 300_000);
    fails('settings-unreadable', /larger/, () => readYaml(fileOf(' '.repeat(32_000_001)), z.unknown()));
  });
});

describe('who the desk is', () => {
  const seoul = {
    id: zDeskId.parse('seoul'),
    name: { en: 'Seoul', ko: '서울' },
    country: 'KR',
    timeZone: 'Asia/Seoul',
  };
  const newFolder = () => mkdtempSync(path.join(folder, 'data-'));

  test('is kept in the data folder', async () => {
    const data = newFolder();
    assert.equal(readIdentity(data), null);
    await keepIdentity(data, seoul, 'https://seoul.example');
    assert.deepEqual(readIdentity(data), { ...seoul, url: 'https://seoul.example' });
  });

  test('may change its name, but not its identifier', async () => {
    const data = newFolder();
    await keepIdentity(data, seoul, 'https://seoul.example');
    await keepIdentity(data, { ...seoul, country: 'US' }, 'https://seoul.example');
    assert.equal(readIdentity(data)?.country, 'US');
    const kept = readFileSync(path.join(data, 'desk.json'), 'utf8');
    await assert.rejects(
      keepIdentity(data, { ...seoul, id: zDeskId.parse('washington') }, 'https://x.example'),
      (thrown) => thrown instanceof GongjoError && thrown.code === 'desk-changed',
    );
    assert.equal(readFileSync(path.join(data, 'desk.json'), 'utf8'), kept);
  });

  for (const text of ['', '{', '{"id":"S"}', 'null'])
    test(`that is ${JSON.stringify(text)} is damage that is told`, () => {
      const data = newFolder();
      writeFileSync(path.join(data, 'desk.json'), text);
      fails('data-folder-corrupt', /desk\.json/, () => readIdentity(data));
    });
});
