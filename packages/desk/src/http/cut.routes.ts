import { zChainId, zCutReason } from '@gongjo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addCut, type Cutting, checkCut, listCuts, takeCutBack } from '../cases/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput, parseTxId, zTransactionPath } from './parse.ts';
import { viewerOf } from './viewer.ts';

const zChain = z.strictObject({ chain: zChainId });

/** Transactions that an analyst has cut out of what joins addresses. */
export function cutRoutes(api: FastifyInstance, { ledger, records, seen, clock }: HttpContext): void {
  api.get('/api/ledger/:chain/cuts', async (request) => {
    const { chain } = parseInput(zChain, request.params);
    return { cuts: await listCuts(seen(request), chain) };
  });

  api.post('/api/ledger/:chain/cuts/:txid', async (request, reply) => {
    const asked = cutting(request);
    await checkCut(ledger, asked.chain, asked.txid);
    return reply.status(201).send(await records.transaction((tx) => addCut(tx, clock, asked)));
  });

  api.delete('/api/ledger/:chain/cuts/:txid', async (request) => {
    const asked = cutting(request);
    return records.transaction((tx) => takeCutBack(tx, clock, asked));
  });
}

function cutting(request: FastifyRequest): Cutting {
  const { name: by } = viewerOf(request);
  const { chain, txid } = parseInput(zTransactionPath, request.params);
  return { chain, txid: parseTxId(chain, 'txid', txid), by, reason: parseInput(zCutReason, request.body).reason };
}
