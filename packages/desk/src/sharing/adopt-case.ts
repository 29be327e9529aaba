import { type CaseRevision, factRevisionsMax } from '@gongjo/contract';
import { addCase, addRevision, countRevisions, placesOf, putCaseDesk, unseenOf } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { caseTitleOf, deskIdentityId, noteClaim, revisionOf, type StixObject, tlpOf } from '../stix/index.ts';
import type { AdmittedObject } from './admit.ts';
import type { Source } from './examine.ts';
import type { Party, SharingContext } from './party.ts';

/** What a partner writes of one case; its officers would take years. More would only fill this desk. */
const revisionsOfDeskMax = 20_000;

/**
 * Says of an object whether it carries a change of a fact that cannot be true: not of the desk that it comes from, under an
 * identifier that does not name its content, or by somebody who claims to have seen what this desk never wrote. Somebody else's
 * changes, passed on, are kept like any note and change nothing.
 */
export async function caseFaults(
  db: Db,
  { desk }: SharingContext,
  { party, via }: Source,
  objects: readonly StixObject[],
): Promise<(object: StixObject) => GongjoError | null> {
  if (via !== 'desk') return () => null;
  const faults = new Map<string, GongjoError>();
  const counted = new Map<string, number>();
  for (const object of objects) {
    if (noteClaim(object) !== 'revision' || object.created_by_ref !== authorOf(party)) continue;
    const revision = revisionOf(object);
    const detail = revision
      ? await faultOf(db, desk.desk, party, revision, counted)
      : 'its identifier is not that of its content';
    if (detail !== null) faults.set(object.id, new GongjoError('case-revision-false', { id: object.id, detail }));
  }
  return ({ id }) => faults.get(id) ?? null;
}

async function faultOf(
  db: Db,
  us: string,
  party: Party,
  revision: CaseRevision,
  counted: Map<string, number>,
): Promise<string | null> {
  const { case: id, fact, desk, body, seen, n } = revision;
  if (desk !== party.id) return `it is said to be of ${desk}`;
  if (body.kind === 'desk' && body.standing !== 'offered' && body.desk !== desk) return 'it speaks for another desk';
  if (body.kind === 'desk' && fact !== `desk-${body.desk}`) return 'it has the name of another fact';
  if (n > factRevisionsMax) return 'it is one change too many';
  const missing = unseenOf(seen, us, await placesOf(db, id, fact, us));
  if (missing !== null) return `it has seen change ${missing} of ${us}, which there is not`;
  const before = counted.get(id) ?? (await countRevisions(db, id, desk));
  counted.set(id, before + 1);
  return before >= revisionsOfDeskMax ? `more than ${revisionsOfDeskMax} changes of one case` : null;
}

const authorOf = ({ id }: Party) => deskIdentityId(id as Parameters<typeof deskIdentityId>[0]);

/** What a partner told of cases: those that it opened, and its own changes of facts. Answers whether something is new here. */
export async function adoptCases(
  tx: Db,
  { clock }: SharingContext,
  party: Party,
  added: readonly AdmittedObject[],
): Promise<boolean> {
  let isNew = false;
  for (const { object } of added.map(({ sealed }) => sealed)) {
    const tlp = tlpOf(object);
    if (object.revoked === true || object.created_by_ref !== authorOf(party) || tlp === null || tlp === 'conflict')
      continue;
    const title = caseTitleOf(object);
    if (title && (await addCase(tx, clock, { id: object.id, origin: party.id, title, tlp, by: `desk:${party.id}` }))) {
      await putCaseDesk(tx, clock, object.id, {
        desk: party.id,
        invited: true,
        legalBasis: null,
        by: `desk:${party.id}`,
      });
      isNew = true;
    }
    const revision = revisionOf(object);
    if (revision?.desk !== party.id) continue;
    isNew = (await addRevision(tx, clock, { ...revision, object: object.id, tlp, by: null, keptHere: false })) || isNew;
  }
  return isNew;
}
