import {
  type CaseRevision,
  type CaseStanding,
  caseDesksMax,
  caseDocumentBytesMax,
  caseRevisionsMax,
  caseTerms,
  type DeskCard,
  type FactTerms,
  factRevisionsMax,
  inputFault,
  type NewCase,
  type Tlp,
  zCaseRevision,
  type zFactChange,
  type zNewFact,
} from '@gongjo/contract';
import type { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError, instant } from '../../kernel/index.ts';
import type { Clock, Db, Random } from '../../platform/index.ts';
import { deskIdentityId, isStricter, revisionId, stixId } from '../../stix/index.ts';
import { takeIntoCustody } from '../custody.store.ts';
import { findIncident } from '../incident.store.ts';
import {
  addCase,
  addRevision,
  caseDesks,
  countRevisions,
  findCase,
  keepDocument,
  putCaseDesk,
  revisionsOf,
  type StoredCase,
} from './case.store.ts';
import { type Fact, factsOf, isThere, nextOf, revise } from './fact.ts';
import { flagOf } from './flag.ts';
import { caseFact, deskFact, incidentFact, isNameOf } from './name.ts';

/** What people at this desk do to cases. Each act is one transaction of the caller's and stands in the record. */

export interface CaseContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly desk: DeskCard;
}

type FactInput = z.output<typeof zNewFact>;
type ChangeInput = z.output<typeof zFactChange>;

/** Answers the case's identifier. Throws `not-found` for an incident that is not here. */
export async function openCase(
  tx: Db,
  context: CaseContext,
  { title, summary, tlp = 'amber', incidents = [] }: NewCase,
  by: string,
): Promise<string> {
  const { clock, random, desk } = context;
  for (const incident of incidents) if (!(await findIncident(tx, incident))) throw new GongjoError('not-found');
  const id = stixId('grouping', random.uuid());
  await addCase(tx, clock, { id, origin: null, title, tlp, by });
  const own = { id, tlp, by };
  await begin(tx, context, own, caseFact, {
    kind: 'case',
    title,
    state: 'open',
    ...(summary === undefined ? {} : { summary }),
  });
  await begin(tx, context, own, deskFact(desk.desk), { kind: 'desk', desk: desk.desk, standing: 'joined' });
  for (const incident of incidents)
    await begin(tx, context, own, incidentFact(incident), { kind: 'incident', incident });
  await note(tx, context, by, 'case.opened', id, { incidents });
  return id;
}

/**
 * Answers the fact's name in its case. An incident that was taken out of it before comes back into it. Throws `case-unknown`,
 * `input-invalid`.
 */
export async function addFact(
  tx: Db,
  context: CaseContext,
  caseId: string,
  { body, flag, source, terms, tlp, keptHere }: FactInput,
  by: string,
): Promise<string> {
  const stored = await caseNamed(tx, caseId);
  if (body.kind === 'case' || body.kind === 'desk')
    throw new GongjoError('input-invalid', { detail: inputFault('body.kind', 'notKind', { kind: body.kind }) });
  if (flag === 'evidence' && source === undefined)
    throw new GongjoError('input-invalid', { detail: inputFault('source', 'source') });
  const fact = body.kind === 'incident' ? incidentFact(body.incident) : `${body.kind}-${context.random.uuid()}`;
  const known = await factIn(tx, context, caseId, fact);
  if (known && isThere(known))
    throw new GongjoError('input-invalid', { detail: inputFault('body.incident', 'inCase') });
  const said = { ...(source === undefined ? {} : { source }), ...(terms === undefined ? {} : { terms }) };
  if (known) await putBack(tx, context, caseId, known, { body, flag, ...said, tlp, keptHere }, by);
  else {
    const beginning = { id: caseId, tlp: tlp ?? stored.tlp, by, keptHere, about: { flag, ...said } };
    await begin(tx, context, beginning, fact, body);
  }
  await note(tx, context, by, 'case.fact-added', caseId, { fact, kind: body.kind, flag });
  return fact;
}

/** A fact that was taken away is there again; what it was before is in its history, and so is its flag. */
async function putBack(
  tx: Db,
  context: CaseContext,
  caseId: string,
  fact: Fact,
  { flag, tlp, keptHere, ...said }: FactInput,
  by: string,
): Promise<void> {
  const { clock, desk } = context;
  const based = fact.heads.map(({ object }) => object);
  const revision = revise(fact, based, { ...said, removed: false }, { desk: desk.desk, at: instant(clock.now()) });
  if (revision.about.flag !== flag)
    throw new GongjoError('input-invalid', {
      detail: inputFault('flag', 'flagged', { flag: caseTerms.flag[revision.about.flag] }),
    });
  await keep(tx, context, caseId, revision, termsOf(fact, { based, tlp, keptHere }), by);
}

