import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type MeasureContext, measureIncidents, measureMonths } from '../cases/index.ts';
import { listPartners } from '../partner/index.ts';
import { warningsOf } from '../sharing/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

const zAsked = z.strictObject({ incident: z.string().min(1).max(200).optional() });

export function measureRoutes(api: FastifyInstance, { records, directory, notify }: HttpContext): void {
  const { desk } = notify;
  const warnings: MeasureContext['warnings'] = async (db, incidents) => {
    const partners = await listPartners(db);
    const countries = new Map<string | null, string>(partners.map(({ card }) => [card.desk, card.country]));
    countries.set(null, desk.country);
    return (await warningsOf(db, incidents)).flatMap(({ desk: who, ...same }) => {
      const country = countries.get(who);
      return country === undefined ? [] : [{ ...same, country }];
    });
  };

  /** Clocks and measures: of one incident, or of the newest 500 and by month. */
  api.get('/api/measures', async (request) => {
    viewerOf(request);
    const { incident } = parseInput(zAsked, request.query);
    const incidents = await measureIncidents(records, { directory, desk, warnings }, incident);
    return { incidents, months: measureMonths(incidents) };
  });
}
