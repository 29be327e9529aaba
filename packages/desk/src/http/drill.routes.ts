import { isAbsolute } from 'node:path';
import { type Drill, inputFault, zJoinDrill, zNewDrill, zRecordDrill } from '@gongjo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GongjoError } from '../kernel/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput, parseTxIds } from './parse.ts';
import { viewerOf } from './viewer.ts';

/** Exercises. Who begins one writes into the desk's ledger and calls people. */
export function drillRoutes(api: FastifyInstance, { drills, hasDesk, folder }: HttpContext): void {
  api.get('/api/drills', async (): Promise<{ drills: Drill[] }> => {
    return { drills: await drills.list() };
  });

  /** One exercise with its score, of one that goes on the score so far; `newest` is the one that began last. */
  api.get<{ Params: { id: string } }>('/api/drills/:id', async (request): Promise<Drill> => {
    return drills.find(idIn(request.params.id));
  });

  api.post('/api/drills', async (request, reply) => {
    const { name } = viewerOf(request);
    if (!hasDesk) throw new GongjoError('desk-unknown', { folder });
    const asked = parseInput(zNewDrill, request.body ?? {});
    const drill = await drills.begin({ ...asked, ...folderIn(request, asked.blocks) }, name);
    return reply.status(201).send(drill);
  });

  api.post('/api/drills/joined', async (request, reply) => {
    const { name } = viewerOf(request);
    if (!hasDesk) throw new GongjoError('desk-unknown', { folder });
    const asked = parseInput(zJoinDrill, request.body);
    const drill = await drills.begin({ ...asked, ...folderIn(request, asked.blocks) }, name);
    return reply.status(201).send(drill);
  });

  /** Writes the blocks of an incident into a folder on the desk's machine. */
  api.post('/api/drills/recordings', async (request, reply) => {
    const asked = parseInput(zRecordDrill, request.body);
    folderIn(request, asked.folder);
    const made = await drills.record({ ...asked, txids: parseTxIds(asked.chain, asked.txids) });
    return reply.status(201).send(made);
  });

  api.delete<{ Params: { id: string } }>('/api/drills/:id', async (request): Promise<Drill> => {
    const { name } = viewerOf(request);
    return drills.end(idIn(request.params.id), name);
  });
}

/** A folder on the desk's machine, which whoever owns it alone may name. */
function folderIn(request: FastifyRequest, blocks: string | undefined): { readonly blocks?: string } {
  if (blocks === undefined) return {};
  if (viewerOf(request).kind !== 'operator') throw new GongjoError('not-found');
  if (!isAbsolute(blocks)) throw new GongjoError('input-invalid', { detail: inputFault('folder', 'absolutePath') });
  return { blocks };
}

function idIn(text: string): string | undefined {
  return text === 'newest' ? undefined : text;
}
