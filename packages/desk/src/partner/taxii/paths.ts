/** Where things are. Section 8.2.1: the discovery is at `/taxii2/`; API roots are told as relative URLs (section 4.1.1). */
export const taxiiRoot = '/taxii2/';
export const apiRoot = `${taxiiRoot}api/`;

/** Fixed, so that a partner needs no discovery to know where to send. */
export const inboxId = 'c2f1a6d4-6f0e-4d6c-9a35-0d5d8a3b7e11';
export const outboxId = '5b8f9c50-1f0b-4a52-8a4e-7a1f6f7d2c93';
export const inboxPath = `${apiRoot}collections/${inboxId}/objects/`;

export type Endpoint =
  | 'discovery'
  | 'api-root'
  | 'status'
  | 'collections'
  | 'collection'
  | 'manifest'
  | 'objects'
  | 'object'
  | 'versions';

/** What a path names: section 3.1, the table of endpoints. */
export interface Place {
  readonly endpoint: Endpoint;
  readonly collection: string;
  readonly item: string;
}

const segment = '([^/]+)';
const patterns: readonly (readonly [Endpoint, RegExp])[] = [
  ['discovery', new RegExp(`^${taxiiRoot}$`)],
  ['api-root', new RegExp(`^${apiRoot}$`)],
  ['status', new RegExp(`^${apiRoot}()status/${segment}/$`)],
  ['collections', new RegExp(`^${apiRoot}collections/$`)],
  ['collection', new RegExp(`^${apiRoot}collections/${segment}/$`)],
  ['manifest', new RegExp(`^${apiRoot}collections/${segment}/manifest/$`)],
  ['objects', new RegExp(`^${apiRoot}collections/${segment}/objects/$`)],
  ['object', new RegExp(`^${apiRoot}collections/${segment}/objects/${segment}/$`)],
  ['versions', new RegExp(`^${apiRoot}collections/${segment}/objects/${segment}/versions/$`)],
];

/** `null` for a path that names nothing; so does one without its last slash (section 3.1). */
export function placeOf(path: string): Place | null {
  for (const [endpoint, pattern] of patterns) {
    const found = pattern.exec(path);
    if (!found) continue;
    const collection = decoded(found[1] ?? '');
    const item = decoded(found[2] ?? '');
    return collection === null || item === null ? null : { endpoint, collection, item };
  }
  return null;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
