import { type TaxiiAccountView, type TaxiiCollectionView, zNewTaxiiCollection, zTaxiiName } from '@gongjo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import {
  addAccount,
  addCollection,
  apiRoot,
  collectionNamed,
  listAccounts,
  listCollections,
  recipientOf,
  removeAccount,
  removeCollection,
  setRight,
  type TaxiiCollection,
} from '../partner/index.ts';
import { countDecisions } from '../sharing/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

export const zNewAccount = z.strictObject({
  name: zTaxiiName,
  expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
});
export const zRight = z.strictObject({ collection: zTaxiiName, read: z.boolean(), write: z.boolean() });

/** Collections, accounts and feeds of the TAXII server: who may use it, and what they get. */
export function taxiiAccessRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, seen, clock, random, wake, partnerContext, hasDesk } = context;

  /** What is in it is counted as the reader sees it. */
  const view = async (request: FastifyRequest, collection: TaxiiCollection): Promise<TaxiiCollectionView> => ({
    ...collection,
    selection: {
      types: mutable(collection.selection.types),
      origins: mutable(collection.selection.origins),
      incidents: mutable(collection.selection.incidents),
    },
    roles: [...collection.roles],
    communities: [...collection.communities],
    path: `${apiRoot}collections/${collection.id}/`,
    ...(await countDecisions(seen(request), recipientOf(collection.alias))),
  });

  api.get('/api/taxii/collections', async (request) => {
    const collections = await listCollections(records);
    return { collections: await Promise.all(collections.map((it) => view(request, it))) };
  });

  api.get<{ Params: { alias: string } }>('/api/taxii/collections/:alias', async (request) => {
    return view(request, await collectionNamed(records, request.params.alias));
  });

  api.post('/api/taxii/collections', async (request, reply) => {
    const { name: actor } = viewerOf(request);
    if (!hasDesk) throw new GongjoError('desk-unknown', { folder: context.folder });
    const asked = parseInput(zNewTaxiiCollection, request.body);
    const collection = await records.transaction(async (tx) => {
      const added = await addCollection(tx, clock, random, {
        ...asked,
        country: asked.country ?? partnerContext.desk.country,
      });
      await recordAudit(tx, clock, {
        actor,
        action: 'taxii.collection-added',
        subject: added.alias,
        details: { id: added.id, selection: added.selection, unmarked: added.unmarked },
      });
      return added;
    });
    await wake.collections();
    return reply.status(201).send(await view(request, collection));
  });

  api.delete<{ Params: { alias: string } }>('/api/taxii/collections/:alias', async (request, reply) => {
    const { name: actor } = viewerOf(request);
    const { alias } = request.params;
    await records.transaction(async (tx) => {
      await removeCollection(tx, alias);
      await recordAudit(tx, clock, { actor, action: 'taxii.collection-removed', subject: alias, details: {} });
    });
    return reply.status(204).send();
  });

  api.get('/api/taxii/accounts', async () => {
    return { accounts: (await listAccounts(records)) satisfies readonly Readonly<Omit<TaxiiAccountView, 'rights'>>[] };
  });

  // The one answer that holds the secret.
  api.post('/api/taxii/accounts', async (request, reply) => {
    const { name: actor } = viewerOf(request);
    const { name, expiresAt: until } = parseInput(zNewAccount, request.body);
    const expiresAt = until && instant(Date.parse(until));
    const secret = await records.transaction(async (tx) => {
      const made = await addAccount(tx, clock, random, { name, expiresAt });
      await recordAudit(tx, clock, { actor, action: 'taxii.account-added', subject: name, details: { expiresAt } });
      return made;
    });
    return reply.status(201).send({ name, secret, expiresAt });
  });

  api.delete<{ Params: { name: string } }>('/api/taxii/accounts/:name', async (request, reply) => {
    const { name: actor } = viewerOf(request);
    const { name } = request.params;
    await records.transaction(async (tx) => {
      await removeAccount(tx, name);
      await recordAudit(tx, clock, { actor, action: 'taxii.account-removed', subject: name, details: {} });
    });
    return reply.status(204).send();
  });

  api.post<{ Params: { name: string } }>('/api/taxii/accounts/:name/rights', async (request) => {
    const { name: actor } = viewerOf(request);
    const { name } = request.params;
    const right = parseInput(zRight, request.body);
    await records.transaction(async (tx) => {
      await collectionNamed(tx, right.collection);
      await setRight(tx, name, right);
      await recordAudit(tx, clock, { actor, action: 'taxii.right-set', subject: name, details: { ...right } });
    });
    return { name, ...right };
  });

  api.get('/api/taxii/feeds', async () => {
    return { feeds: await context.feeds.list() };
  });

  api.post<{ Params: { name: string } }>('/api/taxii/feeds/:name/run', async (request) => {
    return context.feeds.run(request.params.name);
  });
}

const mutable = <T>(list: readonly T[] | null) => list && [...list];
