import { GongjoError } from '../../kernel/index.ts';
import type { ReadablePage } from '../../sharing/index.ts';
import { ComeBackLater } from '../come-back-later.ts';
import { stixType, taxiiType } from './media.ts';
import type { Collection, Collections, Status, TaxiiResponse } from './model.ts';
import { taxiiBodyBytesMax } from './model.ts';
import { apiRoot } from './paths.ts';
import { earliest, taxiiTime } from './time.ts';

/** The resources of TAXII 2.1 as it writes them. Section 2: no list is empty; where there is nothing its property is absent. */

export function answer(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): TaxiiResponse {
  return told(JSON.stringify(body), status, headers);
}

function told(body: string, status: number, headers: Readonly<Record<string, string>>): TaxiiResponse {
  return { status, headers: { 'content-type': taxiiType, ...headers }, body };
}

/** Section 3.6.1: an error message. The code and both languages are ours. */
export function taxiiError(thrown: unknown): TaxiiResponse {
  if (!(thrown instanceof GongjoError)) throw thrown;
  const { code, status, text, hint } = thrown.problem;
  // RFC 9110 section 11.6.1: every 401 says how to authenticate.
  const challenges = { 'www-authenticate': 'Basic realm="Gongjo TAXII", charset="UTF-8", Bearer realm="Gongjo TAXII"' };
  const later = thrown instanceof ComeBackLater && { 'retry-after': String(thrown.retryAfterS) };
  return answer(
    {
      title: text.en,
      description: hint.en,
      error_code: code,
      http_status: String(status),
      details: { text, hint },
    },
    status,
    { ...(status === 401 && challenges), ...later },
  );
}

/** Section 4.1.1. */
export function discovery({ desk }: Collections): TaxiiResponse {
  return answer({ title: desk.name.en, default: apiRoot, api_roots: [apiRoot] });
}

/** Section 4.2.1. */
export function apiRootInformation({ desk }: Collections): TaxiiResponse {
  return answer({ title: desk.name.en, versions: [taxiiType], max_content_length: taxiiBodyBytesMax });
}

/** Section 5.2.1. */
export function collectionResource({ id, title, description, alias, canRead, canWrite }: Collection) {
  return {
    id,
    title,
    ...(description !== '' && { description }),
    ...(alias !== null && { alias }),
    can_read: canRead,
    can_write: canWrite,
    media_types: [stixType],
  };
}

/** Section 5.1.1. */
export function collectionsResource(collections: readonly Collection[]): TaxiiResponse {
  return answer(collections.length === 0 ? {} : { collections: collections.map(collectionResource) });
}

/** Section 4.3.1. */
export function statusResource(status: Status, http: 200 | 202): TaxiiResponse {
  const { successes, failures, pendings } = status;
  return answer(
    {
      id: status.id,
      status: pendings.length === 0 ? 'complete' : 'pending',
      request_timestamp: taxiiTime(status.requestedAt) ?? earliest,
      total_count: successes.length + failures.length + pendings.length,
      success_count: successes.length,
      ...(successes.length > 0 && { successes }),
      failure_count: failures.length,
      ...(failures.length > 0 && { failures }),
      pending_count: pendings.length,
      ...(pendings.length > 0 && { pendings }),
      ...(status.receipt !== undefined && { gongjo_receipt: status.receipt }),
    },
    http,
  );
}

/** Section 3.7. The objects are canonical JSON already, and are not read again. */
export function envelope(page: ReadablePage): TaxiiResponse {
  return paged(page, 'objects', page.bodies);
}

/** Section 5.3.1. */
export function manifest(page: ReadablePage): TaxiiResponse {
  const records = page.rows.map(({ id, addedAt, version }) =>
    JSON.stringify({ id, date_added: addedAt, version, media_type: stixType }),
  );
  return paged(page, 'objects', records.join(','));
}

/** Section 5.8.1. */
export function versions(page: ReadablePage): TaxiiResponse {
  return paged(page, 'versions', page.rows.map(({ version }) => JSON.stringify(version)).join(','));
}

/**
 * Sections 3.2 and 3.5. Both headers stand on every answer: where there is no first and last object they name the time after
 * which was asked, so that a client that goes on from there neither repeats nor misses anything.
 */
function paged({ rows, more, next, since }: ReadablePage, name: 'objects' | 'versions', list: string): TaxiiResponse {
  const properties = [
    ...(more ? ['"more":true', `"next":${JSON.stringify(next)}`] : []),
    ...(rows.length > 0 ? [`"${name}":[${list}]`] : []),
  ];
  return told(`{${properties.join(',')}}`, 200, {
    'x-taxii-date-added-first': rows[0]?.addedAt ?? since ?? earliest,
    'x-taxii-date-added-last': rows.at(-1)?.addedAt ?? since ?? earliest,
  });
}
