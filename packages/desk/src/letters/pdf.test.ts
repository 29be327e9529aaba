import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { type Language, languages } from '@gongjo/contract';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { composeBoth } from './compose.ts';
import { openFonts } from './fonts.store.ts';
import { exampleFields } from './letter.fixture.ts';
import { letterPdf } from './pdf.ts';
import { certificateFacts, openSigner } from './signer.store.ts';
import { readTemplates } from './templates.store.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-letters-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const has = (program: string) => spawnSync('which', [program]).status === 0;
const at = '2026-11-28T03:00:00.000Z';
const signer = openSigner(
  folder,
  {},
  { name: 'Seoul Cyber Agency', country: 'KR' },
  {
    nowMs: Date.parse(at),
    serial: () => Buffer.from('1234567890abcdef', 'hex'),
  },
);
const fonts = openFonts();
const letters = composeBoth(readTemplates(folder, 'hold-request'), exampleFields(40));
const options = { fonts, title: 'Request', author: 'Seoul Cyber Agency', at, seal: null };
const pdfs = new Map<Language, Buffer>();
for (const language of languages) pdfs.set(language, await letterPdf(letters[language], { ...options, signer }));
const pdfOf = (language: Language) => pdfs.get(language) ?? Buffer.alloc(0);

async function read(pdf: Buffer) {
  const document = await getDocument({ data: new Uint8Array(pdf), useSystemFonts: false }).promise;
  let text = '';
  const fontsUsed = new Set<string>();
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const content = await page.getTextContent();
    for (const item of content.items) if ('str' in item) text += `${item.str}${item.hasEOL ? '\n' : ''}`;
    for (const item of content.items) if ('str' in item) fontsUsed.add(item.fontName);
  }
  return { text, pages: document.numPages };
}
/** Lines are broken where the page ends, not where a word does. */
const plain = (text: string) => text.replace(/\s+/g, '');

describe('a letter as PDF', () => {
  for (const language of languages) {
    test(`${language}: every word can be selected, in order`, async () => {
      const { text, pages } = await read(pdfOf(language));
      assert.ok(pages >= 2);
      const letter = letters[language];
      for (const { name, text: said } of letter.said) assert.ok(plain(text).includes(plain(said)), `${name}: ${said}`);
      for (const { label } of letter.to) assert.ok(plain(text).includes(plain(label)), label);
      assert.ok(plain(text).includes(plain(letter.subject.text)));
    });

    test(`${language}: its fonts are embedded, in part`, { skip: !has('pdffonts') && 'no pdffonts' }, () => {
      const file = path.join(folder, `${language}.pdf`);
      writeFileSync(file, pdfOf(language));
      const rows = spawnSync('pdffonts', [file], { encoding: 'utf8' }).stdout.split('\n').slice(2).filter(Boolean);
      assert.ok(rows.length >= 2);
      // name, type, encoding, emb, sub, uni
      for (const row of rows) assert.match(row, /^[A-Z]{6}\+Pretendard.* yes yes yes /);
    });

    test(`${language}: another program finds the signature good`, { skip: !has('pdfsig') && 'no pdfsig' }, () => {
      const file = path.join(folder, `${language}.pdf`);
      writeFileSync(file, pdfOf(language));
      const { stdout } = spawnSync('pdfsig', [file], { encoding: 'utf8' });
      assert.match(stdout, /Signature is Valid/);
      assert.match(stdout, /ETSI\.CAdES\.detached/);
      assert.match(stdout, /Total document signed/);
    });

    test(`${language}: one changed byte is found`, { skip: !has('pdfsig') && 'no pdfsig' }, () => {
      const changed = Buffer.from(pdfOf(language));
      changed[20_000] = (changed[20_000] ?? 0) ^ 1;
      const file = path.join(folder, `${language}-changed.pdf`);
      writeFileSync(file, changed);
      assert.doesNotMatch(spawnSync('pdfsig', [file], { encoding: 'utf8' }).stdout, /Signature is Valid/);
    });
  }

  test('OpenSSL verifies the signature over the byte range', { skip: !has('openssl') && 'no openssl' }, () => {
    const pdf = pdfOf('ko');
    const [, a = 0, b = 0, c = 0, d = 0] =
      /\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\s*\]/.exec(pdf.toString('latin1'))?.map(Number) ?? [];
    assert.equal(c + d, pdf.length);
    const digits = pdf.subarray(b + 1, c - 1).toString('latin1');
    const file = (name: string) => path.join(folder, name);
    writeFileSync(file('content'), Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c)]));
    writeFileSync(file('certificate.pem'), new X509Certificate(signer.certificate).toString());
    writeFileSync(file('signature'), Buffer.from(digits, 'hex'));
    const run = spawnSync(
      'openssl',
      [
        'cms',
        '-verify',
        '-cades',
        '-binary',
        '-inform',
        'DER',
        '-in',
        file('signature'),
        '-content',
        file('content'),
        '-CAfile',
        file('certificate.pem'),
        '-partial_chain',
        '-purpose',
        'any',
        '-out',
        file('out'),
      ],
      { encoding: 'utf8' },
    );
    assert.equal(run.status, 0, run.stderr);
  });

  test('a draft says on every page that it is one, and is not signed', async () => {
    const draft = await letterPdf(letters.en, { ...options, signer: null });
    const { text, pages } = await read(draft);
    assert.equal(text.split('DRAFT').length - 1, pages);
    assert.ok(!draft.includes('ByteRange'));
  });

  test('the desk’s own certificate is said to be one', () => {
    assert.equal(signer.isSelfSigned, true);
    assert.equal(certificateFacts(signer, Date.parse(at)).name, 'Seoul Cyber Agency');
    assert.ok(letters.en.foot.some((line) => line.includes('No authority vouches')));
  });
});
