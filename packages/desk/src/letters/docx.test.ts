import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { languages } from '@gongjo/contract';
import { composeBoth } from './compose.ts';
import { letterDocx } from './docx.ts';
import { exampleFields } from './letter.fixture.ts';
import { readTemplates } from './templates.store.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-docx-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const letters = composeBoth(readTemplates(folder, 'hold-request'), exampleFields(3));

/** One file of a ZIP archive (APPNOTE 4.3.12: the central directory), as text. */
function fileIn(zip: Buffer, name: string): string {
  for (let at = zip.indexOf('PK\u0001\u0002', 0, 'latin1'); at >= 0; ) {
    const [nameLength, extra, comment] = [28, 30, 32].map((it) => zip.readUInt16LE(at + it)) as [
      number,
      number,
      number,
    ];
    const end = at + 46 + nameLength;
    if (zip.toString('utf8', at + 46, end) === name) {
      const local = zip.readUInt32LE(at + 42);
      const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20));
      return (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString('utf8');
    }
    at = end + extra + comment;
    if (zip.readUInt32LE(at) !== 0x0201_4b50) break;
  }
  return assert.fail(`${name} is not in it`);
}

/** What a reader sees: the texts of its runs (ECMA-376 part 1, section 17.3.3.31). */
const textsOf = (xml: string) =>
  [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text = '']) =>
    text
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  );

describe('a letter for a word processor', () => {
  for (const language of languages)
    test(`${language}: says everything that the letter says, its enclosures counted once`, async () => {
      const letter = letters[language];
      const docx = await letterDocx(letter, { title: 'Request', author: 'Seoul Cyber Agency' });
      const texts = textsOf(fileIn(docx, 'word/document.xml'));
      const whole = texts.join('\n');
      for (const { name, text } of letter.said) assert.ok(whole.includes(text), `${name}: ${text}`);
      for (const line of [...letter.head, ...letter.sender, ...letter.foot, letter.subject.text])
        assert.ok(texts.includes(line), line);
      assert.equal(letter.attachments.items.length, 2);
      for (const item of letter.attachments.items) assert.ok(texts.includes(item), item);
      assert.match(letter.attachments.items[0] ?? '', /^1\. [^0-9]/);
    });
});
