import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { edition } from './edition.fixture.ts';
import { findByName } from './find.ts';
import { likeness, plainName, soundsOf } from './names.ts';
import { needs, sharedFolder } from './shared-data.fixture.ts';

const shared = sharedFolder('names');
const file = (name: string) => readFileSync(path.join(shared ?? '', name), 'utf8');

describe('names in two scripts', () => {
  test('case, accents, spaces and legal forms say nothing', () => {
    assert.equal(plainName(' Payward, Inc. '), 'payward');
    assert.equal(plainName('주식회사 두나무'), plainName('두나무(주)'));
    assert.equal(plainName('Kŏlle'), 'kolle');
    assert.equal(plainName('Co'), 'co');
    assert.equal(plainName('–'), '');
  });

  test('Revised Romanization, McCune–Reischauer and what people write are one name', () => {
    for (const written of ['Gim Minjun', 'Kim Min-jun', 'KIM Min Joon', 'Min Jun Kim', 'Kim Min Chun'])
      assert.equal(likeness('김민준', written), 'romanised', written);
    for (const [hangul, written] of [
      ['이서연', 'Lee Seo-yeon'],
      ['이서연', 'Yi Sŏyŏn'],
      ['박지훈', 'Park Ji Hoon'],
      ['최예린', 'Choi Ye Rin'],
      ['정우영', 'Jung Woo-young'],
      ['임하은', 'Lim Ha Eun'],
      ['리영호', 'Ri Yong Ho'],
      ['류경수', 'Ryu Kyung Soo'],
    ] as const)
      assert.equal(likeness(hangul, written), 'romanised', written);
  });

  test('other names stay apart', () => {
    for (const [hangul, written] of [
      ['김민준', 'Kim Min-ju'],
      ['박지훈', 'Park Ji Hyun'],
      ['이서연', 'Lee Seo-jun'],
      ['김', 'Kim'],
    ] as const)
      assert.equal(likeness(hangul, written), null, written);
  });

  test('property: likeness goes both ways, and a name is like itself', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.constantFrom('김민준', 'Lee Seo-yeon', 'Upbit', '업비트'),
        (a, b) => {
          assert.equal(likeness(a, b), likeness(b, a));
          if (plainName(a) !== '') assert.equal(likeness(a, a), 'exact');
        },
      ),
      { seed: Date.now(), numRuns: 300 },
    );
  });

  test(
    'of 918 names with a romanised form more than 94 in 100 are found, and few others with them',
    needs(shared),
    () => {
      const all = JSON.parse(file('korean_names_1000.json')) as { fullNameHangul: string; fullNameRomanized: string }[];
      const found = all.filter(({ fullNameHangul, fullNameRomanized }) => likeness(fullNameHangul, fullNameRomanized));
      assert.ok(found.length / all.length > 0.94, `${found.length} of ${all.length}`);
      const sounds = [...new Set(all.map(({ fullNameHangul }) => fullNameHangul))].map(soundsOf);
      const bySound = new Map<string, number>();
      for (const fold of sounds.flatMap((set) => [...set])) bySound.set(fold, (bySound.get(fold) ?? 0) + 1);
      const meeting = [...bySound.values()].filter((count) => count > 1).length;
      assert.ok(meeting / sounds.length < 0.02, `${meeting} of ${sounds.length}`);
    },
  );

  test('every given name of a list of 597 is found', needs(shared), () => {
    const lines = Array.from(file('korean-given-names.txt').matchAll(/^(.+) \((\p{Script=Hangul}+)/gmu));
    const lost = lines.filter(([, latin, hangul]) => !likeness(`김${hangul}`, `Kim ${latin}`));
    assert.ok(lines.length > 590);
    assert.deepEqual(
      lost.map(([line]) => line),
      [],
    );
  });
});

describe('entries by name', () => {
  const ids = (text: string) => findByName(edition.book, text).map(({ id, match }) => `${id} ${match}`);
  test('by name, alias, legal entity, former name and sound', () => {
    assert.deepEqual(ids('업비트'), ['upbit exact']);
    assert.deepEqual(ids('두나무 주식회사'), ['upbit alias']);
    assert.deepEqual(ids('Payward, Inc.'), ['kraken alias']);
    assert.deepEqual(ids('후오비'), ['htx former']);
    assert.deepEqual(ids('기획재정부'), ['kr-mofe former']);
    assert.deepEqual(ids('kobit'), ['korbit romanised']);
    assert.deepEqual(ids('금융정보분석원'), ['kr-kofiu exact']);
    assert.deepEqual(ids('fbi'), ['us-fbi alias']);
    assert.deepEqual(ids('!'), []);
  });

  test('what was asked exactly comes first', () => {
    assert.equal(ids('Financial Services Commission')[0], 'kr-fsc exact');
  });
});
