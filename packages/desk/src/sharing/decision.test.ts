import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemClock } from '../platform/index.ts';
import { keepDecisions, withdraw } from './decision.store.ts';
import { openTestDesk, type TestDesk } from './desk.fixture.ts';

let desk: TestDesk;
before(async () => {
  desk = await openTestDesk('seoul');
});
after(() => desk.close());

const recipient = 'collection:warnings';
const decide = (origin: string, id: string) =>
  desk.records.transaction((tx) =>
    keepDecisions(tx, systemClock, { recipient, basis: 'b', purpose: 'warning', legalBasis: null }, [
      {
        ...{ id, modified: '', origin, type: 'cryptocurrency-wallet', outcome: 'release', released: true },
        ...{ profile: null, removed: [], copy: null, sha256: '', reasons: [] },
      },
    ]),
  );
const latest = () =>
  desk.records.query<{ seq: string; object_id: string; origin: string }>(
    'select seq, object_id, origin from release_decisions where recipient = $1 and latest order by seq',
    [recipient],
  );

test('what stood behind what was withdrawn comes after every cursor', async () => {
  await decide('seoul', 'wallet--1');
  await decide('washington', 'wallet--1');
  await decide('seoul', 'wallet--2');
  const read = await latest();
  assert.deepEqual(
    read.map(({ object_id, origin }) => [object_id, origin]),
    [
      ['wallet--1', 'washington'],
      ['wallet--2', 'seoul'],
    ],
  );
  const cursor = Number(read.at(-1)?.seq);
  await desk.records.transaction((tx) => withdraw(tx, systemClock, recipient, 'washington', ['wallet--1']));
  const after = (await latest()).filter(({ seq }) => Number(seq) > cursor);
  assert.deepEqual(
    after.map(({ object_id, origin }) => [object_id, origin]),
    [['wallet--1', 'seoul']],
  );
  // What is first already stays where it is.
  await desk.records.transaction((tx) => withdraw(tx, systemClock, recipient, 'washington', ['wallet--2']));
  assert.deepEqual((await latest()).at(-1)?.object_id, 'wallet--1');
});
