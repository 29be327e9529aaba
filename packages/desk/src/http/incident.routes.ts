import { zNewIncident } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { checkLead, incidentDetail, listIncidents, openIncident } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput, parseTxIds } from './parse.ts';
import { viewerOf } from './viewer.ts';

export function incidentRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, ledger, directory, clock, random, chains, feed, wake } = context;

  api.get('/api/incidents', async (request) => {
    viewerOf(request);
    return { incidents: await listIncidents(records, directory) };
  });

  api.get<{ Params: { id: string } }>('/api/incidents/:id', async (request) => {
    viewerOf(request);
    return incidentDetail(records, ledger, directory, request.params.id);
  });

  api.post('/api/incidents', async (request, reply) => {
    const viewer = viewerOf(request);
    if (!context.hasDesk) throw new GongjoError('desk-unknown', { folder: context.folder });
    const asked = parseInput(zNewIncident, request.body);
    const known = (await chains.status()).map(({ chain }) => chain);
    if (!known.includes(asked.chain))
      throw new GongjoError('chain-unknown', { chain: asked.chain, known: known.join(', ') || '–' });
    const lead = { ...asked, txids: parseTxIds(asked.chain, asked.txids) };
    await checkLead(ledger, lead);
    const id = await records.transaction((tx) => openIncident(tx, { clock, random }, lead, viewer.name));
    feed.publish('incidents');
    wake.round(asked.chain);
    return reply.status(201).send(await incidentDetail(records, ledger, directory, id));
  });
}
