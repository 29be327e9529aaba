import {
  holdFileBytesMost,
  languages,
  zHoldAnswer,
  zHoldApproval,
  zHoldFileReceived,
  zHoldRevision,
  zHoldSending,
  zNewHold,
} from '@gongjo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import {
  answerHold,
  approvedDocuments,
  approveHold,
  draftHold,
  draftPdf,
  findHold,
  findIncident,
  holdDetail,
  listHolds,
  mediaTypes,
  receiveHoldFile,
  reviseHold,
  sendHold,
  takeOutHoldFile,
} from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { sendFile } from './send-file.ts';
import { viewerOf } from './viewer.ts';

export const zAsked = z.strictObject({ incident: z.string().min(1).max(200).optional() });
const zLanguage = z.enum(languages);
export const zFileForm = z.strictObject({ as: z.literal('json').optional() });

/** The largest file that a desk can be set to take, in base64, with room for what is said of it; what this desk takes is looked at then. */
const receivedBodyMax = Math.ceil((holdFileBytesMost * 4) / 3) + 64 * 1024;

/** Hold requests: drafted, approved by a second person, sent, answered; and their letters. */
export function holdRoutes(api: FastifyInstance, { records, seen, clock, directory, holds }: HttpContext): void {
  api.get('/api/holds', async (request) => {
    const { incident } = parseInput(zAsked, request.query);
    return { holds: await listHolds(seen(request), holds.context, incident) };
  });

  api.post('/api/holds', async (request, reply) => {
    const { name } = viewerOf(request);
    const asked = parseInput(zNewHold, request.body);
    if (!(await findIncident(seen(request), asked.incident))) throw new GongjoError('not-found');
    const id = await draftHold(holds.context, asked, name);
    await holds.changed(id);
    return reply.status(201).send(await holdDetail(seen(request), holds.context, id));
  });

  api.get<{ Params: { id: string } }>('/api/holds/:id', async (request) => {
    return holdDetail(seen(request), holds.context, request.params.id);
  });

  const acting = async (request: FastifyRequest<{ Params: { id: string } }>) => {
    const { name } = viewerOf(request);
    await findHold(seen(request), request.params.id);
    return { name, id: request.params.id };
  };
  const acted = async (request: FastifyRequest, id: string) => {
    await holds.changed(id);
    return holdDetail(seen(request), holds.context, id);
  };

  api.post<{ Params: { id: string } }>('/api/holds/:id/revise', async (request) => {
    const { name, id } = await acting(request);
    await reviseHold(holds.context, id, parseInput(zHoldRevision, request.body), name);
    return acted(request, id);
  });

  api.post<{ Params: { id: string } }>('/api/holds/:id/approve', async (request) => {
    const { name: by, id } = await acting(request);
    const { digest } = parseInput(zHoldApproval, request.body);
    await approveHold(holds.context, id, { digest, by });
    return acted(request, id);
  });

  api.post<{ Params: { id: string } }>('/api/holds/:id/send', async (request) => {
    const { name, id } = await acting(request);
    await sendHold(holds.context, id, parseInput(zHoldSending, request.body), name);
    holds.wake();
    return acted(request, id);
  });

  api.post<{ Params: { id: string } }>('/api/holds/:id/answer', async (request) => {
    const { name, id } = await acting(request);
    await answerHold(holds.context, id, parseInput(zHoldAnswer, request.body), name);
    return acted(request, id);
  });

  /** The letter as it would be made now: a draft says that it is one. */
  api.get<{ Params: { id: string; language: string } }>('/api/holds/:id/preview/:language', async (request, reply) => {
    const language = parseInput(zLanguage, request.params.language);
    const hold = await findHold(seen(request), request.params.id);
    const pdf = await draftPdf(hold, language, { office: holds.context.office, directory, nowMs: clock.now() });
    return sendFile(reply, `${hold.id}-draft-${language}.pdf`, mediaTypes.pdf, pdf);
  });

  const noteRead = (actor: string, subject: string, documents: readonly { name: string; sha256: string }[]) =>
    records.transaction((tx) =>
      recordAudit(tx, clock, {
        actor,
        action: 'hold.documents-read',
        subject,
        details: { documents: documents.map(({ name, sha256 }) => ({ name, sha256 })) },
      }),
    );

  /** All documents of a request, for programs. */
  api.get<{ Params: { id: string } }>('/api/holds/:id/documents', async (request) => {
    const { name: actor } = viewerOf(request);
    const { id } = request.params;
    const documents = await approvedDocuments(seen(request), id);
    await noteRead(actor, id, documents);
    return {
      documents: documents.map(({ content, ...document }) => ({ ...document, content: content.toString('base64') })),
    };
  });

  /** A document as it was approved, byte for byte. Whoever takes it out of the desk is in the record. */
  api.get<{ Params: { id: string; name: string } }>('/api/holds/:id/documents/:name', async (request, reply) => {
    const { name: actor } = viewerOf(request);
    const { id, name } = request.params;
    const [document] = await approvedDocuments(seen(request), id, name);
    if (!document) throw new GongjoError('not-found');
    await noteRead(actor, id, [document]);
    return sendFile(reply, document.name, mediaTypes[document.form], document.content);
  });

  api.post<{ Params: { id: string } }>(
    '/api/holds/:id/received',
    { bodyLimit: receivedBodyMax },
    async (request, reply) => {
      const { name: by, id } = await acting(request);
      const { base64, ...said } = parseInput(zHoldFileReceived, request.body);
      const content = Buffer.from(base64, 'base64');
      const file = await receiveHoldFile(holds.context, id, { ...said, content }, by);
      return reply.status(201).send({ file, hold: await acted(request, id) });
    },
  );

  /** The file as it came, never shown in the page itself; `?as=json` for programs. */
  api.get<{ Params: { id: string; file: string } }>('/api/holds/:id/received/:file', async (request, reply) => {
    const { name: by, id } = await acting(request);
    const { as } = parseInput(zFileForm, request.query);
    const { file, content } = await takeOutHoldFile(holds.context, id, request.params.file, by);
    if (as === 'json') return { ...file, base64: Buffer.from(content).toString('base64') };
    return sendFile(reply, file.name, 'application/octet-stream', content);
  });
}
