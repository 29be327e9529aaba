import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { taxiiType } from './taxii/index.ts';
import { taxiiTime } from './taxii/time.ts';

/** A server that has not answered in full by then is down for now. */
const answerTimeoutMs = 60_000;
/** A page of 1,000 large objects; counted after unpacking, so that a few kilobytes cannot become gigabytes. */
const answerBytesMax = 32 * 1024 * 1024;
/** A server that has moved a path says so once or twice. */
const redirectsMax = 3;
/** What an agent is told to wait at most: longer ones would be a way to switch a feed off. */
const retryAfterMsMax = 60 * 60 * 1000;

/** A server that cannot be used now. `retryAfterMs`: when it said so itself. `status`: what it answered, if it did. */
export class FeedFailure extends Error {
  readonly problem: GongjoError['problem'];
  readonly status: number | null;
  readonly retryAfterMs: number | null;

  constructor(feed: string, detail: string, status: number | null = null, retryAfterMs: number | null = null) {
    super(detail);
    // A stranger's text, on a page or a terminal: it may not drive either.
    this.problem = new GongjoError('feed-failed', {
      feed,
      detail: detail.replace(/\p{C}+/gu, ' ').slice(0, 300),
    }).problem;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** One server as a feed speaks to it. */
export interface FeedServer {
  readonly feed: string;
  /** Of the collection, with its last slash. */
  readonly url: string;
  readonly authorization: string | null;
  readonly agent: string;
  readonly signal: AbortSignal;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

async function ask(server: FeedServer, url: URL, body: string | null): Promise<Answer> {
  const { feed, authorization, agent, signal } = server;
  let at = url;
  for (let redirects = 0; redirects <= redirectsMax; redirects += 1) {
    let response: Response;
    let text: string;
    try {
      response = await fetch(at, {
        method: body === null ? 'GET' : 'POST',
        redirect: 'manual',
        headers: {
          accept: taxiiType,
          'user-agent': agent,
          ...(authorization !== null && { authorization }),
          ...(body !== null && { 'content-type': taxiiType }),
        },
        ...(body !== null && { body }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]),
      });
      text = await bounded(response);
    } catch (thrown) {
      signal.throwIfAborted();
      throw new FeedFailure(feed, detailOf(thrown));
    }
    const { status, headers } = response;
    const location = status >= 300 && status < 400 ? headers.get('location') : null;
    if (location === null) return { status, text, headers };
    const moved = URL.canParse(location, at.href) ? new URL(location, at) : null;
    // The credentials are that server's, and so is the trust in what it says.
    if (!moved || moved.origin !== url.origin)
      throw new FeedFailure(feed, 'it sends elsewhere, which is not followed', status);
    at = moved;
  }
  throw new FeedFailure(feed, `it redirects more than ${redirectsMax} times`);
}

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > answerBytesMax) throw new Error(`its answer is larger than ${answerBytesMax} bytes`);
    chunks.push(chunk);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}

const zError = z.object({ title: z.string() });

/** The JSON of a successful answer of the right type. */
function told({ feed }: FeedServer, { status, text, headers }: Answer, expected: readonly number[]): unknown {
  if (!expected.includes(status)) {
    const said = zError.safeParse(jsonIn(text)).data?.title;
    throw new FeedFailure(feed, `HTTP ${status}${said ? `: ${said}` : ''}`, status, retryAfterMs(headers));
  }
  const type = (headers.get('content-type') ?? '').toLowerCase();
  const json = jsonIn(text);
  if (!type.startsWith('application/taxii+json') || json === undefined)
    throw new FeedFailure(feed, `it answered with ${type || 'no media type'} instead of TAXII`, status);
  return json;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** RFC 9110 section 10.2.3: seconds, or a date. */
function retryAfterMs(headers: Headers): number | null {
  const text = headers.get('retry-after');
  if (text === null) return null;
  const given = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(given) ? null : Math.min(retryAfterMsMax, Math.max(0, given));
}

export interface FeedPage {
  readonly objects: readonly unknown[];
  readonly more: boolean;
  readonly next: string | null;
  readonly first: string | null;
  readonly last: string | null;
  /** The server's own clock, whole seconds. */
  readonly at: string | null;
}

const zEnvelope = z.looseObject({
  more: z.boolean().default(false),
  // Some servers write a number.
  next: z.union([z.string(), z.number()]).transform(String).nullable().default(null),
  objects: z.array(z.unknown()).default([]),
});

/** TAXII 2.1 section 5.4. */
export async function getPage(
  server: FeedServer,
  query: { readonly addedAfter: string | null; readonly next: string | null; readonly limit: number },
): Promise<FeedPage> {
  const url = new URL('objects/', server.url);
  url.searchParams.set('limit', String(query.limit));
  if (query.addedAfter !== null) url.searchParams.set('added_after', query.addedAfter);
  if (query.next !== null) url.searchParams.set('next', query.next);
  const answer = await ask(server, url, null);
  const envelope = zEnvelope.safeParse(told(server, answer, [200, 206]));
  if (!envelope.success) throw new FeedFailure(server.feed, 'its answer is no envelope', answer.status);
  const time = (name: string) => taxiiTime(answer.headers.get(name) ?? '');
  const date = Date.parse(answer.headers.get('date') ?? '');
  return {
    objects: envelope.data.objects,
    more: envelope.data.more,
    next: envelope.data.next === '' ? null : envelope.data.next,
    first: time('x-taxii-date-added-first'),
    last: time('x-taxii-date-added-last'),
    at: Number.isNaN(date) ? null : taxiiTime(new Date(date).toISOString()),
  };
}

const zRoot = z.object({ max_content_length: z.number().int().positive() });

/** The URL of the API root above a collection. */
const rootOf = (url: string) => new URL('../../', url);

/** Section 4.2: how much the server takes at once; null where it does not say. */
export async function getContentMax(server: FeedServer): Promise<number | null> {
  const answer = await ask(server, rootOf(server.url), null);
  return answer.status === 200 ? (zRoot.safeParse(jsonIn(answer.text)).data?.max_content_length ?? null) : null;
}

const zStatus = z.looseObject({
  id: z.string().max(100),
  status: z.enum(['complete', 'pending']),
  success_count: z.number().int().min(0),
  failure_count: z.number().int().min(0),
});

/** A server that takes longer than this keeps working by itself; its failures are then not counted here. */
const pollsMax = 30;
const pollEveryMs = 1_000;

/** Sections 5.5 and 4.3: adds objects and waits for what becomes of them. */
export async function postObjects(
  server: FeedServer,
  envelope: string,
): Promise<{ readonly sent: number; readonly refused: number }> {
  const statusOf = (answer: Answer, expected: number) => {
    const status = zStatus.safeParse(told(server, answer, [expected]));
    if (!status.success) throw new FeedFailure(server.feed, 'its answer is no status', answer.status);
    return status.data;
  };
  let status = statusOf(await ask(server, new URL('objects/', server.url), envelope), 202);
  for (let polls = 0; status.status === 'pending' && polls < pollsMax; polls += 1) {
    await sleep(pollEveryMs, undefined, { signal: server.signal });
    const url = new URL(`status/${encodeURIComponent(status.id)}/`, rootOf(server.url));
    status = statusOf(await ask(server, url, null), 200);
  }
  return { sent: status.success_count, refused: status.failure_count };
}
