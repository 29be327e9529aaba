import { Readable } from 'node:stream';
import { type Lead, zTraceRequest } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { traceQuestion } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { Block, Coverage, Ledger } from '../ledger/index.ts';
import { placesNow } from '../trace/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput, parseLeads } from './parse.ts';
import { operatorOnly, viewerOf } from './viewer.ts';

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
    const { chain, leads: given, bounds, untilHeight, untilTime, ...how } = parseInput(zTraceRequest, request.body);
    const leads = parseLeads(chain, given);
    const coverage = await ledger.coverage(chain);
    if (!coverage) throw new GongjoError('chain-unknown', { chain, known: (await ledger.chains()).join(', ') || '–' });
    const asOf = await lastBlock(ledger, coverage, { untilHeight, untilTime });
    if (!asOf) throw unknownYet(leads);
    const unitsMin = bounds?.unitsMin === undefined ? undefined : BigInt(bounds.unitsMin);
    const trace = await traceQuestion(ledger, { chain, leads, ...how, bounds: { ...bounds, unitsMin } }, asOf);
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

interface Until {
  readonly untilHeight?: number | undefined;
  readonly untilTime?: string | undefined;
}

/** The newest block that both limits allow; null where the ledger begins later. */
async function lastBlock(ledger: Ledger, coverage: Coverage, { untilHeight, untilTime }: Until): Promise<Block | null> {
  const { chain, tip } = coverage;
  const byHeight =
    untilHeight === undefined || untilHeight >= tip.height ? tip : await ledger.blockAt(chain, untilHeight);
  if (untilTime === undefined || !byHeight) return byHeight;
  const byTime = await ledger.blockAtTime(chain, untilTime);
  return byTime && byTime.height < byHeight.height ? byTime : byTime && byHeight;
}

/** What is asked about is not in the ledger as of a block before its first. */
function unknownYet([lead]: readonly Lead[]): GongjoError {
  if (lead && 'address' in lead) return new GongjoError('address-received-nothing', { address: lead.address });
  return new GongjoError('transaction-unknown', { txid: lead?.txid ?? '' });
}
