import { type Admission, zTlp } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import {
  admitFrom,
  exportObjects,
  fileSource,
  listObjects,
  mark,
  objectDetail,
  objectsPageMax,
  objectsSeen,
} from '../sharing/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

/** A part of a file that is imported: the command line sends a large one in parts of half of this. */
const importBytesMax = 16 * 1024 * 1024;

export const zFilter = z.object({
  id: z
    .union([z.string(), z.array(z.string())])
    .transform((it) => [it].flat())
    .optional(),
  type: z.string().max(250).optional(),
  origin: z.string().max(200).optional(),
  incident: z.string().max(300).optional(),
  text: z.string().max(200).optional(),
});
export const zPage = z.object({
  before: z.coerce.number().int().min(1).max(2_147_483_647).nullable().default(null),
  limit: z.coerce.number().int().min(1).max(objectsPageMax).default(100),
});
export const zExport = z.object({
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
  limit: z.coerce.number().int().min(1).max(objectsPageMax).default(objectsPageMax),
});
export const zMark = z.strictObject({ tlp: zTlp, reason: z.string().trim().min(1).max(2000) });
export const zImport = z.strictObject({
  /** Who the objects are said to be from: `file:LABEL` is their origin. */
  source: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  /** What unmarked objects are taken for; left out, they are refused. */
  tlp: zTlp.nullable().default(null),
  objects: z.array(z.unknown()),
});

export function objectRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, seen, clock, feed, partnerContext, wake, hasDesk } = context;
  const filterOf = (query: unknown) => {
    const { id, ...rest } = parseInput(zFilter, query);
    return { ids: id, ...rest };
  };

  api.get('/api/objects', async (request) => {
    return listObjects(seen(request), filterOf(request.query), parseInput(zPage, request.query));
  });

  api.get<{ Params: { id: string } }>('/api/objects/:id', async (request) => {
    return objectDetail(seen(request), partnerContext, request.params.id);
  });

  api.post<{ Params: { id: string } }>('/api/objects/:id/marks', async (request, reply) => {
    const { name } = viewerOf(request);
    const { tlp, reason } = parseInput(zMark, request.body);
    const { id } = request.params;
    if (!(await objectsSeen(seen(request), [id])).has(id)) throw new GongjoError('object-unknown', { id });
    const { waiting } = await records.transaction((tx) =>
      mark(tx, partnerContext, { object: id, tlp, reason, by: name }),
    );
    feed.publish('partners', 'incidents');
    if (waiting) await wake.couriers();
    // Who marks above the own clearance sees it no more.
    if (!(await objectsSeen(seen(request), [id])).has(id)) return reply.status(204).send();
    return reply.status(201).send(await objectDetail(seen(request), partnerContext, id));
  });

  /** The canonical JSON of the objects, as text within the list, so that it is read and written without being parsed. */
  api.get('/api/stix/export', async (request) => {
    const { name: actor } = viewerOf(request);
    const page = await exportObjects(seen(request), filterOf(request.query), parseInput(zExport, request.query));
    const details = { ...filterOf(request.query), objects: page.bodies.length };
    await records.transaction((tx) =>
      recordAudit(tx, clock, { actor, action: 'object.exported', subject: 'stix', details }),
    );
    return page;
  });

  api.post('/api/stix/imports', { bodyLimit: importBytesMax }, async (request): Promise<Admission> => {
    const { name } = viewerOf(request);
    if (!hasDesk) throw new GongjoError('desk-unknown', { folder: context.folder });
    const { source, tlp, objects } = parseInput(zImport, request.body);
    const from = fileSource(partnerContext.desk, source, tlp ?? 'refuse');
    const { added, known, results } = await admitFrom(records, partnerContext, { ...from, by: name }, { objects });
    if (added > 0) feed.publish('incidents', 'partners');
    return {
      origin: from.party.id,
      added,
      known,
      refused: results.flatMap(({ rejected }) =>
        rejected
          ? [
              {
                index: rejected.index,
                id: rejected.id,
                code: rejected.problem.code,
                detail: rejected.problem.text.en,
                path: rejected.path,
              },
            ]
          : [],
      ),
    };
  });
}
