import { type RequestView, zNewRequest, zRequestAct } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  actOnRequest,
  attendingIn,
  caseNamed,
  findRequest,
  openRequest,
  requestView,
  requestViews,
} from '../cases/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import { partnerNamed } from '../partner/index.ts';
import type { Db } from '../platform/index.ts';
import { eventGivens, shareRequest } from '../sharing/index.ts';
import type { HttpContext } from './context.ts';
import { demandCleared } from './guard.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

export const zList = z.strictObject({
  case: z.string().min(1).max(300).optional(),
  incident: z.string().min(1).max(300).optional(),
});
type Named = { Params: { id: string } };

/** Requests to partners and from them. What goes out goes through sharing, in the transaction of the act. */
export function partnerRequestRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, seen, clock, feed, partnerContext, directory, wake } = context;
  const us = partnerContext.desk.desk;
  const looking = () => ({
    us,
    now: instant(clock.now()),
    attendingAt: (desk: string) => attendingIn(directory, desk),
  });

  const act = async (id: string | null, work: (tx: Db) => Promise<unknown>): Promise<string> => {
    const { request, waiting } = await records.transaction(async (tx) => {
      const made = await work(tx);
      const about = id ?? String(made);
      return { request: about, waiting: await shareRequest(tx, partnerContext, about) };
    });
    feed.publish('cases', 'status');
    if (waiting) await wake.couriers();
    return request;
  };

  const viewed = (db: Db, id: string): Promise<RequestView> =>
    requestView(db, looking(), eventGivens(db, partnerContext), id);

  api.get('/api/requests', async (request) => {
    const { case: about, incident } = parseInput(zList, request.query);
    const only = { ...(about === undefined ? {} : { case: about }), ...(incident === undefined ? {} : { incident }) };
    const db = seen(request);
    return { requests: await requestViews(db, looking(), eventGivens(db, partnerContext), only) };
  });

  api.post('/api/requests', async (request, reply) => {
    const { name } = viewerOf(request);
    const asked = parseInput(zNewRequest, request.body);
    demandCleared(context, viewerOf(request), asked.tlp);
    const about = asked.content.case;
    if (about !== undefined) await caseNamed(seen(request), about);
    const partner = await partnerNamed(records, asked.to);
    if (partner.state !== 'active') throw new GongjoError('partner-suspended', { desk: asked.to });
    const id = await act(null, (tx) => openRequest(tx, partnerContext, asked, name));
    return reply.status(201).send(await viewed(seen(request), id));
  });

  api.get<Named>('/api/requests/:id', async (request) => {
    return viewed(seen(request), request.params.id);
  });

  /** What a person does about it: one of the events that its state allows this side. */
  api.post<Named>('/api/requests/:id/events', async (request, reply) => {
    const { name } = viewerOf(request);
    const { id } = request.params;
    const asked = parseInput(zRequestAct, request.body);
    if (!(await findRequest(seen(request), id))) throw new GongjoError('partner-request-unknown', { id });
    await act(id, (tx) => actOnRequest(tx, partnerContext, id, asked, name));
    // A draft that is withdrawn is gone.
    return (await findRequest(seen(request), id)) ? viewed(seen(request), id) : reply.status(204).send();
  });
}
