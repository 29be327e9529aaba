import assert from 'node:assert/strict';
import { caseDetail, requestViews } from '../../cases/index.ts';
import type { SimDesk } from './desk.fixture.ts';
import { type Bundled, mayGo, stancesOf, tlpOf } from './plain.fixture.ts';
import type { World } from './world.fixture.ts';

/**
 * What has to be true of joint cases and requests at the end. The records are read, and what ought to stand is worked out here in a few
 * lines of its own; only what a desk shows to people is asked of the product, and held against that.
 */

interface Row {
  readonly object: string;
  readonly case_id: string;
  readonly fact: string;
  readonly desk: string;
  readonly n: number;
  readonly seen: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  readonly body: { readonly kind: string; readonly text?: string; readonly desk?: string; readonly standing?: string };
  readonly tlp: string;
  readonly kept_here: boolean;
}

const rowsAt = ({ records }: SimDesk, id: string): Promise<Row[]> =>
  records.query<Row>(
    'select object, case_id, fact, desk, n, seen, body, tlp, kept_here from case_revisions where case_id = $1 order by seq',
    [id],
  );

const place = ({ desk, n }: Pick<Row, 'desk' | 'n'>) => `${desk} ${n}`;

/** Every place that somebody had seen, one by one. */
function placesIn({ seen }: Pick<Row, 'seen'>): Set<string> {
  const places = new Set<string>();
  for (const [desk, runs] of Object.entries(seen))
    for (const [first, last] of runs) for (let n = first; n <= last; n += 1) places.add(place({ desk, n }));
  return places;
}

export async function judgeJoint(world: World): Promise<void> {
  for (const id of world.joint.cases) {
    const known = new Map<SimDesk, Row[]>();
    for (const desk of world.desks) known.set(desk, await rowsAt(desk, id));
    for (const [desk, rows] of known) {
      await shownIsWhatStands(desk, id, rows);
      for (const other of world.others(desk)) await arrived(world, desk, other, rows, known.get(other) ?? []);
    }
    nothingIsFalselySeen(known);
    sameIsShownAlike(known);
  }
  await editsAreKept(world);
  await requestsAgree(world);
  for (const desk of world.desks) stayAmongDesks(desk);
}

/** What an officer was told is written is written, and says that exactly what he had before him was seen. */
async function editsAreKept(world: World): Promise<void> {
  for (const { desk, fact, words, based } of world.joint.written) {
    const { records } = world.desk(desk);
    const rows = await records.query<Row>('select * from case_revisions where fact = $1 and desk = $2', [fact, desk]);
    const row = rows.find(({ body }) => body.text === words);
    assert.ok(row, `"${words}" is lost at ${desk}`);
    const before = await records.query<Row>('select * from case_revisions where object = any($1)', [based ?? []]);
    const seen = new Set(before.flatMap((it) => [place(it), ...placesIn(it)]));
    assert.deepEqual([...placesIn(row)].sort(), [...seen].sort(), `what was seen when "${words}" was written`);
  }
}

/** What stands at a desk is what nobody who wrote later had seen, and where that says different things the desk shows a conflict. */
async function shownIsWhatStands({ card, records }: SimDesk, id: string, all: readonly Row[]): Promise<void> {
  const [here] = await records.query('select 1 from cases where id = $1', [id]);
  if (!here) return;
  const desks = await records.query<{ desk: string }>('select desk from case_desks where case_id = $1', [id]);
  const inIt = new Set([card.desk as string, ...desks.map(({ desk }) => desk)]);
  const rows = all.filter(({ desk }) => inIt.has(desk));
  const { facts } = await caseDetail(records, card.desk, id, () => []);
  const shown = new Map(facts.map((it) => [it.id, it]));
  for (const [fact, group] of Map.groupBy(rows, (it) => it.fact)) {
    const superseded = new Set(group.flatMap((it) => [...placesIn(it)]));
    const heads = group.filter((it) => !superseded.has(place(it))).map(({ object }) => object);
    const view = shown.get(fact);
    assert.deepEqual(view?.heads.map((it) => it.id).sort(), heads.sort(), `what ${card.desk} shows of ${fact}`);
    const said = new Set(
      group.filter((it) => heads.includes(it.object)).map(({ body, tlp }) => JSON.stringify([body, tlp])),
    );
    assert.equal(view?.conflict, said.size > 1, `whether ${card.desk} shows a conflict of ${fact}`);
  }
}

