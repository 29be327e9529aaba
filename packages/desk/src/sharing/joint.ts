import {
  type CaseDesk,
  caseDesks,
  factsOf,
  findCase,
  type HeldRevision,
  revisionsOf,
  revisionsToTell,
  type StoredCase,
  standingsOf,
  wordsOf,
} from '../cases/index.ts';
import type { Db } from '../platform/index.ts';
import { caseObject, deskIdentityId, revisionObject, type StixId, type StixObject, zStixId } from '../stix/index.ts';
import { introductions } from './introductions.ts';
import type { SharingContext } from './party.ts';
import { release } from './release.ts';

/**
 * Decides, in the caller's transaction, what of a case goes to the desks that are in it, and puts what may go in the outbox. What was
 * decided on the present basis is not decided again. Who has declined or left tells that alone. Answers the partners for whom
 * something waits.
 */
export async function shareCase(tx: Db, context: SharingContext, id: string): Promise<Set<string>> {
  const stored = await findCase(tx, id);
  const waiting = new Set<string>();
  if (!stored || stored.recalledAt !== null) return waiting;
  const desks = (await caseDesks(tx, id)).filter(({ invited }) => !invited);
  if (desks.length === 0) return waiting;
  const objects = caseObjects(context, stored, await toTell(tx, context, id));
  for (const desk of desks) for (const partner of await shareWith(tx, context, desk, objects)) waiting.add(partner);
  return waiting;
}

async function shareWith(
  tx: Db,
  context: SharingContext,
  { desk, legalBasis }: CaseDesk,
  objects: readonly StixObject[],
): Promise<Set<string>> {
  const party = await context.party?.(tx, desk);
  if (party?.kind !== 'desk') return new Set();
  return release(tx, context, { incident: null, objects, to: [party], purpose: 'investigation', legalBasis });
}

async function toTell(tx: Db, { desk }: SharingContext, id: string): Promise<HeldRevision[]> {
  const own = await revisionsToTell(tx, id, desk.desk);
  const standing = standingsOf(factsOf(await revisionsOf(tx, id, desk.desk))).get(desk.desk);
  if (standing === 'joined') return own;
  return own.filter(({ body }) => body.kind === 'desk' && body.desk === desk.desk);
}

/** A case of this desk's as it is told: itself, and every change of its facts that this desk made. */
function caseObjects(
  { desk }: Pick<SharingContext, 'desk'>,
  { id, title, tlp, openedAt, origin }: StoredCase,
  revisions: readonly HeldRevision[],
): StixObject[] {
  const author = deskIdentityId(desk.desk);
  const about: StixId[] = [zStixId.parse(id)];
  return [
    ...introductions(desk, openedAt),
    ...(origin === null ? [caseObject({ id, title, about: [author] }, { now: openedAt, author, tlp })] : []),
    ...revisions.map(({ case: of, fact, desk: by, n, seen, at, body, about: terms, tlp: level }) =>
      revisionObject({ case: of, fact, desk: by, n, seen, at, body, about: terms }, wordsOf(body, terms), about, {
        now: at,
        author,
        tlp: level ?? tlp,
      }),
    ),
  ];
}
