import type { FastifyInstance } from 'fastify';
import { detailOf, GongjoError } from '../kernel/index.ts';
import {
  collectionsFor,
  createGate,
  type Entered,
  QuotaExceeded,
  respond,
  taxiiBodyBytesMax,
  taxiiError,
} from '../partner/index.ts';
import type { HttpContext } from './context.ts';

declare module 'fastify' {
  interface FastifyRequest {
    entered: Entered | null;
  }
}

/** The adapter between HTTP and the TAXII function: bytes in, the partner behind them, bytes out. */
export function taxiiRoutes(taxii: FastifyInstance, context: HttpContext): void {
  const { partnerContext, feed, wake, log } = context;
  const told = (what: 'admitted' | 'quarantined') => {
    feed.publish('partners', ...(what === 'admitted' ? (['incidents', 'alerts'] as const) : []));
    if (what === 'quarantined') return;
    wake.rounds().catch((thrown: unknown) => log.error({ detail: detailOf(thrown) }, 'waking failed'));
  };
  taxii.removeAllContentTypeParsers();
  taxii.addContentTypeParser('*', { parseAs: 'string', bodyLimit: taxiiBodyBytesMax }, (_request, body, done) =>
    done(null, body),
  );
  taxii.setErrorHandler(async (thrown, _request, reply) => {
    const isTooLarge = (thrown as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE';
    const known = isTooLarge ? new GongjoError('body-too-large', { limit: taxiiBodyBytesMax }) : thrown;
    if (!(known instanceof GongjoError)) throw known;
    const { status, headers, body } = taxiiError(known);
    if (known instanceof QuotaExceeded) reply.header('retry-after', String(known.retryAfterS));
    return reply.status(status).headers(headers).send(body);
  });
  // Before the body is read: eight megabytes are taken from partners alone.
  const gate = createGate(partnerContext);
  taxii.decorateRequest('entered', null);
  taxii.addHook('onRequest', async (request, reply) => {
    const { authorization, 'content-encoding': contentEncoding, 'content-length': length } = request.headers;
    const entered = await gate.enter({
      authorization,
      isDelivery: request.method === 'POST',
      contentEncoding,
      contentLength: length === undefined ? null : Number(length),
    });
    reply.raw.on('close', entered.leave);
    request.entered = entered;
  });
  taxii.all('*', async (request, reply) => {
    if (!request.entered) throw new GongjoError('partner-token-invalid', { detail: 'no token' });
    const { partner, bodyBytesMax } = request.entered;
    if (typeof request.body === 'string' && Buffer.byteLength(request.body) > bodyBytesMax)
      throw new GongjoError('body-too-large', { limit: bodyBytesMax });
    const url = new URL(request.url, 'http://desk');
    const { status, headers, body } = await respond(
      {
        method: request.method,
        path: url.pathname,
        query: url.searchParams,
        accept: request.headers.accept ?? '*/*',
        contentType: request.headers['content-type'] ?? '',
        body: typeof request.body === 'string' ? request.body : '',
        signature: request.headers['gongjo-signature']?.toString() ?? null,
      },
      collectionsFor(partnerContext, partner, told),
    );
    return reply.status(status).headers(headers).send(body);
  });
}
