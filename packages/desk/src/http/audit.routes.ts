import type { FastifyInstance } from 'fastify';
import { verifyAudit } from '../audit/index.ts';
import type { HttpContext } from './context.ts';
import { operatorOnly } from './viewer.ts';

export function auditRoutes(api: FastifyInstance, { records }: HttpContext): void {
  api.get('/api/audit/verification', async (request) => {
    operatorOnly(request);
    return verifyAudit(records);
  });
}
