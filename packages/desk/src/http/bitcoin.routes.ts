import { isAbsolute } from 'node:path';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { bitcoinNetwork, bitcoinNetworks } from '../chain/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { operatorOnly } from './viewer.ts';

const common = {
  network: z.enum(bitcoinNetworks.map(({ name }) => name)).optional(),
  to: z.int().min(0).optional(),
};
const zIngest = z.union([
  z.strictObject({ ...common, blocks: z.string().min(1).max(4096).refine(isAbsolute, 'not an absolute path') }),
  z.strictObject({
    ...common,
    rpc: z.url({ protocol: /^https?$/ }),
    from: z.int().min(0).default(0),
    follow: z.boolean().default(false),
  }),
]);

/** Blocks of Bitcoin from files or a node. The desk reads what the caller names, so it is for whoever owns the data folder. */
export function bitcoinRoutes(api: FastifyInstance, { chains, log }: HttpContext): void {
  /** Lines of JSON while it reads: `{indexed}`, `{progress}`, `{state}`, and at the end `{done}` or `{problem}`. */
  api.post('/api/ledger/ingest/bitcoin', async (request, reply) => {
    operatorOnly(request);
    const asked = parseInput(zIngest, request.body);
    const ending = new AbortController();
    reply.raw.once('close', () => ending.abort());
    const lines = new Readable({ read: () => undefined });
    const say = (line: object) => lines.push(`${JSON.stringify(line)}\n`);
    void chains
      .ingestBitcoin({
        source: 'blocks' in asked ? { blocks: asked.blocks } : { rpc: asked.rpc },
        network: (asked.network && bitcoinNetwork(asked.network)) ?? undefined,
        from: 'from' in asked ? asked.from : 0,
        to: asked.to,
        follow: 'follow' in asked && asked.follow,
        signal: ending.signal,
        onProgress: (progress) => say({ progress }),
        onState: (state) => say({ state }),
        onIndexed: (files, of) => say({ indexed: { files, of } }),
      })
      .then((done) => say({ done }))
      .catch((thrown: unknown) => {
        if (!(thrown instanceof GongjoError)) log.error({ detail: String(thrown) }, 'reading a chain failed');
        say({
          problem: (thrown instanceof GongjoError ? thrown : new GongjoError('internal', { reference: request.id }))
            .problem,
        });
      })
      .finally(() => lines.push(null));
    return reply.header('content-type', 'application/x-ndjson').send(lines);
  });
}
