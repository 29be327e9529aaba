import type {
  CaseRevision,
  CaseStanding,
  DeskCard,
  FactTerms,
  NewCase,
  Tlp,
  zFactChange,
  zNewFact,
} from '@gongjo/contract';
import type { z } from 'zod';
import { recordAudit } from '../../audit/index.ts';
import { GongjoError, instant } from '../../kernel/index.ts';
import type { Clock, Db, Random } from '../../platform/index.ts';
import { deskIdentityId, isStricter, revisionId, stixId } from '../../stix/index.ts';
import { takeIntoCustody } from '../custody.store.ts';
import {
  addCase,
  addRevision,
  caseDesks,
  findCase,
  keepDocument,
  putCaseDesk,
  revisionsOf,
  type StoredCase,
} from './case.store.ts';
import { type Fact, factsOf, revise } from './fact.ts';
import { flagOf } from './flag.ts';

/** What people at this desk do to cases. Each act is one transaction of the caller's and stands in the record. */

export interface CaseContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly desk: DeskCard;
}

type FactInput = z.output<typeof zNewFact>;
type ChangeInput = z.output<typeof zFactChange>;

/** Answers the case's identifier. */
export async function openCase(
  tx: Db,
  context: CaseContext,
  { title, summary, tlp = 'amber', incidents = [] }: NewCase,
  by: string,
): Promise<string> {
  const { clock, random, desk } = context;
  const id = stixId('grouping', random.uuid());
  await addCase(tx, clock, { id, origin: null, title, tlp, by });
  const own = { id, tlp, by };
  await begin(tx, context, own, 'case', {
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

const deskFact = (desk: string) => `desk-${desk}`;
const incidentFact = (incident: string) =>
  incident
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 80);

/** Answers the fact's name in its case. Throws `case-unknown`, `input-invalid`. */
export async function addFact(
  tx: Db,
  context: CaseContext,
  caseId: string,
  { body, flag, source, terms, tlp, keptHere }: FactInput,
  by: string,
): Promise<string> {
  const stored = await caseNamed(tx, caseId);
  if (body.kind === 'case' || body.kind === 'desk')
    throw new GongjoError('input-invalid', { detail: `body.kind: ${body.kind}` });
  if (flag === 'evidence' && source === undefined)
    throw new GongjoError('input-invalid', { detail: 'source: evidence names where it comes from' });
  const fact = body.kind === 'incident' ? incidentFact(body.incident) : `${body.kind}-${context.random.uuid()}`;
  const known = await factIn(tx, context, caseId, fact);
  if (known) throw new GongjoError('input-invalid', { detail: 'body.incident: the case is about it already' });
  const about = {
    flag,
    ...(source === undefined ? {} : { source }),
    ...(terms === undefined ? {} : { terms }),
  };
  await begin(tx, context, { id: caseId, tlp: tlp ?? stored.tlp, by, keptHere, about }, fact, body);
  await note(tx, context, by, 'case.fact-added', caseId, { fact, kind: body.kind, flag });
  return fact;
}

/** A change, or the settling of a conflict where it is based on several heads. Throws `case-fact-unknown`, `case-revision-unknown`. */
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
  if (fact.kind === 'desk') throw new GongjoError('input-invalid', { detail: 'body.kind: desk' });
  const { clock, desk } = context;
  const revision = revise(fact, change.based, change, { desk: desk.desk, at: instant(clock.now()) });
  await keep(tx, context, caseId, revision, termsOf(fact, change), by);
  await note(tx, context, by, change.based.length > 1 ? 'case.conflict-settled' : 'case.fact-changed', caseId, {
    fact: factId,
    based: change.based,
  });
}

/** Marked as strictly as the strictest of what it rests on, unless the person says more strictly. */
function termsOf(fact: Fact, { based, tlp, keptHere }: Pick<ChangeInput, 'based' | 'tlp' | 'keptHere'>) {
  const before = fact.revisions.filter(({ object }) => based.includes(object));
  const strictestBefore = before.reduce<Tlp>(
    (level, it) => (it.tlp !== null && isStricter(it.tlp, level) ? it.tlp : level),
    before[0]?.tlp ?? 'amber',
  );
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

/** Lets a partner into the case: it is told from now on what policy lets it have. */
export async function offerCase(
  tx: Db,
  context: CaseContext,
  caseId: string,
  { to, legalBasis }: { readonly to: DeskCard['desk']; readonly legalBasis: string | null },
  by: string,
): Promise<void> {
  const stored = await caseNamed(tx, caseId);
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

/** Answers a case that another desk offered, or leaves one. */
export async function answerCase(
  tx: Db,
  context: CaseContext,
  caseId: string,
  standing: Exclude<CaseStanding, 'offered'>,
  by: string,
): Promise<void> {
  const stored = await caseNamed(tx, caseId);
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

/** Bytes of a document that was put into a case, kept under their hash and in the chain of custody. */
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
  await keepDocument(tx, context.clock, { ...document, by });
  await takeIntoCustody(tx, context, {
    ...{ caseId, direction: 'in', who: by, why: 'put into the case' },
    ...{ name: document.name, mediaType: document.mediaType, bytes: document.bytes },
  });
  await note(tx, context, by, 'case.document-kept', document.sha256, { bytes: document.bytes.byteLength });
}

/** Throws `case-unknown`. */
export async function caseNamed(db: Db, id: string): Promise<StoredCase> {
  const stored = await findCase(db, id);
  if (!stored) throw new GongjoError('case-unknown', { id });
  return stored;
}

async function factIn(db: Db, { desk }: CaseContext, caseId: string, fact: string): Promise<Fact | null> {
  const revisions = await revisionsOf(db, caseId, desk.desk);
  return factsOf(revisions.filter((it) => it.fact === fact))[0] ?? null;
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
  const revision = { fact, desk: desk.desk, n: 1, seen: {}, at: instant(clock.now()), body, about };
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
  const object = revisionId(deskIdentityId(desk.desk), revision);
  await addRevision(tx, clock, { ...revision, object, tlp, by, keptHere });
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
