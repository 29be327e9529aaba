import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overlapItemsMax, zOverlapAsk } from '@gongjo/contract';
import { type AskForm, readAskForm } from './ask-form.ts';

const form: AskForm = {
  ...{ kind: 'address', within: 'eip155:1', texts: '', partner: '', purpose: '', basis: ' ', disclosure: 'contact' },
};

test('lines become questions, each once; what the desk would not take is said before', () => {
  assert.deepEqual(readAskForm(form), { errors: { texts: 'nothing', purpose: 'noPurpose' } });
  const read = readAskForm({ ...form, texts: ' a \n\nb\na\n', purpose: ' case 7 ', partner: 'seoul' });
  assert.ok('ask' in read);
  assert.deepEqual(zOverlapAsk.parse(read.ask), {
    desk: 'seoul',
    items: [
      { kind: 'address', text: 'a', within: 'eip155:1' },
      { kind: 'address', text: 'b', within: 'eip155:1' },
    ],
    purpose: 'case 7',
    legalBasis: null,
    disclosure: 'contact',
  });
});

test('what stands within nothing is asked so, whatever was typed for another kind', () => {
  const read = readAskForm({ ...form, kind: 'email', texts: 'a@b.kr', purpose: 'x' });
  assert.deepEqual('ask' in read && read.ask.items, [{ kind: 'email', text: 'a@b.kr' }]);
});

test('more lines than one request brings are said to be too many, never left out', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, n) => `n${n}.example`).join('\n');
  const asking = (count: number) => readAskForm({ ...form, kind: 'domain', texts: lines(count), purpose: 'x' });
  const most = asking(overlapItemsMax);
  assert.equal('ask' in most && most.ask.items.length, overlapItemsMax);
  assert.deepEqual(asking(overlapItemsMax + 1), { errors: { texts: 'tooMany' } });
});
