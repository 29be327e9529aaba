import { GongjoError } from '../../kernel/index.ts';
import type { VersionMatch } from '../../sharing/index.ts';
import { accepts, takes, taxiiType } from './media.ts';
import type { Collection, Collections, TaxiiRequest, TaxiiResponse } from './model.ts';
import { type Endpoint, type Place, placeOf } from './paths.ts';
import { type MatchField, readQuery } from './query.ts';
import {
  answer,
  apiRootInformation,
  collectionResource,
  collectionsResource,
  discovery,
  envelope,
  manifest,
  statusResource,
  taxiiError,
  versions,
} from './resources.ts';

/**
 * TAXII 2.1 (OASIS Standard, 10 June 2021) as a function from a request to a response; section numbers are its own. The
 * caller has been authenticated, and the collections are handed in as that caller may see them.
 */
export async function respond(request: TaxiiRequest, collections: Collections): Promise<TaxiiResponse> {
  try {
    const place = placeOf(request.path);
    if (!place) throw new GongjoError('not-found');
    const handlers = endpoints[place.endpoint];
    const isHead = request.method === 'HEAD';
    const handle = handlers.get(isHead ? 'GET' : request.method);
    if (!handle) return notAllowed(request, [...handlers.keys()]);
    if (!accepts(request.accept)) throw new GongjoError('not-acceptable', { type: taxiiType });
    const response = await handle({ request, place, collections });
    return isHead ? { ...response, body: '' } : response;
  } catch (thrown) {
    return taxiiError(thrown);
  }
}

interface Asked {
  readonly request: TaxiiRequest;
  readonly place: Place;
  readonly collections: Collections;
}
type Handler = (asked: Asked) => Promise<TaxiiResponse> | TaxiiResponse;

const get = (handler: Handler): ReadonlyMap<string, Handler> => new Map([['GET', handler]]);

const endpoints: Readonly<Record<Endpoint, ReadonlyMap<string, Handler>>> = {
  discovery: get(({ collections }) => discovery(collections)),
  'api-root': get(({ collections }) => apiRootInformation(collections)),
  status: get(getStatus),
  collections: get(async ({ collections }) => collectionsResource(await collections.list())),
  collection: get(async (asked) => answer(collectionResource(await collectionOf(asked)))),
  manifest: get(getManifest),
  objects: new Map<string, Handler>([
    ['GET', getObjects],
    ['POST', addObjects],
  ]),
  object: new Map<string, Handler>([
    ['GET', getObject],
    ['DELETE', deleteObject],
  ]),
  versions: get(getVersions),
};

/** RFC 9110 section 15.5.6: what is not possible names what is. */
function notAllowed({ method, path }: TaxiiRequest, possible: readonly string[]): TaxiiResponse {
  const response = taxiiError(new GongjoError('method-not-allowed', { what: `${method} ${path}` }));
  const allow = possible.flatMap((it) => (it === 'GET' ? ['GET', 'HEAD'] : [it])).join(', ');
  return { ...response, headers: { ...response.headers, allow } };
}

async function collectionOf({ place, collections }: Asked): Promise<Collection> {
  const collection = await collections.find(place.collection);
  if (!collection) throw new GongjoError('not-found');
  return collection;
}

/** Sections 5.3, 5.4, 5.6, 5.8: a collection with `can_read: false` is 403 to a reader. */
async function readable(asked: Asked): Promise<Collection> {
  const collection = await collectionOf(asked);
  if (!collection.canRead) throw new GongjoError('collection-forbidden', { collection: collection.title });
  return collection;
}

/** Section 4.3. */
async function getStatus({ place, collections }: Asked): Promise<TaxiiResponse> {
  const status = await collections.status(place.item);
  if (!status) throw new GongjoError('not-found');
  return statusResource(status, 200);
}

const everyField: readonly MatchField[] = ['id', 'type', 'version', 'spec_version'];

/** Section 5.3: the filters are those of the objects that the entries stand for. */
async function getManifest(asked: Asked): Promise<TaxiiResponse> {
  const collection = await readable(asked);
  return manifest(await collection.page(readQuery(asked.request.query, everyField), false));
}

/** Section 5.4: in the order in which they were added. */
async function getObjects(asked: Asked): Promise<TaxiiResponse> {
  const collection = await readable(asked);
  return envelope(await collection.page(readQuery(asked.request.query, everyField), true));
}

/** Section 5.6; 5.7 wants 404 for a version that is not there. */
async function getObject(asked: Asked): Promise<TaxiiResponse> {
  const collection = await readable(asked);
  const query = { ...readQuery(asked.request.query, ['version', 'spec_version']), ids: [asked.place.item] };
  const page = await collection.page(query, true);
  if (page.rows.length === 0) {
    const unfiltered = { ...query, after: '0', addedAfter: null, specVersions: null, limit: 1 };
    if ((await collection.page(unfiltered, false)).rows.length === 0) throw new GongjoError('not-found');
  }
  return envelope(page);
}

/** Section 5.8: every version that is there. */
async function getVersions(asked: Asked): Promise<TaxiiResponse> {
  const collection = await readable(asked);
  const { item } = asked.place;
  const query = { ...readQuery(asked.request.query, ['spec_version']), ids: [item], versions: everyVersion };
  const page = await collection.page(query, false);
  if (page.rows.length === 0 && !(await collection.holds(item))) throw new GongjoError('not-found');
  return versions(page);
}

const everyVersion: VersionMatch = { all: true, first: false, last: false, at: [] };

/** Section 5.5. The signed receipt of a partner's delivery is a property of ours (section 7.1). */
async function addObjects(asked: Asked): Promise<TaxiiResponse> {
  const collection = await collectionOf(asked);
  if (!collection.canWrite) throw new GongjoError('collection-forbidden', { collection: collection.title });
  const { contentType, body, signature } = asked.request;
  if (!takes(contentType)) throw new GongjoError('media-type-unsupported', { type: taxiiType });
  return statusResource(await collection.add(body, signature), 202);
}

/** Section 5.7: 403 for who may only read or only write; a version where one is named, every version where none is. */
async function deleteObject(asked: Asked): Promise<TaxiiResponse> {
  const collection = await collectionOf(asked);
  if (!collection.canRead || !collection.canWrite)
    throw new GongjoError('collection-forbidden', { collection: collection.title });
  const { query } = asked.request;
  const { versions: named, specVersions } = readQuery(query, ['version', 'spec_version']);
  const isOurs = specVersions === null || specVersions.includes('2.1');
  const removed = isOurs
    ? await collection.remove(asked.place.item, query.has('match[version]') ? named : everyVersion)
    : 0;
  if (removed === 0) throw new GongjoError('not-found');
  return { ...answer({}), body: '' };
}
