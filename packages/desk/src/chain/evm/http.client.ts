import { setTimeout as wait } from 'node:timers/promises';
import { decoded } from './redact.ts';

/** Carries one JSON-RPC body to the node and its answer back. Replaceable, so that recorded answers can be replayed. */
export type Transport = (body: string, signal?: AbortSignal) => Promise<string>;

/** A full block with receipts is some megabytes; a node that has not sent its batch within this time hangs. */
export const REQUEST_TIMEOUT_MS = 30_000;

/** Sixteen of the largest blocks with receipts stay well below; what is larger comes from no honest node. */
export const ANSWER_BYTES_MAX = 128 * 1024 * 1024;

/** Long enough for a node to drop a stale connection or to finish a restart of its listener, short enough not to be felt. */
const RETRY_AFTER_MS = 250;

/** The answer is larger than we read; asking for less can help. */
export class AnswerTooLarge extends Error {
  constructor(bytesMax: number) {
    super(`the answer is larger than ${bytesMax} bytes`);
    this.name = 'AnswerTooLarge';
  }
}

/** The node could not be asked, or did not answer in time. */
export class TransportFailure extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'TransportFailure';
  }
}

export interface HttpOptions {
  readonly url: URL;
  readonly timeoutMs?: number;
  readonly bytesMax?: number;
}

/**
 * HTTP(S) POST with Node's fetch. Redirects are not followed, because they would carry credentials elsewhere. A broken
 * connection is tried once more; a timeout is not, because it has already cost the whole time.
 *
 * @throws TransportFailure, AnswerTooLarge; the signal's reason when the caller aborts
 */
export function httpTransport(options: HttpOptions): Transport {
  const { timeoutMs = REQUEST_TIMEOUT_MS, bytesMax = ANSWER_BYTES_MAX } = options;
  // fetch refuses URLs that contain credentials, so they travel as a header.
  const url = new URL(options.url);
  const headers = new Headers({ 'content-type': 'application/json' });
  if (url.username !== '' || url.password !== '') {
    const pair = `${decoded(url.username)}:${decoded(url.password)}`;
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
    url.username = '';
    url.password = '';
  }

  async function once(body: string, signal: AbortSignal | undefined): Promise<string> {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      if (!response.ok) {
        await response.body?.cancel();
        throw new TransportFailure(`HTTP status ${response.status}`);
      }
      return await bounded(response, bytesMax);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof AnswerTooLarge || error instanceof TransportFailure) throw error;
      if (timeout.aborted) throw new TimedOut(timeoutMs);
      throw new TransportFailure('the connection failed', error);
    }
  }

  return async (body, signal) => {
    try {
      return await once(body, signal);
    } catch (error) {
      if (!(error instanceof TransportFailure) || error instanceof TimedOut) throw error;
      await wait(RETRY_AFTER_MS, undefined, signal === undefined ? {} : { signal });
      return once(body, signal);
    }
  };
}

class TimedOut extends TransportFailure {
  constructor(timeoutMs: number) {
    super(`no complete answer within ${timeoutMs} ms`);
    this.name = 'TimedOut';
  }
}

/** The body as text, read piece by piece and counted after decompression, so that nothing larger is ever held. */
async function bounded(response: Response, bytesMax: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.byteLength;
    // Leaving the loop cancels the stream and closes the connection.
    if (bytes > bytesMax) throw new AnswerTooLarge(bytesMax);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, bytes).toString('utf8');
}
