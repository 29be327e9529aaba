import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { GongjoError } from '../kernel/index.ts';
import { ownKeys, partnerNamed, revokeOwnKey, revokePartnerKey, rotateKey } from '../partner/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { partnerSummary } from './status.routes.ts';
import { viewerOf } from './viewer.ts';

const zReason = z.string().min(1).max(500);
export const zRevoke = z.strictObject({ kid: z.string().min(1).max(64).nullable().default(null), reason: zReason });
export const zDistrust = z.strictObject({ kid: z.string().min(1).max(64), reason: zReason });

/** The desk's own keys, and the keys of its partners that it no longer believes. */
export function keyRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, seen, feed, partnerContext, wake, hasDesk, folder } = context;
  /** The name of whoever acts for this desk. Throws `desk-unknown` where none is set up. */
  const actorOf = (request: FastifyRequest): string => {
    if (!hasDesk) throw new GongjoError('desk-unknown', { folder });
    return viewerOf(request).name;
  };
  const changed = async () => {
    feed.publish('partners', 'status');
    await wake.couriers();
  };

  api.get('/api/keys', async (request) => {
    actorOf(request);
    return { keys: await ownKeys(records) };
  });

  api.post('/api/keys/rotation', async (request) => {
    const keys = await rotateKey(partnerContext, actorOf(request));
    await changed();
    return { keys };
  });

  api.post('/api/keys/revocation', async (request) => {
    const by = actorOf(request);
    const keys = await revokeOwnKey(partnerContext, { ...parseInput(zRevoke, request.body), by });
    await changed();
    return { keys };
  });

  api.post<{ Params: { desk: string } }>('/api/partners/:desk/key-revocation', async (request) => {
    const by = actorOf(request);
    const { desk } = (await partnerNamed(records, request.params.desk)).card;
    const asked = { ...parseInput(zDistrust, request.body), desk, by };
    const partner = await records.transaction((tx) => revokePartnerKey(tx, partnerContext, asked));
    await changed();
    return partnerSummary(seen(request), partner);
  });
}
