import { type CaseRevision, caseRevisionsMax, claimTerms, fillText, type Text } from '@gongjo/contract';
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
import { caseTitleOf, revisionOf, type StixObject, tlpOf } from '../stix/index.ts';
import type { AdmittedObject } from './admit.ts';
import { isBy, noteFaults, revisionFault } from './claims.ts';
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
  source: Source,
  objects: readonly StixObject[],
): Promise<(object: StixObject) => GongjoError | null> {
  const counted = new Map<string, number>();
  return noteFaults(source, objects, ['revision'], async (object) => {
    const revision = revisionOf(object);
    const detail = revision ? await faultOf(db, desk.desk, source.party, revision, counted) : claimTerms.name;
    return detail && new GongjoError('case-revision-false', { id: object.id, detail });
  });
}

async function faultOf(
  db: Db,
  us: string,
  party: Party,
  revision: CaseRevision,
  counted: Map<string, number>,
): Promise<Text | null> {
  const fault = revisionFault(revision, party);
  if (fault !== null) return fault;
  const { case: id, fact, desk, seen } = revision;
  const missing = unseenOf(seen, us, await placesOf(db, id, fact, us));
  if (missing !== null) return fillText(claimTerms.seenChange, { n: missing, desk: us });
  const untrue = await conversionFault(db, revision);
  if (untrue !== null) return untrue;
  const before = counted.get(id) ?? (await countRevisions(db, id, desk));
  counted.set(id, before + 1);
  return before >= caseRevisionsMax ? fillText(claimTerms.caseFull, { limit: caseRevisionsMax }) : null;
}

/**
 * The act that made evidence of a fact is this change itself, or one that was seen. Where everything is here that was seen of the
 * desk that acted, the act is among it, word for word; what that desk keeps to itself cannot be looked at.
 */
async function conversionFault(
  db: Db,
  { case: id, fact, desk, at, seen, about: { conversion } }: CaseRevision,
): Promise<Text | null> {
  if (!conversion) return null;
  const isTheAct = conversion.desk === desk && conversion.at === at;
  if (isTheAct) return Object.keys(seen).length > 0 ? null : claimTerms.unwritten;
  const places = await placesOf(db, id, fact, conversion.desk);
  if (unseenOf(seen, conversion.desk, places) !== null) return null;
  const acts = await conversionsOf(db, id, fact, conversion.desk);
  if (acts.some((it) => canonicalJson(it) === canonicalJson(conversion))) return null;
  return fillText(claimTerms.noAct, { desk: conversion.desk, at: conversion.at });
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
