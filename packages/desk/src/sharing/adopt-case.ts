import { type CaseRevision, caseRevisionsMax } from '@gongjo/contract';
import {
  addCase,
  addRevision,
  conversionsOf,
  countRevisions,
  placesOf,
  putCaseDesk,
  unseenOf,
} from '../cases/index.ts';
import { canonicalJson, GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { caseTitleOf, noteClaim, revisionOf, type StixObject, tlpOf } from '../stix/index.ts';
import type { AdmittedObject } from './admit.ts';
import { isBy, revisionFault } from './claims.ts';
import type { Source } from './examine.ts';
import type { Party, SharingContext } from './party.ts';

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
    if (noteClaim(object) !== 'revision' || !isBy(object, party)) continue;
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
  const fault = revisionFault(revision, party);
  if (fault !== null) return fault;
  const { case: id, fact, desk, seen } = revision;
  const missing = unseenOf(seen, us, await placesOf(db, id, fact, us));
  if (missing !== null) return `it has seen change ${missing} of ${us}, which there is not`;
  const untrue = await conversionFault(db, revision);
  if (untrue !== null) return untrue;
  const before = counted.get(id) ?? (await countRevisions(db, id, desk));
  counted.set(id, before + 1);
  return before >= caseRevisionsMax ? `more than ${caseRevisionsMax} changes of one case` : null;
}

/**
 * The act that made evidence of a fact is this change itself, or one that was seen. Where everything is here that was seen of the
 * desk that acted, the act is among it, word for word; what that desk keeps to itself cannot be looked at.
 */
async function conversionFault(
  db: Db,
  { case: id, fact, desk, at, seen, about: { conversion } }: CaseRevision,
): Promise<string | null> {
  if (!conversion) return null;
  const isTheAct = conversion.desk === desk && conversion.at === at;
  if (isTheAct) return Object.keys(seen).length > 0 ? null : 'it makes evidence of what nobody had written';
  const places = await placesOf(db, id, fact, conversion.desk);
  if (unseenOf(seen, conversion.desk, places) !== null) return null;
  const acts = await conversionsOf(db, id, fact, conversion.desk);
  if (acts.some((it) => canonicalJson(it) === canonicalJson(conversion))) return null;
  return `${conversion.desk} did not make evidence of it at ${conversion.at} on this basis`;
}

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
    if (object.revoked === true || !isBy(object, party) || tlp === null || tlp === 'conflict') continue;
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
