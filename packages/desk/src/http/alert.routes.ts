import { zAssignment, zSilence } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import { acknowledgeAlert, actOnGroup, type GroupAct, groupDetail, listAlerts, listGroups } from '../watch/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

const zGroupsAsked = z.strictObject({ open: z.enum(['true', 'false']).optional() });

export function alertRoutes(api: FastifyInstance, { records, clock, feed }: HttpContext): void {
  api.get('/api/alerts', async (request) => {
    viewerOf(request);
    return { alerts: await listAlerts(records) };
  });

  api.post<{ Params: { id: string } }>('/api/alerts/:id/acknowledge', async (request) => {
    const { name } = viewerOf(request);
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
    viewerOf(request);
    const { open } = parseInput(zGroupsAsked, request.query);
    return { groups: await listGroups(records, clock, open === 'true') };
  });

  api.get<{ Params: { id: string } }>('/api/alert-groups/:id', async (request) => {
    viewerOf(request);
    return groupDetail(records, clock, request.params.id);
  });

  const act = async (id: string, by: string, asked: GroupAct) => {
    const group = await records.transaction(async (tx) => {
      const done = await actOnGroup(tx, clock, id, by, asked);
      const { act: what, ...details } = asked;
      await recordAudit(tx, clock, { actor: by, action: `alerts.${what}`, subject: id, details });
      return done;
    });
    feed.publish('alerts');
    return group;
  };

  api.post<{ Params: { id: string } }>('/api/alert-groups/:id/acknowledge', async (request) =>
    act(request.params.id, viewerOf(request).name, { act: 'acknowledged' }),
  );

  api.post<{ Params: { id: string } }>('/api/alert-groups/:id/assign', async (request) => {
    const { name } = viewerOf(request);
    const { to } = parseInput(zAssignment, request.body);
    return act(request.params.id, name, to === null ? { act: 'unassigned' } : { act: 'assigned', to });
  });

  api.post<{ Params: { id: string } }>('/api/alert-groups/:id/silence', async (request) => {
    const { name } = viewerOf(request);
    return act(request.params.id, name, { act: 'silenced', ...parseInput(zSilence, request.body) });
  });

  api.post<{ Params: { id: string } }>('/api/alert-groups/:id/unsilence', async (request) =>
    act(request.params.id, viewerOf(request).name, { act: 'unsilenced' }),
  );
}
