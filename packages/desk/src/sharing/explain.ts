import type { PolicyExplanation } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { explainRelease, type Pair, purposes } from '../policy/index.ts';
import type { Asked } from './decide.ts';
import { type HeldObject, type HeldRow, heldColumns, heldOf, newestAnywhere, newestFirst } from './object.store.ts';
import type { Party, SharingContext } from './party.ts';
import { questionsFor, refusal } from './question.ts';

/** The object that a person means by an identifier: ours, else the newest. Throws `object-unknown`. */
export async function objectToExplain(db: Db, { desk }: SharingContext, id: string): Promise<HeldObject> {
  const held = await newestAnywhere(db, desk.desk, id);
  if (!held) throw new GongjoError('object-unknown', { id });
  return held;
}

/** What would happen to an object for a recipient, and why. Nothing is recorded and nothing leaves. */
export async function explainFor(
  db: Db,
  context: SharingContext,
  recipient: Party,
  held: HeldObject,
  asked: Asked,
): Promise<PolicyExplanation> {
  const { question, redacted, originCanBeAsked } = (await questionsFor(db, context, recipient, [held], asked))(held);
  const { id, modified, type, label } = held;
  const told = explainRelease(context.policies, question, redacted);
  // As `judgeFor` does: nobody is asked who cannot be.
  const inVain = told.outcome.consent && !question.originConsents && !originCanBeAsked;
  const outcome = inVain ? { ...told.outcome, ...refusal('origin-not-paired') } : told.outcome;
  return {
    object: { id, modified, type, label },
    recipient: { id: recipient.id, name: recipient.name },
    ...told,
    outcome,
  };
}

/** The newest objects are asked about; a desk of many millions would not be done within a person's patience. */
const objectsAskedMax = 2_000;

/** The newest versions of stored objects, each for each recipient, ready to be put to two policy sets. */
export async function storedPairs(
  db: Db,
  context: SharingContext,
  recipients: readonly Party[],
): Promise<{ readonly pairs: readonly Pair[]; readonly complete: boolean }> {
  const rows = await db.query<HeldRow & { added_seq: number }>(
    `select * from (
       select distinct on (id, origin) ${heldColumns}, added_seq from shared_objects order by id, origin, ${newestFirst}
     ) as newest where not recalled and not revoked order by added_seq desc limit $1`,
    [objectsAskedMax + 1],
  );
  const objects = rows.slice(0, objectsAskedMax).map(({ added_seq: _, ...row }) => heldOf(row));
  const pairs: Pair[] = [];
  for (const recipient of recipients) {
    const questionOf = await questionsFor(db, context, recipient, objects, { purpose: purposes[0] });
    for (const held of objects) {
      if (held.origin === recipient.id) continue;
      const { question, redacted } = questionOf(held);
      pairs.push({ question, redactions: redacted, label: held.label });
    }
  }
  return { pairs, complete: rows.length <= objectsAskedMax };
}
