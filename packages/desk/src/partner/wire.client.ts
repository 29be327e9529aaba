import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';

/** One request to another desk. */
export interface WireRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** More of an answer is not read. */
  readonly bytesMax: number;
}

export interface WireAnswer {
  readonly status: number;
  /** Seconds, from `Retry-After` (RFC 9110 section 10.2.3); null where it says none. */
  readonly retryAfterS: number | null;
  readonly text: string;
}

/** How desks reach each other: sends a POST. Rejects where nothing answers; a test hands in a network of its own. */
export type Wire = (request: WireRequest) => Promise<WireAnswer>;

/** A partner may stand behind a proxy of its agency; what is older than this is broken (RFC 8996). */
const minVersion = 'TLSv1.2';

/** Connections that are kept for the next request, each. */
const socketsMax = 4;

/**
 * A wire that trusts, besides the authorities that this machine trusts, those of `trust` (PEM), and these only for
 * partners. Certificates are always checked; redirects are not followed; compression is not asked for and not read.
 */
export function createWire(trust: readonly string[]): Wire {
  const keep = { keepAlive: true, maxSockets: socketsMax };
  const ca = trust.length === 0 ? {} : { ca: [...tls.getCACertificates('default'), ...trust] };
  const agents = { plain: new http.Agent(keep), secure: new https.Agent({ ...keep, ...ca, minVersion }) };
  return async (request) => {
    try {
      return await post(request, agents);
    } catch (thrown) {
      // A kept connection may have been closed at the other end just now (RFC 9112 section 9.3.1); every message is safe to
      // repeat.
      if ((thrown as { reused?: boolean }).reused && !request.signal.aborted) return post(request, agents);
      throw thrown;
    }
  };
}

/** For where nobody said otherwise. */
export const plainWire: Wire = createWire([]);

function post(
  { url, headers, body, signal, timeoutMs, bytesMax }: WireRequest,
  agents: { plain: http.Agent; secure: https.Agent },
): Promise<WireAnswer> {
  const ending = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      signal: ending,
    };
    const sent =
      url.protocol === 'https:'
        ? https.request(url, { ...options, agent: agents.secure })
        : http.request(url, { ...options, agent: agents.plain });
    const fail = (thrown: Error) => {
      const isReset = (thrown as NodeJS.ErrnoException).code === 'ECONNRESET';
      const because = ending.aborted && !signal.aborted ? new Error(`no answer within ${timeoutMs} ms`) : thrown;
      reject(isReset && sent.reusedSocket ? Object.assign(because, { reused: true }) : because);
    };
    sent.on('error', fail);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > bytesMax) response.destroy(new Error(`its answer is larger than ${bytesMax} bytes`));
        else chunks.push(chunk);
      });
      response.on('error', fail);
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        if (status >= 300 && status < 400) fail(new Error(`it answered with a redirect (HTTP ${status})`));
        else
          resolve({
            status,
            retryAfterS: secondsOf(response.headers['retry-after']),
            text: Buffer.concat(chunks).toString('utf8'),
          });
      });
    });
    sent.end(body);
  });
}

function secondsOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : null;
}
