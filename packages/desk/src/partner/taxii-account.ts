import { GongjoError, instant } from '../kernel/index.ts';
import {
  addObjects,
  holdsReadable,
  objectsIn,
  readable,
  recipientOf,
  withdrawFromCollection,
} from '../sharing/index.ts';
import type { PartnerContext } from './inbox.ts';
import type { Collection, Collections, Status } from './taxii/index.ts';
import type { TaxiiAccount, TaxiiRight } from './taxii-account.store.ts';
import { listCollections, type TaxiiCollection } from './taxii-collection.store.ts';
import { findStatus, keepStatus } from './taxii-status.store.ts';

/** The collections as one account sees them: those that it has a right in. `told` is called after something was added. */
export function collectionsOfAccount(context: PartnerContext, account: TaxiiAccount, told: () => void): Collections {
  const owner = `account:${account.name}`;
  const list = async () => {
    const rights = new Map(account.rights.map((right) => [right.collection, right]));
    return (await listCollections(context.records)).flatMap((collection) => {
      const right = rights.get(collection.alias);
      return right ? [collectionOf(context, collection, right, owner, told)] : [];
    });
  };
  return {
    desk: context.desk,
    list,
    find: async (name) => (await list()).find(({ id, alias }) => id === name || alias === name) ?? null,
    status: (id) => findStatus(context.records, owner, id),
  };
}

function collectionOf(
  context: PartnerContext,
  collection: TaxiiCollection,
  { read, write }: TaxiiRight,
  owner: string,
  told: () => void,
): Collection {
  const { records } = context;
  const recipient = recipientOf(collection.alias);
  return {
    id: collection.id,
    alias: collection.alias,
    title: collection.title.en,
    description: collection.description?.en ?? '',
    canRead: read,
    canWrite: write,
    page: (query, bodies) => readable(records, recipient, query, bodies),
    holds: (id) => holdsReadable(records, recipient, id),
    add: async (envelope) => {
      const status = await add(context, collection, owner, envelope);
      told();
      return status;
    },
    remove: (id, versions) =>
      records.transaction((tx) => withdrawFromCollection(tx, context, collection.alias, { id, versions, by: owner })),
  };
}

/** Section 5.5: each object for itself; the status tells what became of it. */
async function add(
  context: PartnerContext,
  collection: TaxiiCollection,
  owner: string,
  envelope: string,
): Promise<Status> {
  const { records, clock, random } = context;
  const requestedAt = instant(clock.now());
  const { country, agreement, unmarked } = collection;
  const source = { origin: owner, via: 'account' as const, country, agreement, unmarked };
  const objects = objectsIn(envelope);
  if (objects.length === 0) throw new GongjoError('bundle-invalid', { path: '/objects', detail: 'there are none' });
  const added = await addObjects(records, context, source, collection, objects);
  const status: Status = {
    id: random.uuid(),
    requestedAt,
    successes: added.flatMap(({ id, version, problem }) => (problem ? [] : [{ id, version }])),
    failures: added.flatMap(({ id, version, problem }) => (problem ? [{ id, version, message: problem.text.en }] : [])),
    pendings: [],
  };
  await keepStatus(records, clock, owner, status);
  return status;
}
