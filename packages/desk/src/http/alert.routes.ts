import type { FastifyInstance } from 'fastify';
import { recordAudit } from '../audit/index.ts';
import { acknowledgeAlert, listAlerts } from '../watch/index.ts';
import type { HttpContext } from './context.ts';
import { viewerOf } from './viewer.ts';

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
}
