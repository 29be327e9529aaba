import { type NewIncident, zMatchDecision, zNewIncident } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  checkLead,
  decide,
  findIncident,
  findMatches,
  incidentDetail,
  listIncidents,
  listMatches,
  listReports,
  mainOf,
  partsOf,
  takeReport,
} from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { HttpContext } from './context.ts';
import { demandCleared } from './guard.ts';
import { parseInput } from './parse.ts';
import { parseReported } from './parse-report.ts';
import { viewerOf } from './viewer.ts';

export const zDecision = zMatchDecision.extend({ other: z.string().min(1).max(200) });

export function incidentRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, seen, ledger, directory, clock, random, feed } = context;

  api.get('/api/incidents', async (request) => {
    return { incidents: await listIncidents(seen(request), directory) };
  });

  api.get<{ Params: { id: string } }>('/api/incidents/:id', async (request) => {
    return incidentDetail(seen(request), ledger, directory, request.params.id);
  });

  api.post('/api/incidents', async (request, reply) => {
    const viewer = viewerOf(request);
    const asked = await checkReported(context, parseInput(zNewIncident, request.body));
    demandCleared(context, viewer, asked.tlp);
    const { incident } = await records.transaction((tx) =>
      takeReport(tx, { clock, random }, asked, { by: viewer.name, via: asked.drill ? 'drill' : 'page' }),
    );
    reported(context, asked);
    const db = seen(request);
    // It joined what this person is not cleared for: it was taken, and nothing is told of that.
    if (!(await findIncident(db, incident))) return reply.status(204).send();
    return reply.status(201).send(await incidentDetail(db, ledger, directory, incident));
  });

  /** The reports that an incident is made of, and its parts on other chains. */
  api.get<{ Params: { id: string } }>('/api/incidents/:id/reports', async (request) => {
    const db = seen(request);
    const found = await findIncident(db, request.params.id);
    if (!found) throw new GongjoError('not-found');
    const parts = (await partsOf(db, mainOf(found))).map(({ id, chain, title }) => ({ id, chain, title }));
    const reports = await listReports(
      db,
      parts.map(({ id }) => id),
    );
    return { main: mainOf(found), parts, reports };
  });

  /** Incidents here, ours and partners', that may have to do with it. */
  api.get<{ Params: { id: string } }>('/api/incidents/:id/matches', async (request) => {
    const db = seen(request);
    const found = await findIncident(db, request.params.id);
    if (!found) throw new GongjoError('not-found');
    await records.transaction((tx) => findMatches(tx, clock, directory, found.id));
    return { matches: await listMatches(db, mainOf(found)) };
  });

  api.post<{ Params: { id: string } }>('/api/incidents/:id/matches', async (request) => {
    const { name } = viewerOf(request);
    const { other, decision } = parseInput(zDecision, request.body);
    const incident = request.params.id;
    for (const id of [incident, other])
      if (!(await findIncident(seen(request), id))) throw new GongjoError('not-found');
    const main = await records.transaction((tx) => decide(tx, clock, { incident, other, decision, by: name }));
    feed.publish('incidents', 'notices');
    await context.wake.rounds();
    return { main, matches: await listMatches(seen(request), main) };
  });
}

/** Checks against what the desk knows: its chains, and whether the leads move anything. */
export async function checkReported(context: HttpContext, given: NewIncident): Promise<NewIncident> {
  if (!context.hasDesk) throw new GongjoError('desk-unknown', { folder: context.folder });
  const known = (await context.chains.status()).map(({ chain }) => chain);
  for (const { chain } of [given, ...(given.parts ?? [])])
    if (!known.includes(chain)) throw new GongjoError('chain-unknown', { chain, known: known.join(', ') || '–' });
  const asked = parseReported(given, context.clock.now());
  for (const part of [asked, ...(asked.parts ?? [])]) await checkLead(context.ledger, part);
  return asked;
}

/** Something was reported: traces begin, people are told. */
export function reported({ feed, wake }: HttpContext, asked: NewIncident): void {
  feed.publish('incidents', 'notices');
  for (const chain of new Set([asked, ...(asked.parts ?? [])].map((part) => part.chain))) wake.round(chain);
}
