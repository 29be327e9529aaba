import {
  type CaseDetail,
  caseDocumentBytesMax,
  type Text,
  zCaseAccessAct,
  zCaseAnswer,
  zCaseDocument,
  zCaseId,
  zCaseOffer,
  zConversionAsked,
  zFactChange,
  zFactId,
  zNewCase,
  zNewFact,
} from '@gongjo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import {
  addFact,
  answerCase,
  caseAccess,
  caseDesks,
  caseDetail,
  caseNamed,
  caseSummaries,
  changeAccess,
  changeFact,
  convertFact,
  factHistory,
  factsOf,
  findCase,
  findDocument,
  findIncident,
  keepCaseDocument,
  offerCase,
  openCase,
  revisionsOf,
  revisionView,
  standingsOf,
} from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { overlapsAbout, partnerNamed } from '../partner/index.ts';
import { accountNamed, findAccount } from '../people/index.ts';
import { type Db, sha256Hex } from '../platform/index.ts';
import { type Given, givenOf, givenView, shareCase } from '../sharing/index.ts';
import type { HttpContext } from './context.ts';
import { demandCleared, wouldSee } from './guard.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

export const zList = z.strictObject({ incident: z.string().min(1).max(300).optional() });
/** A document in base64, and its name. */
const documentBodyMax = Math.ceil((caseDocumentBytesMax * 4) / 3) + 64 * 1024;

/** What is in common with one partner is in common many times over. */
const overlapsShownMax = 100;

type Named = { Params: { id: string } };
type NamedFact = { Params: { id: string; fact: string } };

