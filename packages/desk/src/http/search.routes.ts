import {
  type ChainId,
  type HeldObjectView,
  type KnownAddress,
  type KnownTransaction,
  searchLineMax,
  searchTextMax,
  zSearchText,
} from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { GongjoError } from '../kernel/index.ts';
import { type AddressOn, knownChains, recognise } from '../ledger/index.ts';
import { overlapsOn } from '../partner/index.ts';
import { objectsAboutMax, objectsNaming } from '../sharing/index.ts';
import { transactionId, walletId } from '../stix/index.ts';
import { alertsNaming } from '../watch/index.ts';
import type { HttpContext } from './context.ts';
import { alikeOf, knownAddresses, knownTransactions, tipsOf } from './known.ts';
import { parseAddress, parseInput, parseTxId, zAddressPath, zTransactionPath } from './parse.ts';
import { search } from './search.ts';
import { type Sight, sightOf } from './sight.ts';

/** Twice the text, for JSON escapes; other letters than Latin take three bytes each. */
const textBytesMax = 4 * searchTextMax;

export const zLine = z.strictObject({ q: z.string().min(1).max(searchLineMax) });

/** One search over all that the desk has, and all that it knows of one address or transaction. */
export function searchRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, ledger } = context;

  api.get('/api/search', async (request) => {
    return search(context, await sightOf(context, request), parseInput(zLine, request.query).q);
  });

  api.post('/api/search', { bodyLimit: textBytesMax }, async (request) => {
    return search(context, await sightOf(context, request), parseInput(zSearchText, request.body).text);
  });

  api.get('/api/known/addresses/:chain/:address', async (request): Promise<KnownAddress> => {
    const sight = await sightOf(context, request);
    const { chain, address: text } = parseInput(zAddressPath, request.params);
    const address = parseAddress(chain, 'address', text);
    const tips = await tipsOf(context);
    const others = othersOf(chain, address, 'address', [...tips.keys()]) as ChainId[];
    const asked: AddressOn[] = [chain, ...others].map((it) => ({ chain: it, address }));
    const [known, alike, history, alertsListed, objectsListed, overlaps] = await Promise.all([
      knownAddresses(context, sight, tips, asked),
      alikeOf(context, sight, [{ chain, address }]),
      sight.reads('tag') ? ledger.tagHistory(chain, address) : { chain, address, tags: [], past: [] },
      sight.reads('alert') ? alertsNaming(records, chain, [address], [], sight.notOf) : [],
      objectsShown(context, sight, [walletId(address)], [address, walletId(address)]),
      sight.reads('overlap') ? overlapsOn(records, address, sight.notOf) : [],
    ]);
    const here = known.get(`${chain} ${address}`);
    if (!here) throw new GongjoError('not-found');
    return {
      ...here,
      address,
      objects: objectsListed.length,
      alike: alike.get(address) ?? [],
      history,
      alertsListed,
      objectsListed,
      overlaps,
      elsewhere: others.filter((it) => isWorthALook(known.get(`${it} ${address}`))),
    };
  });

  api.get('/api/known/transactions/:chain/:txid', async (request): Promise<KnownTransaction> => {
    const sight = await sightOf(context, request);
    const { chain, txid: text } = parseInput(zTransactionPath, request.params);
    const txid = parseTxId(chain, 'txid', text);
    const tips = await tipsOf(context);
    const others = othersOf(chain, txid, 'transaction', [...tips.keys()]);
    const [known, alertsListed, objectsListed, overlaps] = await Promise.all([
      knownTransactions(
        context,
        sight,
        tips,
        [chain, ...others].map((it) => ({ chain: it, txid })),
      ),
      sight.reads('alert') ? alertsNaming(records, chain, [], [txid], sight.notOf) : [],
      objectsShown(context, sight, [transactionId(txid)], [txid, transactionId(txid)]),
      sight.reads('overlap') ? overlapsOn(records, txid, sight.notOf) : [],
    ]);
    const here = known.get(`${chain} ${txid}`);
    if (!here) throw new GongjoError('not-found');
    const elsewhere = others.filter((it) => isWorthALook(known.get(`${it} ${txid}`)));
    return { ...here, txid, objects: objectsListed.length, alertsListed, objectsListed, overlaps, elsewhere };
  });
}

/** Other chains on which the same text names something. */
function othersOf(chain: ChainId, text: string, as: 'address' | 'transaction', chains: readonly ChainId[]): ChainId[] {
  const found = recognise(text, [...chains, ...knownChains]);
  if (found === null || found.as !== as) return [];
  return found.on.filter((it) => it.chain !== chain).map((it) => it.chain);
}

/** What objects say without naming a chain leads nowhere else. */
function isWorthALook(
  known:
    | { inLedger: boolean | null; tags: unknown[]; watched: unknown[]; incidents: unknown[]; alerts: number }
    | undefined,
): boolean {
  if (!known) return false;
  return (
    known.inLedger === true || known.tags.length + known.watched.length + known.incidents.length + known.alerts > 0
  );
}

async function objectsShown(
  { records }: HttpContext,
  sight: Sight,
  ids: readonly string[],
  texts: readonly string[],
): Promise<HeldObjectView[]> {
  const found = await objectsNaming(records, ids, texts, sight.notOf);
  const seen = await sight.seenObjects(found.map(({ id }) => id));
  return found.filter(({ id }) => seen.has(id)).slice(0, objectsAboutMax);
}
