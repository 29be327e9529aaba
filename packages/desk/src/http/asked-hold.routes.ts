import { holdParcelBytesMax, zHoldGiving, zHoldTelling } from '@gongjo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { askedHold, giveToAsker, listAskedHolds, readAsked, tellAsker } from '../cases/index.ts';
import type { Db } from '../platform/index.ts';
import { carriageOf, shareHoldWords } from '../sharing/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { sendFile } from './send-file.ts';
import { viewerOf } from './viewer.ts';

type Named = { Params: { desk: string; id: string } };

/** In base64, with room for what is said of it. */
const fileBodyMax = Math.ceil((holdParcelBytesMax * 4) / 3) + 64 * 1024;

/** Hold requests that partners make to this desk, and what people here say to them. What goes out goes through sharing. */
export function askedHoldRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, seen, clock, feed, partnerContext, holds, wake } = context;
  const looking = () => ({
    us: partnerContext.desk.desk,
    clock,
    settings: holds.context.settings,
    nameOf: async (db: Db, desk: string) => (await partnerContext.party?.(db, desk))?.name ?? { en: desk, ko: desk },
    carriageOf: (db: Db, desk: string, object: string) => carriageOf(db, partnerContext, desk, object),
  });

  const shown = (request: FastifyRequest<Named>) =>
    askedHold(seen(request), looking(), request.params.desk, request.params.id);

  const act = async (request: FastifyRequest<Named>, work: (tx: Db) => Promise<void>) => {
    const { desk, id } = request.params;
    await shown(request);
    const waiting = await records.transaction(async (tx) => {
      await work(tx);
      return shareHoldWords(tx, partnerContext, { desk, id });
    });
    feed.publish('holds');
    if (waiting) await wake.couriers();
    return shown(request);
  };

  api.get('/api/asked-holds', async (request) => {
    return { holds: await listAskedHolds(seen(request), looking()) };
  });

  api.get<Named>('/api/asked-holds/:desk/:id', async (request) => {
    return shown(request);
  });

  api.post<Named>('/api/asked-holds/:desk/:id/answer', async (request) => {
    const { name } = viewerOf(request);
    const what = parseInput(zHoldTelling, request.body);
    return act(request, (tx) => tellAsker(tx, partnerContext, request.params, what, name));
  });

  api.post<Named>('/api/asked-holds/:desk/:id/files', { bodyLimit: fileBodyMax }, async (request, reply) => {
    const { name: by } = viewerOf(request);
    const { base64, ...said } = parseInput(zHoldGiving, request.body);
    const given = { ...said, content: Buffer.from(base64, 'base64') };
    const hold = await act(request, (tx) => giveToAsker(tx, partnerContext, request.params, given, by));
    return reply.status(201).send(hold);
  });

  api.get<{ Params: Named['Params'] & { name: string } }>(
    '/api/asked-holds/:desk/:id/documents/:name',
    async (request, reply) => {
      const { name: by } = viewerOf(request);
      await shown(request);
      const found = await records.transaction((tx) => readAsked(tx, context, request.params, by));
      return sendFile(reply, found.name, found.mediaType, found.content);
    },
  );
}
