import { type ChainId, changeHeuristics, zChainId } from '@gongjo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { standingCuts } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { defaultEntityBounds, lookUpAddress, lookUpEntity, lookUpTransaction } from '../ledger/index.ts';
import type { HttpContext } from './context.ts';
import { may } from './guard.ts';
import { parseAddress, parseInput, parseTxIds } from './parse.ts';
import { viewerOf } from './viewer.ts';

const zTransaction = z.strictObject({ chain: zChainId, txid: z.string().max(128) });
const zAddressed = z.strictObject({ chain: zChainId, address: z.string().min(1).max(128) });
export const zEntityAsked = z.strictObject({
  /** Names, separated by commas. */
  change: z
    .string()
    .max(200)
    .default('')
    .transform((text) => text.split(',').filter((name) => name !== ''))
    .pipe(z.array(z.enum(changeHeuristics)).max(changeHeuristics.length)),
});

/** What the ledger knows of one transaction, address or entity. */
export function chainRoutes(api: FastifyInstance, context: HttpContext): void {
  const { ledger, records } = context;
  /** Sorted, so that the question is the same whenever the same transactions are cut. Why is for those who read cuts. */
  const cutsOf = async (request: FastifyRequest, chain: ChainId) =>
    (await standingCuts(records, chain))
      .map(({ txid, reason }) => ({ txid, reason: may(context, viewerOf(request), 'cut:read') ? reason : '' }))
      .sort((a, b) => (a.txid < b.txid ? -1 : 1));

  api.get('/api/ledger/:chain/transactions/:txid', async (request) => {
    const { chain, txid } = parseInput(zTransaction, request.params);
    const [known] = parseTxIds(chain, [txid]);
    if (!known) throw new GongjoError('transaction-unknown', { txid });
    return lookUpTransaction(ledger, chain, known);
  });

  api.get('/api/ledger/:chain/addresses/:address', async (request) => {
    const { chain, address: text } = parseInput(zAddressed, request.params);
    const address = parseAddress(chain, 'address', text);
    const question = { chain, address, bounds: defaultEntityBounds, cuts: await cutsOf(request, chain), change: [] };
    return lookUpAddress(ledger, chain, address, async () => (await lookUpEntity(ledger, question)).entity);
  });

  api.get('/api/ledger/:chain/entities/:address', async (request) => {
    const { chain, address: text } = parseInput(zAddressed, request.params);
    const { change } = parseInput(zEntityAsked, request.query);
    const address = parseAddress(chain, 'address', text);
    const cuts = await cutsOf(request, chain);
    return lookUpEntity(ledger, { chain, address, bounds: defaultEntityBounds, cuts, change });
  });
}
