import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { overlapsAbout } from './about.ts';
import { askPartner } from './ask.ts';
import { entriesNamed, keepEntries } from './entry.store.ts';
import { matchesAbout } from './known.store.ts';
import { listSessions } from './session.store.ts';
import { partnerOf, type Side } from './sides.fixture.ts';
import { askAbout, askAll, fails, matches, reason, running, settled, sidesFor } from './sides-at-work.fixture.ts';

const { network, sides } = sidesFor(['seoul', 'washington'], { perHour: 4096, perDay: 16_384, reverseCount: 4 });

/** An officer asks about what an entry of the list names, and would tell the contact. */
async function askOnce(asker: Side, answerer: Side, listed: string) {
  const { records, clock } = asker.context;
  const [entry] = await entriesNamed(records, [listed]);
  assert.ok(entry);
  const once = { ...entry, id: `ask-${listed}`, disclosure: 'contact' as const, reference: null };
  await records.transaction((tx) => keepEntries(tx, clock, 'ask-1', false, [once]));
  const partner = await partnerOf(asker, answerer);
  return askPartner(asker.context, partner, await entriesNamed(records, [once.id]), reason, running);
}

describe('of several entries about one identifier the one that says least decides', () => {
  test('what is silent on the list is not told because an officer asks about it', async () => {
    const { seoul, washington } = sides;
    await washington.add([1, 2], 'open');
    await seoul.add([1], 'open');
    await seoul.add([2], 'silent');
    const { found } = await askOnce(seoul, washington, 'seoul-2');
    // The officer learns that the other side works on it, and nobody is introduced.
    assert.deepEqual(
      found.map(({ entry, note }) => [entry.id, note]),
      [['ask-seoul-2', null]],
    );
    await askOnce(seoul, washington, 'seoul-1');
    await settled(washington, (seen) => seen.some(({ theirNote }) => theirNote !== null));
    // Each of washington's entries was among the questions that went back, and only what is not silent was met.
    assert.deepEqual(
      (await matches(washington)).map(({ entry }) => entry),
      ['washington-1'],
    );
    assert.equal((await listSessions(washington.context.records)).filter(({ state }) => state === 'done').length, 2);
  });

  test('what became silent after it was asked is not told', async () => {
    const { seoul, washington } = sides;
    await washington.add([2], 'open');
    await seoul.add([2], 'open');
    network.fate = (step) => (step === 'tell' ? 'lost' : 'ok');
    await fails('partner-unreachable', askAbout(seoul, washington, [2]));
    network.fate = () => 'ok';
    await seoul.add([2], 'silent');
    await askAll(seoul, washington);
    assert.equal((await listSessions(seoul.context.records)).filter(({ state }) => state === 'done').length, 1);
    const [match] = await matches(washington);
    assert.deepEqual([match?.entry, match?.theirNote, match?.told], ['washington-2', null, null]);
    // Here nobody knows whether what was said first arrived: it counts as told.
    assert.equal((await matches(seoul))[0]?.told?.contact, 'officer of seoul-2');
  });
});

test('what a case or an incident is about is found however many matches are newer, by whichever entry', async () => {
  const { records, clock } = sides.seoul.context;
  await sides.seoul.add([1, 2], 'open');
  const [known] = await entriesNamed(records, ['seoul-1']);
  assert.ok(known);
  const once = { ...known, id: 'ask-1', reference: null };
  await records.transaction((tx) => keepEntries(tx, clock, 'ask', false, [once]));
  await records.query(
    `insert into overlap_entries (id, source, listed, kind, text, disclosure, contact, added_at)
     select 'many-' || n, 'many', true, 'domain', 'many' || n || '.example', 'open', 'x', now() from generate_series(1, 1001) n`,
  );
  await records.query(
    `insert into overlap_matches (desk, entry, found, told, first_at)
     select 'washington', 'many-' || n, true, '{"contact": "x", "reference": null}'::jsonb, '2026-11-02T00:00:00Z'::timestamptz
     from generate_series(1, 1001) n
     union all select 'washington', 'ask-1', true, '{"contact": "x", "reference": null}'::jsonb, '2026-11-01T00:00:00Z'::timestamptz
     union all select 'washington', 'seoul-2', true, null, '2026-11-01T00:00:00Z'::timestamptz`,
  );
  const item = { kind: 'domain', text: 'n1.example' };
  assert.deepEqual(await overlapsAbout(records, ['case seoul-1', 'case seoul-2']), [
    { desk: 'washington', item, theirNote: null },
  ]);
  assert.deepEqual(
    (await matchesAbout(records, ['case seoul-1', 'case seoul-2'])).map(({ entry }) => entry),
    ['ask-1', 'seoul-2'],
  );
});
