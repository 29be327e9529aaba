import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { StixObject } from '../stix/index.ts';
import { fillCollection } from './collection.ts';
import { envelopeOf, objectsOf, openTestDesk, partyOf, read, type TestDesk, unsigned, uuid } from './desk.fixture.ts';
import { heldVersions } from './object.store.ts';
import type { Party } from './party.ts';
import { receive } from './receive.ts';
import { releaseTo } from './release-to.ts';

/** Of a version that was passed on, its origin tells more later. */
let seoul: TestDesk;
let washington: TestDesk;
before(async () => {
  seoul = await openTestDesk('seoul');
  washington = await openTestDesk('washington', 'US');
});
beforeEach(() => washington.empty());
after(() => Promise.all([seoul.close(), washington.close()]));

const { desk: ottawa } = {
  desk: { ...partyOf({ desk: 'ottawa', name: { en: 'o', ko: 'o' }, country: 'CA' } as never) },
};
const collection: Party = { ...ottawa, id: 'collection:community', kind: 'collection' };
const whole = () => {
  const found = objectsOf(seoul.context.desk, 1, { tlp: 'clear' }).find(({ type }) => type === 'indicator');
  return { ...(found as StixObject), description: 'The victim named this address.' };
};
const narrow = () => {
  const { description: _, ...rest } = whole();
  return rest as StixObject;
};
const admit = async (n: number, object: StixObject) => {
  const incoming = { partner: seoul.party, id: uuid(n), envelope: envelopeOf([object]), signature: 's' };
  const { refused } = await receive(washington.records, washington.context, incoming, unsigned);
  assert.deepEqual(refused, []);
};
const given = async (recipient: Party) =>
  (await read(washington.records, recipient.id)).rows.map(({ body }) => JSON.parse(body));

test('a partner reads what it was given, until what is more of it is released to it as well', async () => {
  await admit(1, narrow());
  const passOn = () =>
    washington.records.transaction(async (tx) => {
      const objects = await heldVersions(tx, whole().id);
      const { decided } = await releaseTo(tx, washington.context, {
        ...{ recipient: ottawa, objects, incident: null, purpose: 'warning', by: 'kim' },
      });
      return decided.length;
    });
  assert.equal(await passOn(), 1);
  await admit(2, whole());
  assert.deepEqual(await given(ottawa), [narrow()]);
  assert.equal(await passOn(), 1);
  assert.deepEqual(await given(ottawa), [whole()]);
  assert.equal(await passOn(), 0);
});

test('a collection holds more of an object once that has been decided', async () => {
  const fill = (policies = washington.context.policies) =>
    washington.records.transaction(async (tx) => {
      const anything = { types: null, origins: null, incidents: null };
      return fillCollection(tx, { ...washington.context, policies }, collection, anything, filled);
    });
  let filled = { to: 0, basis: '' };
  await admit(1, narrow());
  ({ filled } = await fill());
  assert.deepEqual(await given(collection), [narrow()]);
  await admit(2, whole());
  assert.deepEqual(await given(collection), [narrow()]);
  ({ filled } = await fill());
  assert.deepEqual(await given(collection), [whole()]);
  assert.equal((await fill()).released, 0);
});