/** What a desk wrote and policy lets the other have is in the other's case, and nothing is there that policy never let go. */
async function arrived(
  world: World,
  from: SimDesk,
  to: SimDesk,
  here: readonly Row[],
  there: readonly Row[],
): Promise<void> {
  const got = new Map(there.filter(({ desk }) => desk === from.card.desk).map((it) => [it.object, it]));
  const own = here.filter(({ desk }) => desk === from.card.desk);
  for (const [object, row] of got) {
    const sent = own.find((it) => it.object === object);
    assert.deepEqual(
      { ...row, kept_here: false },
      sent && { ...sent },
      `${object} is at ${to.card.desk} as at ${from.card.desk}`,
    );
  }
  const stance = stancesOf(world, from, to).at(-1);
  const [let_in] = await from.records.query<{ invited: boolean }>(
    'select invited from case_desks where case_id = $1 and desk = $2',
    [own[0]?.case_id ?? '', to.card.desk],
  );
  if (!stance || !let_in || let_in.invited || !hasJoined(own, from)) return;
  for (const { object, tlp, kept_here, body } of own) {
    const asked = { own: true, approvals: 0, consent: false };
    if (kept_here || !mayGo(tlp as 'amber', stance, asked)) continue;
    assert.ok(got.has(object), `${to.card.desk} lacks "${body.text ?? body.kind}" of ${from.card.desk}`);
  }
}

/** By its own last word: only that desk speaks of it, but for who offered. */
function hasJoined(rows: readonly Row[], { card }: SimDesk): boolean {
  const words = rows.filter(({ body }) => body.kind === 'desk' && body.desk === card.desk).sort((a, b) => a.n - b.n);
  return words.at(-1)?.body.standing === 'joined';
}

/** Whoever says that something was seen had it. */
function nothingIsFalselySeen(known: ReadonlyMap<SimDesk, readonly Row[]>): void {
  for (const [desk, rows] of known)
    for (const row of rows.filter((it) => it.desk === desk.card.desk)) {
      const had = new Set(rows.filter(({ fact }) => fact === row.fact).map(place));
      // Also what it had only heard that others had seen.
      const heard = new Set(
        rows.filter(({ fact }) => fact === row.fact && fact).flatMap((it) => (it === row ? [] : [...placesIn(it)])),
      );
      for (const seen of placesIn(row))
        assert.ok(had.has(seen) || heard.has(seen), `${desk.card.desk} had not seen ${seen} of ${row.fact}`);
    }
}

/** Desks that know the same of a fact have come to the same. `shownIsWhatStands` says that each shows what stands. */
function sameIsShownAlike(known: ReadonlyMap<SimDesk, readonly Row[]>): void {
  const all = [...known.values()].flat();
  for (const fact of new Set(all.map((it) => it.fact))) {
    const kept = new Map<string, string>();
    for (const rows of known.values())
      for (const { object, fact: of, ...row } of rows) {
        if (of !== fact) continue;
        const said = JSON.stringify([row.desk, row.n, row.seen, row.body, row.tlp]);
        assert.equal(kept.get(object) ?? said, said, `${object} is the same everywhere`);
        kept.set(object, said);
      }
  }
}

/** What became of events for the other side is no part of the state. */
const nothingKnown = async () => () => null;

/** Both sides of a request that have the same events are in the same state, and none was void where both kept to what was shown. */
async function requestsAgree(world: World): Promise<void> {
  const looking = (desk: SimDesk) => ({
    us: desk.card.desk,
    now: '2026-01-01T00:00:00.000Z',
    attendingAt: () => (at: string) => at,
  });
  for (const desk of world.desks)
    for (const view of await requestViews(desk.records, looking(desk), nothingKnown)) {
      const other = world.desk(view.own ? view.to : view.from);
      const there = (await requestViews(other.records, looking(other), nothingKnown)).find(({ id }) => id === view.id);
      if (!there) continue;
      const events = (of: typeof view) => of.events.map(({ id }) => id).sort();
      if (JSON.stringify(events(view)) !== JSON.stringify(events(there))) continue;
      assert.equal(there.state, view.state, `the state of request ${view.id}`);
      for (const { what, effect } of view.events)
        assert.notEqual(effect, 'void', `${what.event} of request ${view.id}`);
    }
}

/** A collection is read by others than the desks of a case. */
function stayAmongDesks({ card, reader }: SimDesk): void {
  for (const object of reader.read as unknown as readonly Bundled[])
    assert.ok(
      object.type !== 'note' && object.type !== 'grouping',
      `${object.id} (${tlpOf(object)}) was read at ${card.desk}`,
    );
}

export async function tallyJoint(world: World): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const add = (what: string, n: number) => counts.set(what, (counts.get(what) ?? 0) + n);
  add('cases', world.joint.cases.length);
  add('cases: changes written', world.joint.written.length);
  for (const desk of world.desks) {
    for (const id of world.joint.cases) {
      const [here] = await desk.records.query('select 1 from cases where id = $1', [id]);
      if (!here) continue;
      const { facts } = await caseDetail(desk.records, desk.card.desk, id, () => []);
      add('cases: conflicts shown', facts.filter(({ conflict }) => conflict).length);
      add(
        'cases: changes held',
        facts.reduce((sum, { revisions }) => sum + revisions, 0),
      );
    }
    const rows = await desk.records.query<{ event: string; n: number }>(
      `select what ->> 'event' as event, count(*)::integer as n from request_events where desk = $1 group by 1`,
      [desk.card.desk],
    );
    for (const { event, n } of rows) add(`request events: ${event}`, n);
  }
  return counts;
}
