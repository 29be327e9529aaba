import { type Address, type ListPartAnswer, type Watch, zListPart, zNewWatch } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { recordAudit } from '../audit/index.ts';
import { addressOn } from '../ledger/index.ts';
import {
  completeList,
  endWatch,
  type OrderedWatch,
  openList,
  orderWatch,
  standingWatches,
  watchedCounts,
} from '../watch/index.ts';
import type { HttpContext } from './context.ts';
import { parseAddress, parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

/** 200,000 addresses of at most some hundred characters, with what JSON adds. */
const partBytesMax = 32 * 1024 * 1024;
/** Texts that are no address, told one by one; a list with more is the wrong file. */
const refusalsTold = 50;

export function watchRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, seen, ledger, clock, random, feed, screening, wake } = context;
  const audit = (tx: Parameters<typeof recordAudit>[0], actor: string, what: string, watch: OrderedWatch) => {
    const { id: subject, kind, chain, name, reason, until } = watch;
    return recordAudit(tx, clock, {
      actor,
      action: `watch.${what}`,
      subject,
      details: { kind, chain, name, reason, until },
    });
  };
  const changed = (watch: OrderedWatch) => {
    feed.publish('status');
    wake.round(watch.chain);
    return shown(watch);
  };

  api.get('/api/watches', async (request) => {
    return { watches: (await standingWatches(seen(request), clock)).map(shown) };
  });

  api.get('/api/watches/status', async (request) => {
    await screening.catchUp(records);
    return { ...screening.status, sources: await watchedCounts(seen(request), clock) };
  });

  /** An address or a category is watched at once, a list when it is said to be complete. */
  api.post('/api/watches', async (request, reply) => {
    const { name } = viewerOf(request);
    const asked = parseInput(zNewWatch, request.body);
    const address = asked.kind === 'address' ? parseAddress(asked.chain, 'address', asked.address) : null;
    const watch = await records.transaction(async (tx) => {
      const ordered = await orderWatch(tx, { clock, random }, asked, name, address);
      await audit(tx, name, 'ordered', ordered);
      return ordered;
    });
    reply.status(201);
    return changed(watch);
  });

  api.post<{ Params: { id: string } }>(
    '/api/watches/:id/addresses',
    { bodyLimit: partBytesMax },
    async (request): Promise<ListPartAnswer> => {
      const { addresses } = parseInput(zListPart, request.body);
      const list = await openList(records, request.params.id);
      const taken: Address[] = [];
      const refused: string[] = [];
      for (const text of addresses) {
        const address = addressOn(list.chain, text.trim());
        if (address === null) refused.push(text);
        else taken.push(address);
      }
      await ledger.putListed(list.number, list.chain, taken);
      return { taken: taken.length, refused: refused.length, refusals: refused.slice(0, refusalsTold) };
    },
  );

  api.post<{ Params: { id: string } }>('/api/watches/:id/complete', async (request) => {
    const { name } = viewerOf(request);
    const open = await openList(records, request.params.id);
    const count = await ledger.countListed(open.number, open.chain);
    const watch = await records.transaction(async (tx) => {
      const complete = await completeList(tx, open.id, count);
      await audit(tx, name, 'ordered', complete);
      return complete;
    });
    return changed(watch);
  });

  api.delete<{ Params: { id: string } }>('/api/watches/:id', async (request) => {
    const { name } = viewerOf(request);
    const watch = await records.transaction(async (tx) => {
      const ended = await endWatch(tx, clock, request.params.id);
      await audit(tx, name, 'ended', ended);
      return ended;
    });
    // The list is nobody's from the transaction on; what a crash leaves of it takes room and nothing else.
    if (watch.kind === 'list') await ledger.dropListed(watch.number, watch.chain);
    return changed(watch);
  });
}

function shown({ number: _, ...watch }: OrderedWatch): Watch {
  return watch;
}
