import { isAbsolute } from 'node:path';
import { type ChainId, inputRules, type Lead, zChainId, zPathRequest, zTraceRequest } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { findPath, totalsOf, traceQuestion } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { type Block, coverageOf, type Ledger } from '../ledger/index.ts';
import { placesNow } from '../trace/index.ts';
import type { HttpContext } from './context.ts';
import { answerLines } from './lines.ts';
import { parseAddress, parseInput, parseLeads } from './parse.ts';

export const zIngestNode = z.strictObject({
  rpc: z.url({ protocol: /^https?$/ }),
  from: z.int().min(0).default(0),
  to: z.int().min(0).optional(),
  follow: z.boolean().default(false),
});
/** More paths than this are folders' business; the body's bound of 1 MB holds about as many. */
const pathsMax = 10_000;
export const zIngestFiles = z.strictObject({
  files: z.array(z.string().min(1).max(4096).refine(isAbsolute, inputRules.absolutePath)).min(1).max(pathsMax),
  /** Other chains have other files. */
  chain: zChainId.refine((chain) => /^eip155:\d{1,18}$/.test(chain), inputRules.evmChain),
  from: z.int().min(0).optional(),
  to: z.int().min(0).optional(),
});

type Chains = HttpContext['chains'];

export function ledgerRoutes(api: FastifyInstance, { ledger, chains, directory, log }: HttpContext): void {
  api.get('/api/ledger', async () => {
    return { chains: await chains.status() };
  });

  api.post('/api/trace', async (request) => {
    const { chain, leads: given, bounds, untilHeight, untilTime, ...how } = parseInput(zTraceRequest, request.body);
    const leads = parseLeads(chain, given);
    const asOf = await lastBlock(ledger, chain, { untilHeight, untilTime });
    if (!asOf) throw unknownYet(leads);
    const unitsMin = bounds?.unitsMin === undefined ? undefined : BigInt(bounds.unitsMin);
    const trace = await traceQuestion(ledger, { chain, leads, ...how, bounds: { ...bounds, unitsMin } }, asOf);
    return { trace, places: placesNow(trace), totals: totalsOf(trace, directory) };
  });

  api.post('/api/path', async (request) => {
    const { chain, from, to, bounds, untilHeight, untilTime } = parseInput(zPathRequest, request.body);
    const asked = { chain, from: parseAddress(chain, 'from', from), to: parseAddress(chain, 'to', to), bounds };
    const asOf = await lastBlock(ledger, chain, { untilHeight, untilTime });
    if (!asOf) throw unknownYet([{ address: asked.from }]);
    return findPath(ledger, asked, asOf);
  });

  /**
   * Lines of JSON while it reads: `{file}`, `{survey}`, `{progress}`, `{state}`, and at the end `{done}` or `{problem}`.
   * It makes the desk read files and call addresses that the caller names, so no role has a right to it: it is the operator's.
   * Of a file it tells where it is damaged, never what stands there.
   */
  api.post('/api/ledger/ingest', async (request, reply) => {
    const start = ingestion(chains, request.body);
    return answerLines(request, reply, log, (say, signal) =>
      start({
        signal,
        onProgress: (progress) => say({ progress }),
        onState: (state) => say({ state }),
        onFile: (file) => say({ file }),
        onSurvey: (survey) => say({ survey }),
      }),
    );
  });
}

type Telling = Pick<Parameters<Chains['ingest']>[0], 'signal' | 'onProgress' | 'onState'> &
  Pick<Parameters<Chains['ingestFiles']>[0], 'onFile' | 'onSurvey'>;

/** What the body asks for, checked; answers the last line. */
function ingestion(chains: Chains, body: unknown): (telling: Telling) => Promise<object> {
  if (typeof body === 'object' && body !== null && 'files' in body) {
    const { files: paths, ...asked } = parseInput(zIngestFiles, body);
    return async (telling) => {
      const { progress: done, ...ingested } = await chains.ingestFiles({ ...asked, paths, ...telling });
      return { done, ...ingested };
    };
  }
  const asked = parseInput(zIngestNode, body);
  return async (telling) => ({ done: await chains.ingest({ ...asked, ...telling }) });
}

interface Until {
  readonly untilHeight?: number | undefined;
  readonly untilTime?: string | undefined;
}

/** The newest block that both limits allow; null where the ledger begins later. Throws `chain-unknown`. */
async function lastBlock(ledger: Ledger, chain: ChainId, { untilHeight, untilTime }: Until): Promise<Block | null> {
  const { tip } = await coverageOf(ledger, chain);
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
