import type { FastifyInstance } from 'fastify';
import { GongjoError } from '../kernel/index.ts';
import { authenticate, collectionsFor, respond, taxiiBodyBytesMax, taxiiError } from '../partner/index.ts';
import type { HttpContext } from './context.ts';

/** The adapter between HTTP and the TAXII function: bytes in, the partner behind them, bytes out. */
export function taxiiRoutes(taxii: FastifyInstance, context: HttpContext): void {
  const { partnerContext, feed, wake, log } = context;
  const told = (what: 'admitted' | 'quarantined') => {
    feed.publish('partners', ...(what === 'admitted' ? (['incidents', 'alerts'] as const) : []));
    if (what === 'quarantined') return;
    wake.rounds().catch((thrown: unknown) => log.error({ detail: String(thrown) }, 'waking failed'));
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
    return reply.status(status).headers(headers).send(body);
  });
  taxii.all('*', async (request, reply) => {
    const partner = await authenticate(partnerContext, request.headers.authorization);
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
