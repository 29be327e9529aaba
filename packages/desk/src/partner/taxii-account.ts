import { GongjoError, instant } from '../kernel/index.ts';
import {
  addToCollection,
  holdsReadable,
  objectsIn,
  parseJson,
  readable,
  sourceParty,
  versionOfObject,
  withdrawFromCollection,
} from '../sharing/index.ts';
import type { PartnerContext } from './inbox.ts';
import type { Collection, Collections, Status } from './taxii/index.ts';
import type { TaxiiAccount, TaxiiRight } from './taxii-account.store.ts';
import { listCollections, partyOfCollection, recipientOf, type TaxiiCollection } from './taxii-collection.store.ts';
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
      records.transaction((tx) => withdrawFromCollection(tx, context, recipient, { id, versions, by: owner })),
  };
}

/** Eight megabytes of small objects are about as many; each gets a line in the status. */
const requestBounds = { objectsMax: 20_000, nodesMax: 1_000_000 } as const;
/** A time is shorter; what is longer is none, and is not repeated in full. */
const versionCharsMax = 40;

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
  const json = parseJson(envelope);
  const given = objectsIn(json, requestBounds);
  if (given.length === 0) throw new GongjoError('bundle-invalid', { path: '/objects', detail: 'there are none' });
  const party = { ...sourceParty(owner, country, agreement), communities: collection.communities };
  const { results } = await addToCollection(records, context, { party, unmarked }, partyOfCollection(collection), json);
  const detailed = results.map(({ index, id, rejected }) => {
    const object = given[index];
    const known = {
      id: id ?? `objects/${index}`,
      version: versionOfObject(typeof object === 'object' && object !== null ? { ...object } : {}).slice(
        0,
        versionCharsMax,
      ),
    };
    return { known, problem: rejected?.problem ?? null };
  });
  const status: Status = {
    id: random.uuid(),
    requestedAt,
    successes: detailed.flatMap(({ known, problem }) => (problem ? [] : [known])),
    failures: detailed.flatMap(({ known, problem }) => (problem ? [{ ...known, message: problem.text.en }] : [])),
    pendings: [],
  };
  await keepStatus(records, clock, owner, status);
  return status;
}