/** A change, or the settling of a conflict where it is based on several heads. Throws `case-fact-unknown`, `case-revision-unknown`, `mark-looser`. */
export async function changeFact(
  tx: Db,
  context: CaseContext,
  caseId: string,
  factId: string,
  change: ChangeInput,
  by: string,
): Promise<void> {
  await caseNamed(tx, caseId);
  const fact = await factNamed(tx, context, caseId, factId);
  if (fact.kind === 'desk')
    throw new GongjoError('input-invalid', { detail: inputFault('body.kind', 'notKind', { kind: 'desk' }) });
  const { clock, desk } = context;
  const revision = revise(fact, change.based, change, { desk: desk.desk, at: instant(clock.now()) });
  await keep(tx, context, caseId, revision, termsOf(fact, change), by);
  await note(tx, context, by, change.based.length > 1 ? 'case.conflict-settled' : 'case.fact-changed', caseId, {
    fact: factId,
    based: change.based,
  });
}

/** Marked as strictly as the strictest of what it rests on, or more strictly where the person says so. Throws `mark-looser`. */
function termsOf(fact: Fact, { based, tlp, keptHere }: Pick<ChangeInput, 'based' | 'tlp' | 'keptHere'>) {
  const before = fact.revisions.filter(({ object }) => based.includes(object));
  const strictestBefore = before.reduce<Tlp>(
    (level, it) => (it.tlp !== null && isStricter(it.tlp, level) ? it.tlp : level),
    before[0]?.tlp ?? 'amber',
  );
  if (tlp !== undefined && isStricter(strictestBefore, tlp))
    throw new GongjoError('mark-looser', { id: fact.id, held: strictestBefore, asked: tlp });
  return { tlp: tlp ?? strictestBefore, keptHere: keptHere ?? before.some((it) => it.keptHere) };
}

/** The act by which intelligence becomes evidence. Throws `case-flag-by-act`. */
export async function convertFact(
  tx: Db,
  context: CaseContext,
  caseId: string,
  factId: string,
  { based, legalBasis }: { readonly based: readonly string[]; readonly legalBasis: string },
  by: string,
): Promise<void> {
  await caseNamed(tx, caseId);
  const fact = await factNamed(tx, context, caseId, factId);
  const before = fact.revisions.filter(({ object }) => based.includes(object));
  if (fact.conflict || flagOf(before, fact.revisions) === 'evidence') throw new GongjoError('case-flag-by-act');
  const { clock, desk } = context;
  const at = instant(clock.now());
  const conversion = { legalBasis, at, desk: desk.desk };
  const revision = revise(fact, based, {}, { desk: desk.desk, at, conversion });
  await keep(tx, context, caseId, revision, termsOf(fact, { based: [...based] }), by);
  await note(tx, context, by, 'case.made-evidence', caseId, { fact: factId, based, legalBasis });
}

/** Lets a partner into the case: it is told from now on what policy lets it have. Throws `case-recalled`, `case-full`. */
export async function offerCase(
  tx: Db,
  context: CaseContext,
  caseId: string,
  { to, legalBasis }: { readonly to: DeskCard['desk']; readonly legalBasis: string | null },
  by: string,
): Promise<void> {
  const stored = await standingCase(tx, caseId);
  const others = await caseDesks(tx, caseId);
  // This desk is in it as well.
  if (others.length + 1 >= caseDesksMax && !others.some(({ desk }) => desk === to))
    throw new GongjoError('case-full', { detail: `${caseDesksMax} desks` });
  await putCaseDesk(tx, context.clock, caseId, { desk: to, invited: false, legalBasis, by });
  const fact = await factIn(tx, context, caseId, deskFact(to));
  if (!fact)
    await begin(tx, context, { id: caseId, tlp: stored.tlp, by }, deskFact(to), {
      kind: 'desk',
      desk: to,
      standing: 'offered',
    });
  await note(tx, context, by, 'case.offered', caseId, { desk: to, legalBasis });
}

/** Answers a case that another desk offered, or leaves one. Throws `case-recalled`. */
export async function answerCase(
  tx: Db,
  context: CaseContext,
  caseId: string,
  standing: Exclude<CaseStanding, 'offered'>,
  by: string,
): Promise<void> {
  const stored = await standingCase(tx, caseId);
  const { clock, desk } = context;
  const name = deskFact(desk.desk);
  const body = { kind: 'desk', desk: desk.desk, standing } as const;
  const fact = await factIn(tx, context, caseId, name);
  if (fact) {
    const based = fact.heads.map(({ object }) => object);
    const revision = revise(fact, based, { body }, { desk: desk.desk, at: instant(clock.now()) });
    await keep(tx, context, caseId, revision, { tlp: stored.tlp, keptHere: false }, by);
  } else await begin(tx, context, { id: caseId, tlp: stored.tlp, by }, name, body);
  // Whoever invited is told the answer, whatever it is.
  for (const other of await caseDesks(tx, caseId))
    if (other.invited) await putCaseDesk(tx, clock, caseId, { ...other, invited: false, by });
  await note(tx, context, by, `case.${standing}`, caseId, {});
}

