import { isAbsolute } from 'node:path';
import { inputRules } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { bitcoinNetwork, bitcoinNetworks } from '../chain/index.ts';
import type { HttpContext } from './context.ts';
import { answerLines } from './lines.ts';
import { parseInput } from './parse.ts';

const common = {
  network: z.enum(bitcoinNetworks.map(({ name }) => name)).optional(),
  to: z.int().min(0).optional(),
};
export const zIngest = z.union([
  z.strictObject({ ...common, blocks: z.string().min(1).max(4096).refine(isAbsolute, inputRules.absolutePath) }),
  z.strictObject({
    ...common,
    rpc: z.url({ protocol: /^https?$/ }),
    from: z.int().min(0).default(0),
    follow: z.boolean().default(false),
  }),
]);

/** Blocks of Bitcoin from files or a node. The desk reads what the caller names, so it is the operator's, like all ingestion. */
export function bitcoinRoutes(api: FastifyInstance, { chains, log }: HttpContext): void {
  /** Lines of JSON while it reads: `{indexed}`, `{progress}`, `{state}`, and at the end `{done}` or `{problem}`. */
  api.post('/api/ledger/ingest/bitcoin', async (request, reply) => {
    const asked = parseInput(zIngest, request.body);
    return answerLines(request, reply, log, async (say, signal) => ({
      done: await chains.ingestBitcoin({
        source: 'blocks' in asked ? { blocks: asked.blocks } : { rpc: asked.rpc },
        network: (asked.network && bitcoinNetwork(asked.network)) ?? undefined,
        from: 'from' in asked ? asked.from : 0,
        to: asked.to,
        follow: 'follow' in asked && asked.follow,
        signal,
        onProgress: (progress) => say({ progress }),
        onState: (state) => say({ state }),
        onIndexed: (files, of) => say({ indexed: { files, of } }),
      }),
    }));
  });
}
