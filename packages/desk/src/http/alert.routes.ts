import { zAssignment, zSilence } from '@gongjo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import {
  acknowledgeAlert,
  actOnGroup,
  findAlert,
  type GroupAct,
  groupDetail,
  listAlerts,
  listGroups,
} from '../watch/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

type OfGroup = { Params: { id: string } };

export const zGroupsAsked = z.strictObject({ open: z.enum(['true', 'false']).optional() });

export function alertRoutes(api: FastifyInstance, { records, seen, clock, feed }: HttpContext): void {
  api.get('/api/alerts', async (request) => {
    return { alerts: await listAlerts(seen(request)) };
  });

  api.post<{ Params: { id: string } }>('/api/alerts/:id/acknowledge', async (request) => {
    const { name } = viewerOf(request);
    if (!(await findAlert(seen(request), request.params.id))) throw new GongjoError('not-found');
    const alert = await records.transaction(async (tx) => {
      const acknowledged = await acknowledgeAlert(tx, clock, request.params.id, name);
      await recordAudit(tx, clock, {
        actor: name,
        action: 'alert.acknowledged',
        subject: acknowledged.id,
        details: {},
      });
      return acknowledged;
    });
    feed.publish('alerts');
    return alert;
  });

  api.get('/api/alert-groups', async (request) => {
    const { open } = parseInput(zGroupsAsked, request.query);
    return { groups: await listGroups(seen(request), clock, open === 'true') };
  });

  api.get<{ Params: { id: string } }>('/api/alert-groups/:id', async (request) => {
    return groupDetail(seen(request), clock, request.params.id);
  });

  const act = async (request: FastifyRequest<OfGroup>, asked: GroupAct) => {
    const { name: by } = viewerOf(request);
    const { id } = request.params;
    await groupDetail(seen(request), clock, id);
    await records.transaction(async (tx) => {
      await actOnGroup(tx, clock, id, by, asked);
      const { act: what, ...details } = asked;
      await recordAudit(tx, clock, { actor: by, action: `alerts.${what}`, subject: id, details });
    });
    feed.publish('alerts');
    return groupDetail(seen(request), clock, id);
  };

  api.post<OfGroup>('/api/alert-groups/:id/acknowledge', async (request) => act(request, { act: 'acknowledged' }));

  api.post<OfGroup>('/api/alert-groups/:id/assign', async (request) => {
    const { to } = parseInput(zAssignment, request.body);
    return act(request, to === null ? { act: 'unassigned' } : { act: 'assigned', to });
  });

  api.post<OfGroup>('/api/alert-groups/:id/silence', async (request) => {
    return act(request, { act: 'silenced', ...parseInput(zSilence, request.body) });
  });

  api.post<OfGroup>('/api/alert-groups/:id/unsilence', async (request) => act(request, { act: 'unsilenced' }));
}