/** Cases: what people here see and do. What goes out by it goes through sharing, in the same transaction. */
export function caseRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, seen, feed, partnerContext, wake } = context;
  const us = partnerContext.desk.desk;

  /** An act on a case and what it lets out, all or nothing. */
  const act = async <T>(request: FastifyRequest, id: string | null, work: (tx: Db) => Promise<T>): Promise<T> => {
    if (id !== null) await caseNamed(seen(request), id);
    const { result, waiting } = await records.transaction(async (tx) => {
      const made = await work(tx);
      return { result: made, waiting: await shareCase(tx, partnerContext, id ?? String(made)) };
    });
    feed.publish('cases', 'status');
    if (waiting.size > 0) await wake.couriers();
    return result;
  };

  const detail = async (request: FastifyRequest, id: string): Promise<CaseDetail> => {
    const db = seen(request);
    await caseNamed(db, id);
    const revisions = await revisionsOf(db, id, us);
    const given = await givenOf(db, us, [id, ...revisions.map(({ object }) => object)]);
    const { summary, facts } = await caseDetail(db, us, id, (object) => (given.get(object) ?? []).map(viewOfGiven));
    const standings = standingsOf(factsOf(revisions));
    const { desks: _, facts: __, ...same } = summary;
    const desks: CaseDetail['desks'] = await Promise.all(
      (await caseDesks(db, id)).map(async ({ desk, invited }) => ({
        desk,
        name: await nameOf(db, desk),
        standing: standings.get(desk) ?? (invited ? 'joined' : 'offered'),
        given: countGiven(given, desk, true),
        held: countGiven(given, desk, false),
      })),
    );
    const overlaps = (await overlapsAbout(db, summary.incidents)).slice(0, overlapsShownMax);
    return { ...same, desk: us, facts, desks, overlaps, access: await caseAccess(db, id) };
  };
  const nameOf = async (db: Db, desk: string): Promise<Text | null> =>
    (await partnerContext.party?.(db, desk))?.name ?? null;

  api.get('/api/cases', async (request) => {
    const { incident = null } = parseInput(zList, request.query);
    return { cases: await caseSummaries(seen(request), us, incident) };
  });

  api.post('/api/cases', async (request, reply) => {
    const { name } = viewerOf(request);
    const asked = parseInput(zNewCase, request.body);
    demandCleared(context, viewerOf(request), asked.tlp);
    for (const incident of asked.incidents)
      if (!(await findIncident(seen(request), incident))) throw new GongjoError('not-found');
    const id = await act(request, null, (tx) => openCase(tx, partnerContext, asked, name));
    return reply.status(201).send(await detail(request, id));
  });

  api.get<Named>('/api/cases/:id', async (request) => {
    return detail(request, parseInput(zCaseId, request.params.id));
  });

  api.post<Named>('/api/cases/:id/facts', async (request, reply) => {
    const { name } = viewerOf(request);
    const { id } = request.params;
    const fact = await act(request, id, (tx) =>
      addFact(tx, partnerContext, id, parseInput(zNewFact, request.body), name),
    );
    return reply.status(201).send({ fact, case: await detail(request, id) });
  });

  api.get<NamedFact>('/api/cases/:id/facts/:fact', async (request) => {
    const db = seen(request);
    const { id, fact } = request.params;
    const revisions = await factHistory(db, us, id, parseInput(zFactId, fact));
    const given = await givenOf(
      db,
      us,
      revisions.map(({ object }) => object),
    );
    return { revisions: revisions.map((it) => viewOfRevision(it, given)) };
  });

  api.post<NamedFact>('/api/cases/:id/facts/:fact', async (request) => {
    const { name } = viewerOf(request);
    const { id, fact } = request.params;
    await act(request, id, (tx) =>
      changeFact(tx, partnerContext, id, fact, parseInput(zFactChange, request.body), name),
    );
    return detail(request, id);
  });

  api.post<NamedFact>('/api/cases/:id/facts/:fact/evidence', async (request) => {
    const { name } = viewerOf(request);
    const { id, fact } = request.params;
    await act(request, id, (tx) =>
      convertFact(tx, partnerContext, id, fact, parseInput(zConversionAsked, request.body), name),
    );
    return detail(request, id);
  });

  api.post<Named>('/api/cases/:id/offers', async (request) => {
    const { name } = viewerOf(request);
    const { id } = request.params;
    const offer = parseInput(zCaseOffer, request.body);
    await partnerNamed(records, offer.to);
    await act(request, id, (tx) => offerCase(tx, partnerContext, id, offer, name));
    return detail(request, id);
  });

  api.post<Named>('/api/cases/:id/answer', async (request) => {
    const { name } = viewerOf(request);
    const { id } = request.params;
    const { standing } = parseInput(zCaseAnswer, request.body);
    await act(request, id, (tx) => answerCase(tx, partnerContext, id, standing, name));
    return detail(request, id);
  });

  /** Who of this desk sees it. Whoever restricts a case, or is let go by another, learns it by what is found afterwards. */
  api.post<Named>('/api/cases/:id/members', async (request, reply) => {
    const viewer = viewerOf(request);
    const { id } = request.params;
    const asked = parseInput(zCaseAccessAct, request.body);
    const { tlp } = await caseNamed(seen(request), id);
    const account = 'person' in asked && asked.person !== undefined ? await accountNamed(records, asked.person) : null;
    const named = account && { person: account.id, name: account.name };
    const isOperator = viewer.kind === 'operator';
    const by = { person: isOperator ? viewer.name : viewer.account.id, name: viewer.name, isOperator };
    await records.transaction((tx) => {
      const sees = async (person: string) => {
        const found = await findAccount(tx, person);
        return found !== null && wouldSee(context, found, 'case:read', tlp);
      };
      return changeAccess(tx, context, id, { act: asked.act, named, sees }, by);
    });
    feed.publish('cases', 'partners');
    // Who lets oneself out has nothing left to be shown.
    if (!(await findCase(seen(request), id))) return reply.status(204).send();
    return detail(request, id);
  });

  api.post<Named>('/api/cases/:id/documents', { bodyLimit: documentBodyMax }, async (request, reply) => {
    const { name: by } = viewerOf(request);
    const { id } = request.params;
    const { name, mediaType, base64, ...terms } = parseInput(zCaseDocument, request.body);
    const bytes = Buffer.from(base64, 'base64');
    const sha256 = sha256Hex(bytes);
    const body = { kind: 'document', name, mediaType, sha256, bytes: bytes.byteLength } as const;
    const fact = await act(request, id, async (tx) => {
      await keepCaseDocument(tx, partnerContext, id, { name, sha256, bytes, mediaType }, by);
      return addFact(tx, partnerContext, id, zNewFact.parse({ body, ...terms }), by);
    });
    return reply.status(201).send({ fact, sha256, case: await detail(request, id) });
  });

  /** The bytes, where they are here; of a partner's document only its hash is. */
  api.get<{ Params: { id: string; sha256: string } }>('/api/cases/:id/documents/:sha256', async (request) => {
    const { name: by } = viewerOf(request);
    const { id, sha256 } = request.params;
    const named = (await revisionsOf(seen(request), id, us)).find(
      ({ body }) => body.kind === 'document' && body.sha256 === sha256,
    );
    const found = named && (await findDocument(seen(request), sha256));
    if (!found || named?.body.kind !== 'document') throw new GongjoError('case-document-unknown', { sha256 });
    await records.transaction((tx) => noteRead(tx, by, id, sha256));
    return { name: named.body.name, mediaType: found.mediaType, base64: Buffer.from(found.bytes).toString('base64') };
  });

  const noteRead = (tx: Db, actor: string, id: string, sha256: string) =>
    recordAudit(tx, context.clock, { actor, action: 'case.document-read', subject: id, details: { sha256 } });
}

const viewOfGiven = (given: Given) => ({ desk: given.recipient, ...givenView(given) });

function viewOfRevision(revision: Parameters<typeof revisionView>[0], given: ReadonlyMap<string, readonly Given[]>) {
  return revisionView(revision, (object) => (given.get(object) ?? []).map(viewOfGiven));
}

function countGiven(given: ReadonlyMap<string, readonly Given[]>, desk: string, released: boolean): number {
  return [...given.values()].flat().filter((it) => it.recipient === desk && it.released === released).length;
}
