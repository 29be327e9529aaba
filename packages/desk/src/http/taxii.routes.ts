import type { FastifyInstance } from 'fastify';
import { detailOf, GongjoError } from '../kernel/index.ts';
import {
  authenticate,
  collectionsFor,
  type Partner,
  respond,
  taxiiBodyBytesMax,
  taxiiError,
} from '../partner/index.ts';
import type { HttpContext } from './context.ts';

declare module 'fastify' {
  interface FastifyRequest {
    partner: Partner | null;
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
    return reply.status(status).headers(headers).send(Buffer.from(body, 'utf8'));
  });
  // Before the body is read: eight megabytes are taken from partners alone.
  taxii.decorateRequest('partner', null);
  taxii.addHook('onRequest', async (request) => {
    request.partner = await authenticate(partnerContext, request.headers.authorization);
  });
  taxii.all('*', async (request, reply) => {
    const { partner } = request;
    if (!partner) throw new GongjoError('partner-token-invalid', { detail: 'no token' });
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
    return reply.status(status).headers(headers).send(Buffer.from(body, 'utf8'));
  });
}
