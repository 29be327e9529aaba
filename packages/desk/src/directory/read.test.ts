import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { zProblem } from '@gongjo/contract';
import { readDirectoryFiles } from './directory.store.ts';
import { said } from './edition.fixture.ts';
import { openDirectory } from './open.ts';
import { readDirectory } from './read.ts';

const name = { en: 'X', ko: '가' };
const agency = { ...said, id: 'a', name, country: 'KR', functions: ['fiu'] };
const duty = { ...said, timeZone: 'Asia/Seoul' };
const findings = (...files: (Record<string, unknown> | string)[]) =>
  readDirectory(
    files.map((file, index) => ({
      name: `${index}.yaml`,
      text: typeof file === 'string' ? file : JSON.stringify(file),
    })),
  ).findings;
const told = (...files: Parameters<typeof findings>) =>
  findings(...files).map(({ file, path: at, code }) => `${file} ${at} ${code}`);

describe('a file of the directory', () => {
  test('that is empty, or of the short form alone, is valid', () => {
    assert.deepEqual(told('', { entries: [{ id: 'fog', name, kind: 'mixer' }] }), []);
  });

  test('is refused with its line where it is no YAML, and where it uses anchors', () => {
    assert.deepEqual(told('agencies:\n  - id: [a'), ['0.yaml line 2 yaml']);
    assert.deepEqual(told('agencies: [&a 1, *a]'), ['0.yaml  yaml']);
  });

  test('is refused with every wrong field, in both languages', () => {
    const found = findings({ agencies: [{ ...agency, country: 'Korea', asOf: 'today', duties: 1 }], vasp: [] });
    assert.deepEqual(found.map((it) => it.path).sort(), ['', 'agencies.0', 'agencies.0.asOf', 'agencies.0.country']);
    for (const { text } of found) {
      assert.match(text.en, /[A-Za-z]/);
      assert.match(text.ko, /\p{Script=Hangul}/u);
    }
  });

  test('an entry without source, certainty or date is none', () => {
    for (const key of ['source', 'certainty', 'asOf'] as const) {
      const { [key]: _, ...without } = agency;
      assert.deepEqual(told({ agencies: [without] }), [`0.yaml agencies.0.${key} shape`]);
    }
  });

  test('identifiers, references, zones, hours and dates are looked at across files', () => {
    assert.deepEqual(told({ agencies: [agency, agency] }), ['0.yaml agencies.1.id id-twice']);
    assert.deepEqual(told({ agencies: [{ ...agency, parent: 'b' }] }), ['0.yaml agencies.0.parent reference-unknown']);
    assert.deepEqual(told({ agencies: [{ ...agency, parent: 'b' }] }, { agencies: [{ ...agency, id: 'b' }] }), []);
    assert.deepEqual(
      told({ agencies: [{ ...agency, duty: { ...duty, timeZone: 'Mars/Olympus', holidays: 'none' } }] }),
      ['0.yaml agencies.0.duty.timeZone time-zone-unknown', '0.yaml agencies.0.duty.holidays reference-unknown'],
    );
    const hours = (...spans: [string, string][]) => ({ mon: spans.map(([from, until]) => ({ from, until })) });
    for (const wrong of [hours(['18:00', '09:00']), hours(['09:00', '12:00'], ['11:00', '18:00'])])
      assert.deepEqual(told({ agencies: [{ ...agency, duty: { ...duty, hours: wrong } }] }), [
        '0.yaml agencies.0.duty.hours.mon hours-wrong',
      ]);
    assert.deepEqual(told({ agencies: [{ ...agency, validFrom: '2026-02-01', validUntil: '2026-01-01' }] }), [
      '0.yaml agencies.0.validUntil dates-wrong',
    ]);
    assert.deepEqual(
      told({
        agencies: [
          {
            ...agency,
            escalation: [
              { afterMinutes: 5, to: { contact: 'x' } },
              { afterMinutes: 9, to: { agency: 'y' } },
            ],
          },
        ],
      }),
      ['0.yaml agencies.0.escalation.0.to reference-unknown', '0.yaml agencies.0.escalation.1.to reference-unknown'],
    );
    const calendar = { ...said, id: 'c', name, country: 'KR', from: '2026-01-01', until: '2026-12-31' };
    const days = ['2026-03-01', '2026-03-01', '2027-01-01'].map((date) => ({ date, name }));
    assert.deepEqual(told({ calendars: [{ ...calendar, days }] }), [
      '0.yaml calendars.0.days.1 day-twice',
      '0.yaml calendars.0.days.2 day-twice',
    ]);
  });

  test('one actor is one exchange and one asset has one issuer; what a later file replaces claims nothing', () => {
    const vasp = { ...said, name, actors: ['upbit'] };
    assert.deepEqual(
      told({
        vasps: [
          { ...vasp, id: 'a' },
          { ...vasp, id: 'b' },
        ],
      }),
      ['0.yaml vasps.0.actors.0 claimed-twice', '0.yaml vasps.1.actors.0 claimed-twice'],
    );
    assert.deepEqual(
      told(
        { vasps: [{ ...vasp, id: 'a' }] },
        {
          vasps: [
            { ...vasp, id: 'b' },
            { ...vasp, id: 'a', actors: [] },
          ],
        },
      ),
      [],
    );
    const asset = (letter: string) => ({
      asset: `eip155:1/erc20:0x${letter.repeat(40)}`,
      symbol: 'X',
      freezable: true,
    });
    assert.deepEqual(
      told({
        issuers: [
          { ...said, id: 'a', name, assets: [asset('a')] },
          { ...said, id: 'b', name, assets: [asset('A')] },
        ],
      }),
      ['0.yaml issuers.0.assets.0.asset claimed-twice', '0.yaml issuers.1.assets.0.asset claimed-twice'],
    );
  });
});

