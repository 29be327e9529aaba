import { type Tlp, tlpLevels } from '@gongjo/contract';
import { findParty, type PartnerContext } from '../../partner/index.ts';
import { approve, heldObjects, mark, recall, refuse, releaseTo } from '../../sharing/index.ts';
import type { Chance } from './chance.fixture.ts';

/** What people at a desk do by hand. Each finds in the records what there is to do; often that is nothing. */

/** Passes on, to one partner, what another one sent about an incident. */
export async function passOn(context: PartnerContext, chance: Chance, from: string, to: string): Promise<void> {
  const { records } = context;
  const refs = await records.query<{ id: string; modified: string; origin: string; incident: string }>(
    `select id, modified, origin, incident from shared_objects
     where origin = $1 and incident = (select incident from shared_objects
       where origin = $1 and incident is not null order by md5(incident || $2) limit 1)
     order by added_seq`,
    [from, String(chance.below(1000))],
  );
  const [first] = refs;
  if (!first) return;
  await records.transaction(async (tx) => {
    const recipient = await findParty(tx, to);
    if (!recipient) return;
    const objects = await heldObjects(tx, refs);
    await releaseTo(tx, context, {
      recipient,
      objects,
      incident: first.incident,
      purpose: 'investigation',
      by: 'officer',
    });
  });
}

/** Marks something that is here, its own or another's, more strictly than it is; where it was marked before, that may be refused. */
export async function markMore(context: PartnerContext, chance: Chance): Promise<void> {
  const { records } = context;
  const [found] = await records.query<{ id: string; tlp: Tlp }>(
    `select id, tlp, md5(id || $1) as place from shared_objects
     where type = any($2) and tlp <> 'red' order by place, tlp limit 1`,
    // Of an incident there are new versions, of the rest hardly any.
    [String(chance.below(1000)), chance.happens(0.6) ? ['incident'] : ['indicator', 'relationship']],
  );
  if (!found) return;
  const tlp = chance.pick<Tlp>(tlpLevels.slice(tlpLevels.indexOf(found.tlp) + 1));
  await records.transaction((tx) =>
    mark(tx, context, { object: found.id, tlp, reason: 'Wrong level.', by: 'officer' }),
  );
}

const officers = ['kim', 'lee', 'park'] as const;

/** An officer answers one of the requests that are open. */
export async function answer(context: PartnerContext, chance: Chance): Promise<void> {
  const { records } = context;
  const open = await records.query<{ id: string }>(
    `select id from release_requests where state = 'open' and kind <> 'origin' order by seq`,
  );
  if (open.length === 0) return;
  const { id } = chance.pick(open);
  const word = { request: id, person: chance.pick(officers), reason: null };
  const say = chance.happens(0.8) ? approve : refuse;
  await records.transaction((tx) => say(tx, context, word));
}

/** Takes back everything of one of the desk's own incidents. */
export async function takeBack(context: PartnerContext, incident: string): Promise<void> {
  const { records, desk } = context;
  await records.transaction(async (tx) => {
    const rows = await tx.query<{ id: string }>(
      'select distinct id from shared_objects where origin = $1 and incident = $2 order by id',
      [desk.desk, incident],
    );
    if (rows.length === 0) return;
    const reason = { en: 'Wrong.', ko: 'Wrong.' };
    await recall(tx, context, { origin: desk.desk, ids: rows.map(({ id }) => id), reason, by: 'officer' });
  });
}
