import { zNewTraceView, zPicture } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { recordAudit } from '../audit/index.ts';
import { findView, listViews, removeView, saveView } from '../cases/index.ts';
import { openFonts, picturePdf } from '../letters/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

/** Of the most marks that a picture may have, with some 150 characters each. */
const pictureBytesMax = 16 * 1024 * 1024;

/** Saved views of traces, and pictures as PDF. */
export function viewRoutes(api: FastifyInstance, { records, seen, clock, random }: HttpContext): void {
  let fonts: ReturnType<typeof openFonts> | null = null;

  api.get('/api/views', async (request) => {
    return { views: await listViews(seen(request)) };
  });

  api.get<{ Params: { id: string } }>('/api/views/:id', async (request) => {
    return findView(seen(request), request.params.id);
  });

  api.post('/api/views', async (request, reply) => {
    const { name: actor } = viewerOf(request);
    const { name, query, compareWith, state } = parseInput(zNewTraceView, request.body);
    const view = await records.transaction(async (tx) => {
      const saved = await saveView(tx, { clock, random }, { name, query, compareWith, state }, actor);
      await recordAudit(tx, clock, { actor, action: 'view.saved', subject: saved.id, details: { name } });
      return saved;
    });
    return reply.status(201).send(view);
  });

  api.delete<{ Params: { id: string } }>('/api/views/:id', async (request, reply) => {
    const { name: actor } = viewerOf(request);
    const { id } = request.params;
    await records.transaction(async (tx) => {
      const name = await removeView(tx, id);
      await recordAudit(tx, clock, { actor, action: 'view.deleted', subject: id, details: { name } });
    });
    return reply.status(204).send();
  });

  /** Draws what the page drew: nothing is kept, and nothing of it comes from the records. */
  api.post('/api/pictures/pdf', { bodyLimit: pictureBytesMax }, async (request, reply) => {
    const picture = parseInput(zPicture, request.body);
    fonts ??= openFonts();
    const pdf = await picturePdf(picture, { fonts, at: clock.now() });
    return reply.header('content-type', 'application/pdf').send(pdf);
  });
}
