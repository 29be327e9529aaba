import { Readable } from 'node:stream';
import { zChainId, zTxId } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { traceIncident } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { placesNow } from '../trace/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput, parseTxIds } from './parse.ts';
import { operatorOnly, viewerOf } from './viewer.ts';

const zTraceRequest = z.strictObject({
  chain: zChainId,
  txids: z.array(zTxId).min(1).max(100),
  untilHeight: z.int().min(0).optional(),
});
const zIngest = z.strictObject({
  rpc: z.url({ protocol: /^https?$/ }),
  from: z.int().min(0).default(0),
  to: z.int().min(0).optional(),
  follow: z.boolean().default(false),
});

export function ledgerRoutes(api: FastifyInstance, { ledger, chains, log }: HttpContext): void {
  api.get('/api/ledger', async (request) => {
    viewerOf(request);
    return { chains: await chains.status() };
  });

  api.post('/api/trace', async (request) => {
    viewerOf(request);
    const { chain, txids: given, untilHeight } = parseInput(zTraceRequest, request.body);
    const txids = parseTxIds(chain, given);
    const coverage = await ledger.coverage(chain);
    if (!coverage) throw new GongjoError('chain-unknown', { chain, known: (await ledger.chains()).join(', ') || '–' });
    const asOf =
      untilHeight === undefined || untilHeight >= coverage.tip.height
        ? coverage.tip
        : await ledger.blockAt(chain, untilHeight);
    const trace = asOf && (await traceIncident(ledger, { chain, txids }, asOf));
    if (!trace) throw new GongjoError('transaction-unknown', { txid: txids.join(', ') });
    return { trace, places: placesNow(trace) };
  });

  /** Lines of JSON while it reads: `{progress}`, `{state}`, and at the end `{done}` or `{problem}`. */
  api.post('/api/ledger/ingest', async (request, reply) => {
    operatorOnly(request);
    const asked = parseInput(zIngest, request.body);
    const ending = new AbortController();
    reply.raw.once('close', () => ending.abort());
    const lines = new Readable({ read: () => undefined });
    const say = (line: object) => lines.push(`${JSON.stringify(line)}\n`);
    void chains
      .ingest({
        ...asked,
        signal: ending.signal,
        onProgress: (progress) => say({ progress }),
        onState: (state) => say({ state }),
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
