import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { GongjoError } from '../kernel/index.ts';
import { compose, composeBoth, differences } from './compose.ts';
import { exampleFields } from './letter.fixture.ts';
import type { Template } from './template.ts';
import { readTemplates } from './templates.store.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-templates-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const shipped = readTemplates(folder, 'hold-request');
const fails = (code: string, work: () => unknown, detail: RegExp) =>
  assert.throws(work, (thrown: unknown) => {
    assert.ok(thrown instanceof GongjoError && thrown.code === code, String(thrown));
    assert.match(thrown.problem.text.en, detail);
    return true;
  });

describe('the two versions of a letter', () => {
  test('the shipped ones say the same, field by field, whatever is absent', () => {
    const given = exampleFields();
    const { en, ko } = composeBoth(shipped, given);
    assert.deepEqual(differences(en, ko), []);
    assert.ok(en.said.length > 40);
    const optional = ['department', 'address', 'phone', 'email', 'website', 'caseNumber', 'hopBefore', 'reference'];
    for (const name of [
      ...optional,
      'disclosureBasis',
      'badge',
      'signatoryEmail',
      'signatoryPhone',
      'approvers',
      'signer',
    ]) {
      assert.ok(name in given.fields, name);
      composeBoth(shipped, { ...given, fields: { ...given.fields, [name]: null } });
    }
    composeBoth(shipped, { ...given, lists: { ...given.lists, transactions: [], timeline: [] } });
    composeBoth(shipped, { ...given, flags: { selfSigned: false, drill: true } });
  });

  test('a field that one of them leaves out is named, and no letter is made', () => {
    const ko: Template = {
      ...shipped.ko,
      body: JSON.parse(JSON.stringify(shipped.ko.body).replaceAll('{days}', '')) as Template['body'],
    };
    fails('letter-versions-differ', () => composeBoth({ ...shipped, ko }, exampleFields()), /days: en 7 \/ ko –/);
  });

  test('an amount that one of them tells otherwise is named', () => {
    const given = exampleFields();
    const en = compose(shipped.en, given);
    const [first, ...rest] = given.lists.amounts ?? [];
    const amount = { kind: 'amount', units: 1n, decimals: 6, symbol: 'USDT', name: null } as const;
    const other = { ...given, lists: { ...given.lists, amounts: [{ ...first, amount }, ...rest] } };
    assert.deepEqual(differences(en, compose(shipped.ko, other)), [
      'amounts.0.amount: en 1234567.890123 USDT / ko 0.000001 USDT',
    ]);
  });

  test('an agency’s own copy in the data folder counts; one with a fault is named', () => {
    mkdirSync(path.join(folder, 'letters'));
    const own = path.join(folder, 'letters', 'hold-request.en.yaml');
    writeFileSync(
      own,
      JSON.stringify({ ...shipped.en, head: [{ text: 'OUR OWN {agency}' }, ...shipped.en.head.slice(1)] }),
    );
    const { en } = composeBoth(readTemplates(folder, 'hold-request'), { ...exampleFields() });
    assert.equal(en.head[0], 'OUR OWN Seoul Cyber Agency');
    writeFileSync(own, JSON.stringify({ ...shipped.en, page: 'A0' }));
    fails('letter-template-invalid', () => readTemplates(folder, 'hold-request'), /page/);
    writeFileSync(own, JSON.stringify({ ...shipped.en, head: [{ text: '{agency} {nothing}' }] }));
    fails(
      'letter-template-invalid',
      () => composeBoth(readTemplates(folder, 'hold-request'), exampleFields()),
      /\{nothing\}/,
    );
  });

  test('items are counted as each country counts them', () => {
    const { en, ko } = composeBoth(shipped, exampleFields());
    const markers = (letter: typeof en) =>
      letter.body.flatMap((block) => (block.kind === 'item' ? [block.marker] : [])).slice(0, 4);
    assert.deepEqual(markers(en), ['1.', '(a)', '(b)', '(c)']);
    assert.deepEqual(markers(ko), ['1.', '2.', '가.', '나.']);
    assert.match(ko.attachments.items.at(-1) ?? '', /^2\. .* {2}끝\.$/);
    assert.match(ko.attachments.items[0] ?? '', /^1\. /);
  });
});
