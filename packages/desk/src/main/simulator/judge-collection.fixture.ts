import assert from 'node:assert/strict';
import { address, type Theft } from './case.fixture.ts';
import type { SimDesk } from './desk.fixture.ts';
import { strictestMark } from './judge-marks.fixture.ts';
import { type Bundled, canonical, mayEnter, saysNoMoreThan, strictest, tlpOf } from './plain.fixture.ts';
import { warnings } from './reader.fixture.ts';
import type { World } from './world.fixture.ts';

const versionOf = ({ id, modified }: Bundled) => `${id} ${modified ?? ''}`;

/** Whoever reads a desk's collection has read all that is in it, nothing that it never may have held, and what was taken back. */
export async function judgeCollection(world: World, desk: SimDesk): Promise<void> {
  const read = desk.reader.read as unknown as readonly Bundled[];
  await allIsRead(desk, read);
  await policyWasKept(world, desk, read);
  await nothingIsMissing(world, desk, read);
  await recallsAreRead(desk, read);
}

async function allIsRead({ card, records }: SimDesk, read: readonly Bundled[]): Promise<void> {
  const rows = await records.query<{ id: string; body: string }>(
    `select d.object_id as id, coalesce(d.copy, o.body) as body from release_decisions d
     join shared_objects o on o.id = d.object_id and o.modified = d.modified and o.origin = d.origin
     where d.recipient = $1 and d.released and d.withdrawn_at is null and d.latest`,
    [`collection:${warnings}`],
  );
  const texts = new Set(read.map(canonical));
  for (const { id, body } of rows) assert.ok(texts.has(body), `${id} of ${card.desk}'s collection was never read`);
}

async function policyWasKept(world: World, { card, records }: SimDesk, read: readonly Bundled[]): Promise<void> {
  const stances = world.stances.filter(({ desk }) => desk === card.desk);
  const rows = await records.query<{ id: string }>('select distinct id from shared_objects where origin = $1', [
    card.desk,
  ]);
  const own = new Set(rows.map(({ id }) => id));
  for (const object of read) {
    const tlp = tlpOf(object);
    const isOwn = own.has(object.id);
    assert.ok(
      stances.some((stance) => mayEnter(tlp, stance, isOwn) && (!isOwn || saysNoMoreThan(stance, object))),
      `${versionOf(object)} (${tlp}) was read at ${card.desk}, which never allowed that`,
    );
  }
}

async function nothingIsMissing(world: World, desk: SimDesk, read: readonly Bundled[]): Promise<void> {
  const all = read.map(canonical).join('\n');
  const own = (theft: Theft) => theft.desk === desk.card.desk && !theft.recalled;
  for (const theft of world.thefts.filter(own)) {
    if (!mayEnter(strictest(theft.tlp, await strictestMark(desk, theft.id)), desk, true)) continue;
    for (const expected of [theft.id, ...theft.addresses.map(address)])
      assert.ok(all.includes(expected), `${expected} of theft ${theft.n} was never read at ${desk.card.desk}`);
  }
}

/** Of what has versions, the last that a reader got of what was taken back says so; but of what people had taken out before. */
async function recallsAreRead({ card, records }: SimDesk, read: readonly Bundled[]): Promise<void> {
  const rows = await records.query<{ id: string }>(
    `select distinct id from shared_objects where recalled_at is not null and modified <> '' and id not in (
       select id from shared_objects where recalled_at is null)
       and id not in (select object_id from object_marks)`,
  );
  const last = new Map(read.map((object) => [object.id, object]));
  for (const { id } of rows) {
    const object = last.get(id);
    assert.ok(!object || object.revoked === true, `a reader at ${card.desk} was not told that ${id} is taken back`);
  }
}