test('the example of docs/directory.md is valid over the shipped edition', () => {
  const doc = readFileSync(path.resolve(import.meta.dirname, '../../../../docs/directory.md'), 'utf8');
  const examples = Array.from(doc.matchAll(/```yaml\n([\s\S]*?)```/g), ([, text], index) => ({
    name: `${index}.yaml`,
    text: text ?? '',
  }));
  assert.equal(examples.length, 1);
  assert.deepEqual(readDirectory([...readDirectoryFiles('no-such-folder', []), ...examples]).findings, []);
});

describe('the directory of a data folder', () => {
  const data = mkdtempSync(path.join(os.tmpdir(), 'gongjo-directory-'));
  after(() => rmSync(data, { recursive: true, force: true }));
  const own = path.join(data, 'directory');
  const upbit = (en: string) =>
    JSON.stringify({ entries: [{ id: 'upbit', name: { en, ko: '업비트' }, country: 'KR', kind: 'exchange' }] });

  test('lays the files of the settings over the shipped edition, and the agency’s own over both', () => {
    const file = path.join(data, 'named.yaml');
    writeFileSync(file, upbit('Named'));
    assert.equal(openDirectory(data, []).directory.nameOf('upbit')?.en, 'Upbit');
    assert.equal(openDirectory(data, [file]).directory.nameOf('upbit')?.en, 'Named');
    mkdirSync(own);
    writeFileSync(path.join(own, 'b.yaml'), upbit('Own'));
    const { directory, summary } = openDirectory(data, [file]);
    assert.equal(directory.nameOf('upbit')?.en, 'Own');
    assert.deepEqual(
      summary()
        .files.map(({ origin }) => origin)
        .slice(-3),
      ['shipped', 'settings', 'own'],
    );
  });

  test('is read anew while it is used; what is not valid changes nothing, neither in use nor on disk', () => {
    const opened = openDirectory(data, []);
    const { directory } = opened;
    writeFileSync(path.join(own, 'b.yaml'), upbit('Edited'));
    opened.reload();
    assert.equal(directory.nameOf('upbit')?.en, 'Edited');
    opened.put('c.yaml', upbit('Put'));
    assert.equal(directory.nameOf('upbit')?.en, 'Put');
    const refused = (act: () => void) => {
      assert.throws(act, (thrown: { problem?: unknown }) => {
        const problem = zProblem.parse(thrown.problem);
        assert.equal(problem.code, 'directory-invalid');
        assert.match(problem.text.en, /c\.yaml at agencies\.0\.functions/);
        assert.match(problem.text.ko, /c\.yaml, 위치 agencies\.0\.functions/);
        return true;
      });
    };
    refused(() => opened.put('c.yaml', JSON.stringify({ agencies: [{ ...agency, functions: ['magic'] }] })));
    assert.equal(directory.nameOf('upbit')?.en, 'Put');
    assert.equal(readFileSync(path.join(own, 'c.yaml'), 'utf8'), upbit('Put'));
    opened.put('c.yaml', null);
    assert.equal(directory.nameOf('upbit')?.en, 'Edited');
    assert.deepEqual(readdirSync(own), ['b.yaml']);
    for (const bad of ['../x.yaml', 'x.txt', '/x.yaml', 'X.yaml'])
      assert.throws(() => opened.put(bad, ''), { code: 'input-invalid' });
    assert.throws(() => opened.put('none.yaml', null), { code: 'not-found' });
  });
});
