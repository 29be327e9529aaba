import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  type MustKnow,
  zChannelBetween,
  zDirectorySummary,
  zDutyAnswer,
  zMustKnow,
  zNameFound,
  zProblem,
} from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { type Door, runCli } from '../cli/index.ts';
import { buildApp } from '../http/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { readSettings, silentLog, systemClock, systemRandom } from '../platform/index.ts';
import { type Desk, openDesk } from './desk.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-directory-'));
const data = path.join(folder, 'data');
let desk: Desk;
let folderDoor: FastifyInstance;
let network: FastifyInstance;
before(async () => {
  mkdirSync(data);
  const settings = readSettings({ data }, {});
  desk = await openDesk(settings, { clock: systemClock, random: systemRandom, log: silentLog, version: '0' });
  folderDoor = await buildApp(desk.http, 'folder');
  network = await buildApp(desk.http, 'network');
});
after(async () => {
  await Promise.all([folderDoor?.close(), network?.close()]);
  await desk?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The desk as its command line reaches it; opening a folder anew for every command would take most of the time. */
const door: Door = {
  call: async (method, url, body) => {
    const response = await folderDoor.inject({
      method,
      url,
      ...(body === undefined ? {} : { payload: body as object }),
    });
    if (response.statusCode >= 400) throw GongjoError.of(zProblem.parse(response.json()));
    return response.json();
  },
  lines: () => {
    throw new Error('not asked');
  },
  close: async () => undefined,
};
const file = (name: string, content: unknown) => {
  writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return path.join(folder, name);
};
const said = { source: 'the agency itself', certainty: 'verified', asOf: '2026-11-28' };
/** An agency as it fills in its own entry. */
const own = (to: string) => ({
  agencies: [
    {
      ...{ ...said, id: 'kr-kofiu', name: { en: 'Korea Financial Intelligence Unit', ko: '금융정보분석원' } },
      ...{ country: 'KR', functions: ['fiu'], parent: 'kr-fsc', desk: 'kofiu', publish: true },
      duty: {
        ...said,
        timeZone: 'Asia/Seoul',
        always: true,
        contacts: [{ id: 'mail', role: 'duty-officer', channel: 'email', to }],
      },
    },
  ],
});

/** Runs a command as a person does. */
async function gongjo(...argv: string[]) {
  let out = '';
  let err = '';
  const code = await runCli([...argv, '--data', data], {
    version: '0',
    env: {},
    signal: new AbortController().signal,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    open: async () => door,
    up: () => Promise.reject(new Error('not asked')),
    demo: () => Promise.reject(new Error('not asked')),
  });
  return { code, out, err, json: () => JSON.parse(out) };
}

describe('gongjo directory', () => {
  test('lists, shows and finds what ships', async () => {
    const listed = await gongjo(
      'directory',
      'list',
      'agencies',
      '--country',
      'KR',
      '--function',
      'fiu',
      '--lang',
      'ko',
    );
    assert.match(listed.out, /kr-kofiu +금융정보분석원 +KR +금융정보분석기구, 가상자산사업자 감독 +확인됨 +2026-11-28/);
    assert.doesNotMatch(listed.out, /us-fincen/);
    assert.equal((await gongjo('directory', 'show', 'upbit', '--json')).json().found[0].entry.name.ko, '업비트');
    const missing = await gongjo('directory', 'show', 'nobody');
    assert.deepEqual([missing.code, missing.out], [1, '']);
    const found = (await gongjo('directory', 'find', 'gopakseu', '--json'))
      .json()
      .found.map((it: unknown) => zNameFound.parse(it));
    assert.deepEqual(
      found.map(({ id, match }: { id: string; match: string }) => [id, match]),
      [['gopax', 'romanised']],
    );
  });

  test('says who must know and who is there, at the hour asked', async () => {
    const asked = [
      'directory',
      'who',
      'theft',
      '--country',
      'KR',
      '--country',
      'US',
      '--at',
      '2025-11-27T04:42:00+09:00',
    ];
    const { agencies } = (await gongjo(...asked, '--json')).json() as { agencies: unknown[] };
    const told: MustKnow[] = agencies.map((it) => zMustKnow.parse(it));
    const fss = told.find(({ agency }) => agency === 'kr-fss')!;
    assert.deepEqual([fss.duty.onDuty, fss.duty.next], [false, '2025-11-27T00:00:00.000Z']);
    assert.match(
      (await gongjo(...asked)).out,
      /us-fbi +Federal Bureau of Investigation +On duty until 2025-11-26T22:00:00\.000Z +no contact filled in/,
    );
    const duty = (await gongjo('directory', 'duty', 'kr-fsc', '--at', '2026-02-17T10:00:00+09:00', '--json')).json();
    assert.equal(zDutyAnswer.parse(duty).holiday?.ko, '설날');
    assert.match(
      (await gongjo('directory', 'duty', 'kr-fsc', '--at', '2026-02-17T10:00:00+09:00')).out,
      /Closed for a holiday \(Seollal\); next from 2026-02-19T00/,
    );
    const wrong = await gongjo('directory', 'who', 'theft', '--country', 'KR', '--at', 'yesterday');
    assert.equal(wrong.code, 2);
  });

  test('says of every agency at once who is there', async () => {
    const at = '2025-11-26T20:00:00.000Z';
    const all = await folderDoor.inject({ method: 'GET', url: `/api/directory/duty?at=${at}` });
    const { agencies } = all.json<{ agencies: { agency: string }[] }>();
    assert.ok(agencies.length > 20, `${agencies.length}`);
    for (const { agency, ...duty } of agencies.slice(0, 3)) {
      const one = await folderDoor.inject({ method: 'GET', url: `/api/directory/duty/${agency}?at=${at}` });
      assert.deepEqual(zDutyAnswer.parse(one.json()), zDutyAnswer.parse(duty), agency);
    }
    const refused = await folderDoor.inject({ method: 'GET', url: '/api/directory/duty?at=yesterday' });
    assert.equal(refused.statusCode, 400);
  });

  test('says what may go between two countries', async () => {
    const { channels } = (await gongjo('directory', 'channels', 'KR', 'US', '--carries', 'evidence', '--json')).json();
    assert.deepEqual(
      channels
        .map((it: unknown) => zChannelBetween.parse(it))
        .map((it: { channel: { id: string }; usable: string }) => [it.channel.id, it.usable]),
      [
        ['us-kr-mlat', 'yes'],
        ['budapest', 'no'],
      ],
    );
    assert.match((await gongjo('directory', 'channels', 'KR', 'US', '--lang', 'ko')).out, /이용 불가 +budapest/);
  });

  test('checks a file, tells every finding in the reader’s language, and takes only what is valid', async () => {
    const bad = file('bad.yaml', 'agencies:\n  - id: kr-kofiu\n');
    const checked = await gongjo('directory', 'validate', bad, '--lang', 'ko');
    assert.equal(checked.code, 1);
    assert.match(checked.out, /오류: \d+건/);
    assert.match(checked.out, /agencies\.0\.functions/);
    const put = await gongjo('directory', 'put', bad);
    assert.deepEqual([put.code, put.out], [1, '']);
    assert.match(put.err, /The directory is not valid, in bad\.yaml at agencies\.0\./);
    const good = file('kofiu.yaml', own('duty@example.org'));
    assert.match((await gongjo('directory', 'validate', good)).out, /Valid\./);
    const summary = zDirectorySummary.parse((await gongjo('directory', 'put', good, '--json')).json());
    assert.deepEqual(summary.files.at(-1), { name: 'kofiu.yaml', origin: 'own' });
    const shown = (await gongjo('directory', 'export', '--json')).json();
    assert.deepEqual(
      shown.agencies.map(({ id }: { id: string }) => id),
      ['kr-kofiu'],
    );
    const stix = (await gongjo('directory', 'export', '--stix')).out;
    assert.match(stix, /"contact_information": "duty-officer email: duty@example\.org"/);
    await gongjo('directory', 'remove', 'kofiu.yaml');
    assert.deepEqual((await gongjo('directory', 'export', '--json')).json().agencies, []);
  });
});

describe('a running desk', () => {
  test('sees a file edited by hand after a reload, without a restart, and keeps what it had where the file is not valid', async () => {
    const at = path.join(data, 'directory');
    mkdirSync(at, { recursive: true });
    const contactOf = () => desk.http.directory.book.agencies.get('kr-kofiu')?.duty?.contacts[0]?.to;
    assert.equal(contactOf(), undefined);
    writeFileSync(path.join(at, 'kofiu.yaml'), JSON.stringify(own('one@example.org')));
    const reload = () => folderDoor.inject({ method: 'POST', url: '/api/directory/reload' });
    assert.equal((await reload()).statusCode, 200);
    assert.equal(contactOf(), 'one@example.org');
    writeFileSync(path.join(at, 'kofiu.yaml'), 'agencies: 1');
    const refused = await reload();
    assert.deepEqual([refused.statusCode, refused.json().code], [400, 'directory-invalid']);
    assert.equal(contactOf(), 'one@example.org');
  });

  test('asks a person to sign in, and lets only the operator change it', async () => {
    for (const url of ['/api/directory', '/api/directory/who?kind=theft&countries=KR', '/api/directory/published'])
      assert.equal((await network.inject({ method: 'GET', url, headers: { host: '127.0.0.1' } })).statusCode, 401);
    const written = await network.inject({
      method: 'POST',
      url: '/api/directory/files',
      headers: { host: '127.0.0.1' },
      payload: { name: 'a.yaml', text: '' },
    });
    assert.equal(written.statusCode, 401);
  });

  test('refuses what is no country, no kind and no time', async () => {
    for (const query of [
      'kind=theft&countries=Korea',
      'kind=murder&countries=KR',
      'kind=theft&countries=KR&at=now',
      'kind=theft',
    ])
      assert.equal(
        (await folderDoor.inject({ method: 'GET', url: `/api/directory/who?${query}` })).statusCode,
        400,
        query,
      );
  });
});

test('a desk does not start with a directory that is not valid, and says where', async () => {
  const at = path.join(folder, 'broken/directory');
  mkdirSync(at, { recursive: true });
  writeFileSync(path.join(at, 'a.yaml'), 'agencies: [{ id: X }]');
  const settings = readSettings({ data: path.join(folder, 'broken') }, {});
  await assert.rejects(openDesk(settings, { clock: systemClock, random: systemRandom, log: silentLog, version: '0' }), {
    code: 'directory-invalid',
    message: /in a\.yaml at agencies\.0/,
  });
});
