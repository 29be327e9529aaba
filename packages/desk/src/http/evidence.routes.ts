import { zEvidenceAsk } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { custodyOf } from '../cases/index.ts';
import { type EvidenceContext, makeEvidence } from '../evidence/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { believedKeys, findPartner, proofWithKeys } from '../partner/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { sendFile } from './send-file.ts';
import { viewerOf } from './viewer.ts';

const tarType = 'application/x-tar';
export const zCustodyFilter = z.strictObject({
  incident: z.string().min(1).max(200).optional(),
  case: z.string().min(1).max(200).optional(),
  sha256: z.string().length(64).optional(),
});

/** Evidence packages, and the chain of custody of documents. */
export function evidenceRoutes(api: FastifyInstance, context: HttpContext): void {
  const { seen, feed, hasDesk, folder } = context;

  /** As the archive itself where that is asked for, else in JSON with the archive in base64. */
  api.post('/api/evidence', async (request, reply) => {
    const { name } = viewerOf(request);
    if (!hasDesk) throw new GongjoError('desk-unknown', { folder });
    const asked = parseInput(zEvidenceAsk, request.body);
    const { archive, sha256, fileName } = await makeEvidence(
      { ...evidenceContext(context), seen: seen(request) },
      asked,
      name,
    );
    feed.publish('incidents');
    if (request.headers.accept !== tarType)
      return { fileName, sha256, bytes: archive.length, archive: Buffer.from(archive).toString('base64') };
    return sendFile(reply, fileName, tarType, archive);
  });

  api.get('/api/custody', async (request) => {
    return custodyOf(seen(request), parseInput(zCustodyFilter, request.query));
  });
}

/** How long a package waits for partners to cosign its audit record, all of them together: one call takes fifteen seconds at most. */
const witnessWithinMs = 20_000;

function evidenceContext({
  records,
  ledger,
  partnerContext,
  witnessing,
  version,
}: HttpContext): Omit<EvidenceContext, 'seen'> {
  const { keys, clock, random, desk } = partnerContext;
  return {
    ...{ records, ledger, keys, clock, random, desk, program: version },
    prove: async (delivery) => {
      const { keys: signers, ...proof } = await proofWithKeys(partnerContext, delivery);
      return {
        ...proof,
        recalledBy: [...proof.recalledBy],
        keys: Object.fromEntries(
          Object.entries(signers).map(([by, all]) => [by, all.map(({ kty, crv, x, kid }) => ({ kty, crv, x, kid }))]),
        ),
      };
    },
    witness: () => witnessing.show(null, AbortSignal.timeout(witnessWithinMs)),
    keysOf: async (name) => {
      const partner = await findPartner(records, name);
      return partner ? believedKeys(records, clock, partner) : [];
    },
  };
}
