import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { measureIncidents, measureMonths } from '../cases/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { warningsByCountry } from './warnings.ts';

export const zAsked = z.strictObject({ incident: z.string().min(1).max(200).optional() });

export function measureRoutes(api: FastifyInstance, { seen, directory, notify }: HttpContext): void {
  const { desk } = notify;
  const warnings = warningsByCountry(desk);

  /** Clocks and measures: of one incident, or of the newest 500 and by month. */
  api.get('/api/measures', async (request) => {
    const { incident } = parseInput(zAsked, request.query);
    const incidents = await measureIncidents(seen(request), { directory, desk, warnings }, incident);
    return { incidents, months: measureMonths(incidents) };
  });
}