/**
 * Bytes of a document that was put into a case, kept under their hash and in the chain of custody.
 * Throws `case-unknown`, `body-too-large`.
 */
export async function keepCaseDocument(
  tx: Db,
  context: CaseContext,
  caseId: string,
  document: {
    readonly name: string;
    readonly sha256: string;
    readonly bytes: Uint8Array;
    readonly mediaType: string;
  },
  by: string,
): Promise<void> {
  await caseNamed(tx, caseId);
  const { sha256, bytes } = document;
  if (bytes.byteLength > caseDocumentBytesMax) throw new GongjoError('body-too-large', { limit: caseDocumentBytesMax });
  await keepDocument(tx, context.clock, { ...document, by });
  await takeIntoCustody(tx, context, {
    ...{ caseId, direction: 'in', who: by, why: 'put into the case' },
    ...{ name: document.name, mediaType: document.mediaType, bytes },
  });
  await note(tx, context, by, 'case.document-kept', sha256, { bytes: bytes.byteLength });
}

/** Throws `case-unknown`. */
export async function caseNamed(db: Db, id: string): Promise<StoredCase> {
  const stored = await findCase(db, id);
  if (!stored) throw new GongjoError('case-unknown', { id });
  return stored;
}

/** Nobody has taken it back. Throws `case-unknown`, `case-recalled`. */
async function standingCase(db: Db, id: string): Promise<StoredCase> {
  const stored = await caseNamed(db, id);
  if (stored.recalledAt !== null) throw new GongjoError('case-recalled', { id });
  return stored;
}

async function factIn(db: Db, { desk }: CaseContext, caseId: string, fact: string): Promise<Fact | null> {
  return factsOf(await revisionsOf(db, caseId, desk.desk, fact))[0] ?? null;
}

async function factNamed(db: Db, context: CaseContext, caseId: string, id: string): Promise<Fact> {
  const fact = await factIn(db, context, caseId, id);
  if (!fact) throw new GongjoError('case-fact-unknown', { id });
  return fact;
}

interface Beginning {
  readonly id: string;
  readonly tlp: Tlp;
  readonly by: string;
  readonly keptHere?: boolean;
  readonly about?: FactTerms;
}

async function begin(
  tx: Db,
  context: CaseContext,
  { id, tlp, by, keptHere = false, about = { flag: 'intelligence' } }: Beginning,
  fact: string,
  body: CaseRevision['body'],
): Promise<void> {
  const { clock, desk } = context;
  // A fact of this name may have been here, and taken back.
  const n = nextOf(await revisionsOf(tx, id, desk.desk, fact), desk.desk);
  const revision = { fact, desk: desk.desk, n, seen: {}, at: instant(clock.now()), body, about };
  await keep(tx, context, id, revision, { tlp, keptHere }, by);
}

async function keep(
  tx: Db,
  { clock, desk }: CaseContext,
  caseId: string,
  rest: Omit<CaseRevision, 'case'>,
  { tlp, keptHere }: { readonly tlp: Tlp; readonly keptHere: boolean },
  by: string,
): Promise<void> {
  const revision = { case: caseId, ...rest };
  if (!isNameOf(revision.fact, revision.body))
    throw new GongjoError('input-invalid', { detail: inputFault(`body.${revision.body.kind}`, 'name') });
  await checkBounds(tx, revision);
  const object = revisionId(deskIdentityId(desk.desk), revision);
  await addRevision(tx, clock, { ...revision, object, tlp, by, keptHere });
}

/** What the other desks would not take is not written, so that no desk works on what the others never get. Throws `case-full`. */
async function checkBounds(tx: Db, revision: CaseRevision): Promise<void> {
  const full = (detail: string) => new GongjoError('case-full', { detail });
  if (revision.n > factRevisionsMax) throw full(`${factRevisionsMax} changes of one fact`);
  if ((await countRevisions(tx, revision.case, revision.desk)) >= caseRevisionsMax)
    throw full(`${caseRevisionsMax} changes of one case`);
  const [issue] = zCaseRevision.safeParse(revision).error?.issues ?? [];
  if (issue) throw full(`${issue.path.join('.')}: ${issue.message}`);
}

async function note(
  tx: Db,
  { clock }: CaseContext,
  actor: string,
  action: `case.${string}`,
  subject: string,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  await recordAudit(tx, clock, { actor, action, subject, details });
}
