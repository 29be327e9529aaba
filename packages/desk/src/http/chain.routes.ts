import { type ChainId, changeHeuristics } from '@gongjo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { standingCuts } from '../cases/index.ts';
import { defaultEntityBounds, lookUpAddress, lookUpEntity, lookUpTransaction } from '../ledger/index.ts';
import type { HttpContext } from './context.ts';
import { may } from './guard.ts';
import { parseAddress, parseInput, parseTxId, zAddressPath, zTransactionPath } from './parse.ts';
import { viewerOf } from './viewer.ts';

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
    const { chain, txid } = parseInput(zTransactionPath, request.params);
    return lookUpTransaction(ledger, chain, parseTxId(chain, 'txid', txid));
  });

  api.get('/api/ledger/:chain/addresses/:address', async (request) => {
    const { chain, address: text } = parseInput(zAddressPath, request.params);
    const address = parseAddress(chain, 'address', text);
    const question = { chain, address, bounds: defaultEntityBounds, cuts: await cutsOf(request, chain), change: [] };
    return lookUpAddress(ledger, chain, address, async () => (await lookUpEntity(ledger, question)).entity);
  });

  api.get('/api/ledger/:chain/entities/:address', async (request) => {
    const { chain, address: text } = parseInput(zAddressPath, request.params);
    const { change } = parseInput(zEntityAsked, request.query);
    const address = parseAddress(chain, 'address', text);
    const cuts = await cutsOf(request, chain);
    return lookUpEntity(ledger, { chain, address, bounds: defaultEntityBounds, cuts, change });
  });
}
