import type { DeskStatus, PartnerSummary } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { countContradictions } from '../audit/index.ts';
import { instant } from '../kernel/index.ts';
import { listPartners, type Partner } from '../partner/index.ts';
import type { Db } from '../platform/index.ts';
import { countDeliveries } from '../sharing/index.ts';
import type { HttpContext } from './context.ts';

export function statusRoutes(api: FastifyInstance, context: HttpContext): void {
  api.get('/api/status', async (request): Promise<DeskStatus> => {
    const db = context.seen(request);
    const { clock, chains, partnerContext, version, certificate } = context;
    const partners = await listPartners(db);
    return {
      desk: partnerContext.desk,
      now: instant(clock.now()),
      version,
      chains: await chains.status(),
      partners: await Promise.all(partners.map((partner) => partnerSummary(db, partner))),
      certificate: certificate(),
      openContradictions: (await countContradictions(db)).open,
    };
  });
}

export async function partnerSummary(db: Db, partner: Partner): Promise<PartnerSummary> {
  const { card, ourKey: _, ...known } = partner;
  const { desk, name, country, timeZone, url } = card;
  return { desk, name, country, timeZone, url, ...known, ...(await countDeliveries(db, desk)) };
}
