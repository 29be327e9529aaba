import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decide, findMatches } from '../cases/index.ts';
import { incidentOf, type StixObject } from '../stix/index.ts';
import { address, blocksOf, openRoundDesk, type RoundDesk, txid } from './round.fixture.ts';

let desk: RoundDesk;
before(async () => {
  desk = await openRoundDesk();
});
after(() => desk?.close());

test('two incidents that a person joins are told to partners as one: the part in a new version, and nothing else again', async () => {
  const chain = await desk.newChain();
  const { records, ledger, clock } = desk;
  await ledger.append(
    blocksOf(chain, 1, [
      [[1, 1, 2, 100n]],
      [
        [2, 2, 3, 100n],
        [3, 4, 5, 7n],
      ],
    ]),
  );
  const context = desk.context();
  const main = await desk.open(1, { chain, txids: [txid(1)] });
  clock.at += 1000;
  const part = await desk.open(2, {
    chain,
    txids: [txid(3)],
    addresses: [{ address: address(2), role: 'destination' }],
  });
  await desk.settle(context, chain);
  const versions = async (id: string) =>
    (
      await records.query<{ id: string; body: string }>(
        'select id, body from shared_objects where incident = $1 order by added_seq',
        [id],
      )
    ).map((row) => JSON.parse(row.body) as StixObject);
  const before = await versions(part);
  assert.ok(before.length > 3);

  assert.equal(await records.transaction((tx) => findMatches(tx, clock, context.directory, part)), 1);
  clock.at += 1000;
  const asked = { incident: part, other: main, decision: 'join', by: 'chief' } as const;
  assert.equal(await records.transaction((tx) => decide(tx, clock, asked)), main);
  await desk.settle(context, chain);

  const fresh = (await versions(part)).slice(before.length);
  assert.deepEqual(fresh.map(({ type }) => type).sort(), ['incident', 'language-content']);
  const told = fresh.find(({ type }) => type === 'incident');
  assert.equal(told?.id, part);
  assert.equal(told && incidentOf(told)?.mainId, main);
  assert.equal(told?.created, before.find(({ id }) => id === part)?.created);
  const waiting = await records.query<{ objects: { id: string }[] }>(
    `select objects from deliveries where partner = 'washington' and incident = $1 order by seq`,
    [part],
  );
  assert.ok(waiting.at(-1)?.objects.some(({ id }) => id === part));
  await desk.settle(context, chain);
  assert.equal((await versions(part)).length, before.length + fresh.length);
});
