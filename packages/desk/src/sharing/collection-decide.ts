import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { type Outcome, outcomeOf, type ReleaseQuestion } from '../policy/index.ts';
import { tlpOf } from '../stix/index.ts';
import type { HeldObject } from './collection.store.ts';
import { type CollectionRecipient, recipientOf } from './collection.ts';
import type { SharingContext } from './release.ts';

/** Decides which of these objects a collection may hold and records it, with the reasons. Answers how many it may. */
export async function decideFor(
  tx: Db,
  context: SharingContext,
  collection: CollectionRecipient,
  objects: readonly HeldObject[],
  basis: string,
): Promise<number> {
  const recipient = recipientOf(collection.alias);
  const decided = await tx.query<{ object_id: string; modified: string; origin: string }>(
    'select object_id, modified, origin from release_decisions where recipient = $1 and object_id = any($2) and (released or basis = $3)',
    [recipient, objects.map(({ id }) => id), basis],
  );
  const known = new Set(decided.map((it) => `${it.object_id} ${it.modified} ${it.origin}`));
  const undecided = objects.filter((it) => !known.has(`${it.id} ${it.modified} ${it.origin}`));
  if (undecided.length === 0) return 0;
  // Objects of the same facts get the same answer: the policy is asked once for all of them.
  const answers = new Map<string, Outcome>();
  const judged = undecided.map((held) => {
    const question = questionOf(context, collection, held);
    const key = JSON.stringify({ ...question, object: { ...question.object, id: '' } });
    const outcome = answers.get(key) ?? outcomeOf(context.policies, question, []);
    answers.set(key, outcome);
    return { held, outcome };
  });
  await tx.query(
    `delete from release_decisions d using jsonb_to_recordset($2::jsonb) as j (id text, modified text, origin text)
     where d.recipient = $1 and d.object_id = j.id and d.modified = j.modified and d.origin = j.origin`,
    [recipient, JSON.stringify(undecided.map(({ id, modified, origin }) => ({ id, modified, origin })))],
  );
  await tx.query(
    `insert into release_decisions (recipient, object_id, modified, origin, type, sha256, outcome, released, reasons, basis, purpose, decided_at)
     select $1, j.id, j.modified, j.origin, j.type, j.sha256, j.outcome, j.outcome = 'release', j.reasons, $2, 'investigation', $3
     from jsonb_to_recordset($4::jsonb) as j (id text, modified text, origin text, type text, sha256 text, outcome text, reasons jsonb)`,
    [
      recipient,
      basis,
      instant(context.clock.now()),
      JSON.stringify(
        judged.map(({ held: { object: _, incident: __, ...held }, outcome }) => ({
          ...held,
          outcome: outcome.kind,
          reasons: outcome.reasons,
        })),
      ),
    ],
  );
  await markLatest(
    tx,
    recipient,
    undecided.map(({ id }) => id),
  );
  return judged.filter(({ outcome }) => outcome.kind === 'release').length;
}

/** Of each object the newest version that was released and stands. */
async function markLatest(tx: Db, recipient: string, ids: readonly string[]): Promise<void> {
  await tx.query(
    `with newest as (
       select distinct on (object_id) seq from release_decisions
       where recipient = $1 and object_id = any($2) and released and withdrawn_at is null
       order by object_id, nullif(modified, '')::timestamptz desc nulls last, seq desc)
     update release_decisions d set latest = (d.seq in (select seq from newest))
     where d.recipient = $1 and d.object_id = any($2) and d.latest <> (d.seq in (select seq from newest))`,
    [recipient, ids],
  );
}

function questionOf(
  { desk }: SharingContext,
  { alias, country, agreement, roles, communities }: CollectionRecipient,
  { id, type, origin, incident, object }: HeldObject,
): ReleaseQuestion {
  return {
    action: 'release',
    desk: desk.desk,
    partner: { id: recipientOf(alias), kind: 'collection', country, agreement, paired: false, roles, communities },
    object: { id, type, tlp: tlpOf(object), origin, communities: [], handling: [], incident },
    purpose: 'investigation',
    legalBasis: agreement,
    approvals: 0,
    originConsents: false,
    redaction: null,
  };
}
