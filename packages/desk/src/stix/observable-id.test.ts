import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stixId, walletId } from './id.ts';
import type { StixObject } from './model/index.ts';
import { idNotes, observableId } from './observable-id.ts';

/** Identifiers that the standard's examples (errata 01) and other tools publish for these values. */
const published: [object: { type: string } & Record<string, unknown>, uuid: string][] = [
  [{ type: 'ipv4-addr', value: '198.51.100.3' }, '28bb3599-77cd-5a82-a950-b5bc3caf07c4'],
  [{ type: 'ipv4-addr', value: '198.51.100.8' }, '6c83081b-13af-5e30-ba30-6f401772a083'],
  [{ type: 'ipv6-addr', value: '2001:db8::1' }, '6469e3a9-b053-5e34-a025-9396ae051d26'],
  [{ type: 'domain-name', value: 'example.com' }, 'bedb4899-d24b-5401-bc86-8f6b4cc18ec7'],
  [{ type: 'domain-name', value: 'control.example.com' }, '427e3664-0043-5865-b454-97df26649bde'],
  [{ type: 'autonomous-system', number: 15139, name: 'Slime Industries' }, '3aa27478-50b5-5ab8-9da9-cdc12b657fff'],
];
for (const [object, uuid] of published) {
  test(`2.9: ${object.type} ${object.value ?? object.number} has its published identifier`, () => {
    assert.equal(observableId(object), stixId(object.type, uuid));
  });
}

test('2.9: of several hashes only the preferred one counts, and of properties only those named', () => {
  const md5 = { MD5: '0'.repeat(32) };
  const file = { type: 'file', name: 'x', hashes: md5 };
  const sha = { 'SHA-256': '1'.repeat(64), ...md5 };
  assert.equal(observableId({ ...file, hashes: sha, size: 5 }), observableId(file));
  assert.notEqual(observableId({ ...file, hashes: { 'SHA-256': '1'.repeat(64) } }), observableId(file));
  assert.notEqual(observableId({ ...file, name: 'y' }), observableId(file));
});

test('2.9: a process, an object of another type and one without the properties that count have none', () => {
  assert.equal(observableId({ type: 'process', pid: 1 }), null);
  assert.equal(observableId({ type: 'incident', name: 'x' }), null);
  assert.equal(observableId({ type: 'user-account', display_name: 'x' }), null);
});

test('wallets keep the identifier of the published extension, under either name of their value', () => {
  assert.equal(observableId({ type: 'cryptocurrency-wallet', value: 'a' }), walletId('a'));
  assert.equal(observableId({ type: 'cryptocurrency-wallet', address: 'a' }), walletId('a'));
});

test('an identifier of another making is noted, not faulted', () => {
  const id = stixId('domain-name', '58b77a17-364f-4ccb-91a4-4c9acefbef79');
  const good: StixObject = { type: 'domain-name', id: stixId('domain-name', published[3]![1]), value: 'example.com' };
  assert.deepEqual(idNotes([good]), []);
  assert.deepEqual(idNotes([good, { ...good, id }]), [{ path: `/${id}`, detail: `the standard derives ${good.id}` }]);
});
