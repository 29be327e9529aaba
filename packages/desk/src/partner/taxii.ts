import type { DeskCard } from '@gongjo/contract';
import { z } from 'zod';
import { GongjoError } from '../kernel/index.ts';
import type { ObjectPage } from '../sharing/index.ts';

/**
 * TAXII 2.1 (OASIS Standard, 10 June 2021) as a function from a request to a response; section numbers are its own. The
 * caller has authenticated the partner and hands in the two collections as that partner may see them.
 */
export const taxiiType = 'application/taxii+json;version=2.1';
export const taxiiRoot = '/taxii2/';
const apiRoot = `${taxiiRoot}api/`;

/** Fixed, so that a partner needs no discovery to know where to send. */
export const inboxId = 'c2f1a6d4-6f0e-4d6c-9a35-0d5d8a3b7e11';
export const outboxId = '5b8f9c50-1f0b-4a52-8a4e-7a1f6f7d2c93';
export const inboxPath = `${apiRoot}collections/${inboxId}/objects/`;

/** A signed bundle of 500 objects is about 1 MB; a larger body is not read. */
export const taxiiBodyBytesMax = 8 * 1024 * 1024;

/** A page is built in memory; a client that asks for more gets this many and a cursor (section 3.4). */
const pageMax = 1000;
const pageDefault = 100;

export interface TaxiiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly accept: string;
  readonly contentType: string;
  readonly body: string;
  readonly signature: string | null;
}

export interface TaxiiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Collections {
  readonly desk: DeskCard;
  /** What was released to the partner, after a cursor. */
  released(after: number, addedAfter: string | null, limit: number): Promise<ObjectPage>;
  /** Verifies and admits; throws a problem of the catalogue. */
  deliver(
    envelope: string,
    signature: string,
  ): Promise<{ readonly id: string; readonly receipt: string; readonly objectCount: number; readonly at: string }>;
}

type Handler = (request: TaxiiRequest, collections: Collections) => Promise<TaxiiResponse> | TaxiiResponse;

const routes: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  [taxiiRoot]: { GET: (_request, { desk }) => answer({ title: desk.name.en, default: apiRoot, api_roots: [apiRoot] }) },
  [apiRoot]: {
    GET: (_request, { desk }) =>
      answer({ title: desk.name.en, versions: [taxiiType], max_content_length: taxiiBodyBytesMax }),
  },
  [`${apiRoot}collections/`]: { GET: () => answer({ collections: [inbox, outbox] }) },
  [`${apiRoot}collections/${inboxId}/`]: { GET: () => answer(inbox) },
  [`${apiRoot}collections/${outboxId}/`]: { GET: () => answer(outbox) },
  [inboxPath]: { POST: addObjects },
  [`${apiRoot}collections/${outboxId}/objects/`]: { GET: getObjects },
};

const inbox = {
  id: inboxId,
  title: 'Inbox',
  description: 'Signed bundles for this desk.',
  can_read: false,
  can_write: true,
  media_types: ['application/stix+json;version=2.1'],
};
const outbox = {
  ...inbox,
  id: outboxId,
  title: 'Released',
  description: 'What this desk has released to you.',
  can_read: true,
  can_write: false,
};

export async function respond(request: TaxiiRequest, collections: Collections): Promise<TaxiiResponse> {
  try {
    const handlers = Object.hasOwn(routes, request.path) ? routes[request.path] : undefined;
    if (!handlers) throw new GongjoError('not-found');
    const handle = Object.hasOwn(handlers, request.method) ? handlers[request.method] : undefined;
    if (!handle) throw new GongjoError('method-not-allowed', { what: `${request.method} ${request.path}` });
    if (!accepts(request.accept)) throw new GongjoError('not-acceptable', { type: taxiiType });
    return await handle(request, collections);
  } catch (thrown) {
    return taxiiError(thrown);
  }
}

/** Section 3.6.1: an error message resource. The code and both languages are ours. */
export function taxiiError(thrown: unknown): TaxiiResponse {
  if (!(thrown instanceof GongjoError)) throw thrown;
  const { code, status, text, hint } = thrown.problem;
  return {
    status,
    headers: { 'content-type': taxiiType },
    body: {
      title: text.en,
      description: hint.en,
      error_code: code,
      http_status: String(status),
      details: { text, hint },
    },
  };
}

/** Section 5.5. The status resource (4.3.1) says that all is done; the signed receipt is a property of ours. */
async function addObjects(request: TaxiiRequest, { deliver }: Collections): Promise<TaxiiResponse> {
  if (!/^application\/(taxii|stix)\+json\s*;\s*version=2\.1$/i.test(request.contentType.trim()))
    throw new GongjoError('media-type-unsupported', { type: taxiiType });
  if (request.signature === null) throw new GongjoError('signature-missing');
  const { id, receipt, objectCount, at } = await deliver(request.body, request.signature);
  return answer(
    {
      id,
      status: 'complete',
      request_timestamp: at,
      total_count: objectCount,
      success_count: objectCount,
      failure_count: 0,
      pending_count: 0,
      gongjo_receipt: receipt,
    },
    202,
  );
}

const zPaging = z.object({
  limit: z.coerce.number().int().min(1).default(pageDefault),
  next: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
  added_after: z.iso.datetime().nullable().default(null),
});

/** Section 5.4: in the order they were added; `next` is the place of the last one, which never changes. */
async function getObjects(request: TaxiiRequest, { released }: Collections): Promise<TaxiiResponse> {
  const asked = zPaging.safeParse(Object.fromEntries(request.query));
  if (!asked.success)
    throw new GongjoError('input-invalid', {
      detail: asked.error.issues.map((it) => `${it.path.join('.')}: ${it.message}`).join('; '),
    });
  const { limit, next, added_after } = asked.data;
  const { objects, more } = await released(next, added_after, Math.min(limit, pageMax));
  const first = objects[0];
  const last = objects.at(-1);
  if (!first || !last) return answer({});
  return answer(
    { ...(more && { more, next: String(last.seq) }), objects: objects.map(({ body }) => JSON.parse(body) as unknown) },
    200,
    { 'x-taxii-date-added-first': first.addedAt, 'x-taxii-date-added-last': last.addedAt },
  );
}

function answer(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): TaxiiResponse {
  return { status, headers: { 'content-type': taxiiType, ...headers }, body };
}

/** Section 1.6.8.1: TAXII 2.1, TAXII without a version, or anything. */
function accepts(accept: string): boolean {
  return accept
    .split(',')
    .some((part) =>
      /^(application\/taxii\+json(\s*;\s*version=2\.1)?|application\/\*|\*\/\*)\s*(;\s*q=[\d.]+)?$/i.test(part.trim()),
    );
}
