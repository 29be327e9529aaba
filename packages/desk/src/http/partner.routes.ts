import { type PartnerDetail, zPartnerTermsChange } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import {
  addPartner,
  listPartners,
  partnerKeys,
  partnerNamed,
  proofWithKeys,
  removePartner,
  setTerms,
  usageOf,
} from '../partner/index.ts';
import { fingerprintOf } from '../platform/index.ts';
import { deliveriesOf, deliveriesSeen, quarantinedObjects, refusalsOf, retryRefused } from '../sharing/index.ts';
import type { HttpContext } from './context.ts';
import { may } from './guard.ts';
import { parseInput } from './parse.ts';
import { partnerSummary } from './status.routes.ts';
import { viewerOf } from './viewer.ts';

export const zPairing = z.strictObject({
  card: z.unknown(),
  fingerprint: z.string().min(1).max(200),
  agreement: z.string().min(1).max(200).nullable().default(null),
});

export function partnerRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, seen, clock, feed, partnerContext, wake, hasDesk } = context;
  const needsDesk = () => {
    if (!hasDesk) throw new GongjoError('desk-unknown', { folder: context.folder });
  };

  api.get('/api/partners', async (request) => {
    const db = seen(request);
    return {
      partners: await Promise.all((await listPartners(db)).map((partner) => partnerSummary(db, partner))),
    };
  });

  api.get<{ Params: { desk: string } }>('/api/partners/:desk', async (request): Promise<PartnerDetail> => {
    const viewer = viewerOf(request);
    const db = seen(request);
    const partner = await partnerNamed(db, request.params.desk);
    // What was exchanged, to whoever runs the desk without its cases: nothing.
    const reads = may(context, viewer, 'delivery:read') || may(context, viewer, 'release:read');
    return {
      ...(await partnerSummary(db, partner)),
      deliveries: reads ? await deliveriesOf(db, partner.card.desk) : [],
      refusals: reads ? await refusalsOf(db, partner.card.desk) : [],
      keys: await partnerKeys(db, partner.card.desk),
      usage: await usageOf(db, clock, partner.card.desk),
    };
  });

  api.get<{ Params: { desk: string } }>('/api/partners/:desk/quarantine', async (request) => {
    const db = seen(request);
    const { card } = await partnerNamed(db, request.params.desk);
    return { objects: await quarantinedObjects(db, card.desk) };
  });

  api.get<{ Params: { id: string } }>('/api/deliveries/:id/proof', async (request) => {
    const { name: actor } = viewerOf(request);
    const { id } = request.params;
    if (!(await deliveriesSeen(seen(request), [id])).has(id)) throw new GongjoError('object-unknown', { id });
    const proof = await proofWithKeys(partnerContext, id);
    // It holds all that was delivered, the files of a hold request among it.
    await records.transaction((tx) =>
      recordAudit(tx, clock, { actor, action: 'sharing.proof-taken', subject: id, details: {} }),
    );
    return proof;
  });

  api.get('/api/card', async () => {
    needsDesk();
    return { ...partnerContext.desk, fingerprint: await fingerprintOf(partnerContext.desk.key) };
  });

  api.post('/api/partners', async (request, reply) => {
    const { name } = viewerOf(request);
    needsDesk();
    const { card, fingerprint, agreement } = parseInput(zPairing, request.body);
    const partner = await records.transaction((tx) =>
      addPartner(tx, clock, partnerContext.desk, { card, fingerprint, agreement, by: name }),
    );
    feed.publish('partners', 'status');
    await wake.rounds();
    await wake.couriers();
    return reply.status(201).send(await partnerSummary(seen(request), partner));
  });

  api.patch<{ Params: { desk: string } }>('/api/partners/:desk', async (request) => {
    const { name } = viewerOf(request);
    const change = parseInput(zPartnerTermsChange, request.body);
    const partner = await records.transaction((tx) => setTerms(tx, clock, request.params.desk, change, name));
    feed.publish('partners', 'status');
    // What was refused before may be released now.
    await wake.rounds();
    await wake.couriers();
    return partnerSummary(seen(request), partner);
  });

  api.delete<{ Params: { desk: string } }>('/api/partners/:desk', async (request, reply) => {
    const { name } = viewerOf(request);
    await records.transaction((tx) => removePartner(tx, clock, request.params.desk, name));
    feed.publish('partners', 'status');
    await wake.couriers();
    return reply.status(204).send();
  });

  api.post<{ Params: { desk: string } }>('/api/partners/:desk/retry', async (request) => {
    const { name } = viewerOf(request);
    const { card } = await partnerNamed(records, request.params.desk);
    const retried = await records.transaction(async (tx) => {
      const count = await retryRefused(tx, card.desk);
      await recordAudit(tx, clock, {
        actor: name,
        action: 'sharing.retried',
        subject: card.desk,
        details: { deliveries: count },
      });
      return count;
    });
    await wake.couriers();
    return { retried };
  });
}
