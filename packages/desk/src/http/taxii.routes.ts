import type { FastifyInstance, FastifyReply } from 'fastify';
import { detailOf, GongjoError } from '../kernel/index.ts';
import {
  type Caller,
  callerOf,
  collectionsOf,
  countAttempts,
  respond,
  type TaxiiResponse,
  taxiiBodyBytesMax,
  taxiiError,
  taxiiType,
} from '../partner/index.ts';
import type { HttpContext } from './context.ts';
import { leaveWith } from './leave-with.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** The adapter between HTTP and the TAXII function: bytes in, the caller behind them, bytes out. */
export function taxiiRoutes(taxii: FastifyInstance, context: HttpContext): void {
  const { partnerContext, gate, feed, wake, log, clock } = context;
  const told = (what: 'admitted' | 'quarantined') => {
    feed.publish('partners', ...(what === 'admitted' ? (['incidents', 'alerts', 'cases', 'holds'] as const) : []));
    if (what === 'quarantined') return;
    for (const woken of [wake.rounds(), wake.collections()])
      woken.catch((thrown: unknown) => log.error({ detail: detailOf(thrown) }, 'waking failed'));
  };
  taxii.removeAllContentTypeParsers();
  taxii.addContentTypeParser('*', { parseAs: 'string', bodyLimit: taxiiBodyBytesMax }, (_request, body, done) =>
    done(null, body),
  );
  taxii.setErrorHandler(async (thrown, _request, reply) => {
    const { code } = thrown as { code?: string };
    if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
      return send(reply, taxiiError(new GongjoError('body-too-large', { limit: taxiiBodyBytesMax })));
    if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
      return send(reply, taxiiError(new GongjoError('media-type-unsupported', { type: taxiiType })));
    return send(reply, taxiiError(thrown));
  });

  const attempts = countAttempts(clock);
  taxii.decorateRequest('caller', null);
  // Before the body is read: eight megabytes are taken from those alone who may come in, and nothing that would have to be
  // unpacked first, which a few kilobytes could make into gigabytes.
  taxii.addHook('onRequest', async (request, reply) => {
    const { authorization, 'content-encoding': contentEncoding, 'content-length': length } = request.headers;
    reply.header('cache-control', 'no-store');
    const caller = await callerOf(partnerContext, gate, attempts, {
      authorization,
      address: request.ip,
      isDelivery: request.method === 'POST',
      contentEncoding,
      contentLength: length === undefined ? null : Number(length),
    });
    leaveWith(reply, caller.leave);
    request.caller = caller;
  });

  taxii.all('*', async (request, reply) => {
    const { caller } = request;
    if (!caller) throw new GongjoError('account-invalid');
    if (typeof request.body === 'string' && Buffer.byteLength(request.body) > caller.bodyBytesMax)
      throw new GongjoError('body-too-large', { limit: caller.bodyBytesMax });
    const url = new URL(request.url, 'http://desk');
    const response = await respond(
      {
        method: request.method,
        path: url.pathname,
        query: url.searchParams,
        accept: request.headers.accept ?? '*/*',
        contentType: request.headers['content-type'] ?? '',
        body: typeof request.body === 'string' ? request.body : '',
        signature: request.headers['gongjo-signature']?.toString() ?? null,
      },
      collectionsOf(partnerContext, caller, told),
    );
    return send(reply, response);
  });
}

/** As bytes: what is JSON already is not written again. */
function send(reply: FastifyReply, { status, headers, body }: TaxiiResponse): FastifyReply {
  return reply.status(status).headers(headers).send(Buffer.from(body, 'utf8'));
}
