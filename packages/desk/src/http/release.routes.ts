import { type ReleaseDecided, requestStates, zReleasePurpose, zText } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  approve,
  demandNamed,
  demandRequest,
  expireRequests,
  listRequests,
  recallByHand,
  refuse,
  releaseByHand,
  type Word,
} from '../sharing/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

export const zRelease = z.strictObject({
  what: z.string().min(1).max(300),
  to: z.string().min(1).max(100),
  purpose: zReleasePurpose,
  legalBasis: z.string().trim().min(1).max(500),
});
export const zRecall = z.strictObject({ what: z.string().min(1).max(300), reason: zText });
export const zState = z.object({ state: z.enum(requestStates).nullable().default(null) });
export const zApproval = z.strictObject({ reason: z.string().trim().min(1).max(2000).nullable().default(null) });
export const zRefusal = z.strictObject({ reason: z.string().trim().min(1).max(2000) });

/** What persons decide about sharing; the name they are signed in under is on record. */
export function releaseRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, seen, clock, feed, partnerContext, wake } = context;
  const changed = async (waiting: boolean) => {
    feed.publish('partners', 'incidents', 'status');
    if (waiting) await wake.couriers();
  };

  api.post('/api/releases', async (request, reply) => {
    const { name } = viewerOf(request);
    const asked = parseInput(zRelease, request.body);
    await demandNamed(records, seen(request), partnerContext, asked.what);
    const { decided, waiting, requests } = await records.transaction((tx) =>
      releaseByHand(tx, partnerContext, { ...asked, by: name }),
    );
    await changed(waiting || requests.length > 0);
    return reply.status(201).send({
      requests,
      decided: decided.map(
        ({
          held: { id, modified, origin },
          outcome: { kind: outcome, reasons },
          released,
          removed,
        }): ReleaseDecided => ({
          ...{ id, modified, origin, outcome, released },
          removed: [...removed],
          reasons: [...reasons],
        }),
      ),
    });
  });

  api.post('/api/recalls', async (request, reply) => {
    const { name } = viewerOf(request);
    const { what, reason } = parseInput(zRecall, request.body);
    await demandNamed(records, seen(request), partnerContext, what);
    const recalls = await records.transaction((tx) => recallByHand(tx, partnerContext, { what, reason, by: name }));
    await changed(recalls.some(({ waiting }) => waiting));
    return reply.status(201).send({ recalls: recalls.map(({ waiting: _, ...it }) => it) });
  });

  api.get('/api/approvals', async (request) => {
    const { state } = parseInput(zState, request.query);
    await records.transaction((tx) => expireRequests(tx, clock));
    return { requests: await listRequests(seen(request), clock, state) };
  });

  const say = async (answer: typeof approve, word: Word) => {
    const { waiting, ...answered } = await records.transaction((tx) => answer(tx, partnerContext, word));
    await changed(waiting);
    return answered;
  };

  api.post<{ Params: { id: string } }>('/api/approvals/:id/approve', async (request) => {
    const { name } = viewerOf(request);
    const { reason } = parseInput(zApproval, request.body ?? {});
    await demandRequest(seen(request), request.params.id);
    return say(approve, { request: request.params.id, person: name, reason });
  });

  api.post<{ Params: { id: string } }>('/api/approvals/:id/refuse', async (request) => {
    const { name } = viewerOf(request);
    const { reason } = parseInput(zRefusal, request.body ?? {});
    await demandRequest(seen(request), request.params.id);
    return say(refuse, { request: request.params.id, person: name, reason });
  });
}
