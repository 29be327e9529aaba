import type { Tlp } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { isStricter } from '../stix/index.ts';
import { recipientsOf, withdraw } from './decision.store.ts';
import { addMark, marksOf } from './mark.store.ts';
import { effectiveOf, markReader } from './marking.ts';
import { type HeldObject, heldVersions } from './object.store.ts';
import { noHandling, type SharingContext } from './party.ts';
import { releaseTo } from './release-to.ts';

export interface Marking {
  readonly object: string;
  readonly tlp: Tlp;
  readonly reason: string;
  readonly by: string;
}

/**
 * Marks an object more strictly here, in all its versions and from whomever it came; for one that came unmarked from an
 * account, a feed or a file it may be the first level. Never loosens. Collections serve it from then on as it is decided now;
 * what partners hold already stays with them, and can be recalled. Answers whether something waits for the courier.
 */
export async function mark(
  tx: Db,
  context: SharingContext,
  { object: id, tlp, reason, by }: Marking,
): Promise<{ readonly waiting: boolean }> {
  const versions = await heldVersions(tx, id);
  if (versions.length === 0) throw new GongjoError('object-unknown', { id });
  const before = (await marksOf(tx, [id])).get(id) ?? null;
  const reader = await markReader(
    tx,
    (context.handling ?? noHandling).book,
    versions.map(({ object }) => object),
  );
  for (const { object, given } of versions) {
    const held = effectiveOf(object, { given, mark: before }, reader).tlp;
    if (held === 'conflict') throw new GongjoError('marking-conflict', { id });
    if (held !== null && !isStricter(tlp, held)) throw new GongjoError('mark-looser', { id, held, asked: tlp });
  }
  await addMark(tx, context.clock, { object: id, tlp, reason, by });
  await recordAudit(tx, context.clock, {
    actor: by,
    action: 'sharing.marked',
    subject: id,
    details: { tlp, before },
  });
  let waiting = false;
  for (const { recipient: name, origin, released, purpose, legalBasis } of await recipientsOf(tx, id)) {
    const recipient = await context.party?.(tx, name);
    if (!recipient || (recipient.kind === 'desk' && released)) continue;
    // Also what it may still read of an earlier version.
    if (recipient.kind !== 'desk') await withdraw(tx, context.clock, name, origin, [id]);
    const objects = newestFrom(versions, origin);
    const again = { recipient, objects, incident: objects[0]?.incident ?? null, purpose, legalBasis, by, again: true };
    const answer = await releaseTo(tx, context, again);
    waiting ||= answer.waiting || answer.requests.length > 0;
  }
  return { waiting };
}

const newestFrom = (versions: readonly HeldObject[], origin: string) =>
  versions.filter((it) => it.origin === origin).slice(0, 1);
