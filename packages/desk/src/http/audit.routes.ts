import {
  type AuditCheckpoint,
  type AuditProof,
  type AuditVerification,
  type AuditWitnesses,
  zAcceptance,
} from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  acceptContradiction,
  countContradictions,
  entriesListedMax,
  entryAt,
  entryLeaf,
  entryText,
  inclusionProof,
  listContradictions,
  listEntries,
  listHeld,
  listWitnesses,
  newestCheckpoint,
  openContradiction,
  recordAudit,
  standing,
  verifyAudit,
} from '../audit/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import { answerAudit, auditBytesMax, auditStep, partnerNamed } from '../partner/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { sealedDoor } from './sealed-door.ts';
import { viewerOf } from './viewer.ts';

const entriesUsual = 100;
const zWord = z.string().min(1).max(300).optional();
const zNumber = z.coerce.number().int().min(1).max(2_147_483_647);
export const zFilter = z.strictObject({
  before: zNumber.optional(),
  actor: zWord,
  action: zWord,
  subject: zWord,
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  limit: zNumber.max(entriesListedMax).default(entriesUsual),
});

export const zExchange = z.strictObject({ desk: z.string().max(64).nullable().default(null) });

/** The record of who did what, and who witnesses it. What it holds is no text of a case. */
export function auditRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, clock, feed, partnerContext, witnessing, hasDesk, folder } = context;
  const needsDesk = () => {
    if (!hasDesk) throw new GongjoError('desk-unknown', { folder });
  };
  const checkpoint = async () => {
    const { tree, note } = await standing(partnerContext);
    const kept: AuditCheckpoint = {
      ...{ size: tree.size, note, at: instant(clock.now()) },
      root: Buffer.from(await tree.root(tree.size)).toString('hex'),
    };
    return { tree, kept };
  };

  api.get('/api/audit/verification', async (): Promise<AuditVerification> => {
    const signed = await newestCheckpoint(records);
    // What contradicts it is kept by looking, if nobody had noticed it before.
    if (signed) await standing(partnerContext);
    const continues = signed && (await openContradiction(records, partnerContext.desk.desk)) === null;
    return { ...(await verifyAudit(records)), continues };
  });

  api.get('/api/audit/entries', async (request) => {
    const filter = parseInput(zFilter, request.query);
    const entries = await listEntries(records, { ...filter, limit: filter.limit + 1 });
    return { entries: entries.slice(0, filter.limit), more: entries.length > filter.limit };
  });

  api.get<{ Params: { seq: string } }>('/api/audit/entries/:seq', async (request): Promise<AuditProof> => {
    needsDesk();
    const entry = await entryAt(records, parseInput(zNumber, request.params.seq));
    const { tree, kept } = await checkpoint();
    // Of a record that somebody cut, only what is left can be proved.
    if (entry.seq > tree.size) throw new GongjoError('audit-entry-unknown', { seq: entry.seq });
    const proof = await inclusionProof(entry.seq - 1, tree.size, tree.read);
    const base64 = (hash: Uint8Array) => Buffer.from(hash).toString('base64');
    return {
      entry,
      text: entryText(entry),
      leaf: base64(entryLeaf(entry)),
      proof: proof.map(base64),
      checkpoint: kept,
    };
  });

  api.get('/api/audit/checkpoint', async () => {
    needsDesk();
    const { kept } = await checkpoint();
    const witnesses = await listWitnesses(records);
    const cosigned = witnesses.flatMap(({ size, cosignature }) => (size === kept.size ? (cosignature ?? []) : []));
    return { ...kept, note: kept.note + cosigned.join('') };
  });

  api.get('/api/audit/witnesses', async (): Promise<AuditWitnesses> => {
    const contradictions = await listContradictions(records);
    return {
      checkpoint: await newestCheckpoint(records),
      ours: await listWitnesses(records),
      theirs: await listHeld(records),
      contradictions,
      omitted: (await countContradictions(records)).all - contradictions.length,
    };
  });

  api.post('/api/audit/exchange', async (request) => {
    needsDesk();
    const { desk } = parseInput(zExchange, request.body ?? {});
    if (desk !== null && (await partnerNamed(records, desk)).state === 'suspended')
      throw new GongjoError('partner-suspended', { desk });
    return { shown: await witnessing.show(desk) };
  });

  api.post<{ Params: { id: string } }>('/api/audit/contradictions/:id/acceptance', async (request) => {
    const { name: by } = viewerOf(request);
    const { reason } = parseInput(zAcceptance, request.body);
    const { id } = request.params;
    const accepted = await records.transaction(async (tx) => {
      const own = partnerContext.desk.desk;
      const { desk, kind, held, told } = await acceptContradiction(tx, clock, { id, by, reason, own });
      await recordAudit(tx, clock, {
        ...{ actor: by, action: 'audit.contradiction-accepted', subject: desk },
        details: { id, kind, heldSize: held.size, toldSize: told.size, reason },
      });
      return { desk };
    });
    feed.publish('partners', 'status');
    return accepted;
  });
}

/** The door at which partners show their records. */
export function auditDoor(door: FastifyInstance, context: HttpContext): void {
  const { partnerContext, feed, log } = context;
  sealedDoor(door, context, {
    bytesMax: auditBytesMax,
    steps: {
      [auditStep]: (partner, message) =>
        answerAudit(partnerContext, partner, message, (desk) => {
          log.warn({ desk }, 'a partner’s audit record contradicts the checkpoint that is held of it');
          feed.publish('partners', 'status');
        }),
    },
  });
}
