import cookie from '@fastify/cookie';
import { problem } from '@gongjo/contract';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify';
import { detailOf, GongjoError, wireJson } from '../kernel/index.ts';
import { auditRoot, ComeBackLater, overlapRoot, pairingRoot, taxiiRoot } from '../partner/index.ts';
import { accountRoutes } from './account.routes.ts';
import { alertRoutes } from './alert.routes.ts';
import { askedHoldRoutes } from './asked-hold.routes.ts';
import { auditDoor, auditRoutes } from './audit.routes.ts';
import { bitcoinRoutes } from './bitcoin.routes.ts';
import { caseRoutes } from './case.routes.ts';
import { chainRoutes } from './chain.routes.ts';
import type { HttpContext } from './context.ts';
import { cutRoutes } from './cut.routes.ts';
import { directoryRoutes } from './directory.routes.ts';
import { docsRoutes } from './docs.routes.ts';
import { drillRoutes } from './drill.routes.ts';
import { eventRoutes, eventsPath } from './event.routes.ts';
import { evidenceRoutes } from './evidence.routes.ts';
import { guard } from './guard.ts';
import { holdRoutes } from './hold.routes.ts';
import { incidentRoutes } from './incident.routes.ts';
import { keyRoutes } from './key.routes.ts';
import { ledgerRoutes } from './ledger.routes.ts';
import { recordLooks } from './looks.ts';
import { measureRoutes } from './measure.routes.ts';
import { noticeRoutes } from './notice.routes.ts';
import { objectRoutes } from './object.routes.ts';
import { oidcRoutes } from './oidc.routes.ts';
import { overlapDoor, overlapRoutes } from './overlap.routes.ts';
import { pairingDoor, pairingRoutes } from './pairing.routes.ts';
import { partnerRoutes } from './partner.routes.ts';
import { partnerRequestRoutes } from './partner-request.routes.ts';
import { passkeyRoutes } from './passkey.routes.ts';
import { peopleRoutes } from './people.routes.ts';
import { policyRoutes } from './policy.routes.ts';
import { releaseRoutes } from './release.routes.ts';
import { reportRoutes } from './report.routes.ts';
import { searchRoutes } from './search.routes.ts';
import { sessionRoutes } from './session.routes.ts';
import { statusRoutes } from './status.routes.ts';
import { tagRoutes } from './tag.routes.ts';
import { taxiiRoutes } from './taxii.routes.ts';
import { taxiiAccessRoutes } from './taxii-access.routes.ts';
import { viewRoutes } from './view.routes.ts';
import { bearerOf, personOf, refuseForeignName, refuseForged } from './viewer.ts';
import { watchRoutes } from './watch.routes.ts';
import { webRoutes } from './web.routes.ts';

/** No request of a person or of the command line is larger. Partners' bundles have their own limit. */
const bodyBytesMax = 1024 * 1024;

/** Everything a page needs comes from the desk itself, and nothing in a page runs or styles it. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** A whole request comes within this: the largest body over a line of one megabit a second. What is slower holds a place. */
const requestMsMax = 90_000;
/** The head of a request is a few hundred bytes. */
const headersMsMax = 20_000;
/** How often connections are looked through for slow requests, at most. */
const checkEveryMs = 5_000;

/** How the face is put on the network. */
export interface Serving {
  /** The certificate chain and its key (PEM), where the desk serves HTTPS itself. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly minVersion: 'TLSv1.3' } | null;
  readonly requestTimeoutMs?: number;
}

/** PostgreSQL's words for text that no database holds: the character NUL. */
const textCodes: ReadonlySet<string> = new Set(['22021', '22P05']);

/** An error can repeat what somebody sent; the log needs where it happened. */
const stackCharsMax = 4000;

const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * The desk's HTTP face. `door` says who comes in: the network, where a person needs a session, or the socket in the data
 * folder, whose file permissions make everyone who can open it the operator.
 */
export async function buildApp(
  context: HttpContext,
  door: 'network' | 'folder',
  { tls = null, requestTimeoutMs = door === 'network' ? requestMsMax : 0 }: Serving = {},
): Promise<FastifyInstance> {
  const connectionsCheckingInterval = Math.max(1, Math.min(requestTimeoutMs / 4, checkEveryMs));
  const options: FastifyServerOptions = {
    bodyLimit: bodyBytesMax,
    forceCloseConnections: true,
    requestTimeout: requestTimeoutMs,
    clientErrorHandler: tellBroken,
    routerOptions: { ignoreTrailingSlash: false },
    // What is no URL never comes to a route.
    frameworkErrors: (thrown, request, reply) => tell(context, thrown, request, reply.headers(securityHeaders)),
  };
  const served = tls ? { https: { ...tls, connectionsCheckingInterval } } : { http: { connectionsCheckingInterval } };
  const app = fastify({ ...options, ...served } as FastifyServerOptions);
  // Node.js takes the larger of the two for the whole request.
  if (requestTimeoutMs > 0) app.server.headersTimeout = Math.min(requestTimeoutMs, headersMsMax);
  app.decorateRequest('viewer', null);
  app.setReplySerializer((payload) => wireJson(payload));
  app.setErrorHandler(async (thrown, request, reply) => tell(context, thrown, request, reply));
  app.setNotFoundHandler(async () => {
    throw new GongjoError('not-found');
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(securityHeaders);
  });
  if (door === 'network') {
    app.addHook('onRequest', async (request) => {
      // A partner proves who it is in every request, by whatever name it reaches the desk.
      const isDesk = [taxiiRoot, pairingRoot, overlapRoot, auditRoot].some((it) => request.url.startsWith(it));
      if (!isDesk) refuseForeignName(context, request);
    });
  }
  await app.register(cookie);

  await app.register(async (api) => {
    api.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store');
      if (door === 'folder') request.viewer = { kind: 'operator', name: 'operator' };
      else {
        // No browser sends a token by itself, so no other site can have it sent.
        if (bearerOf(request) === null) refuseForged(request);
        // A stream that stays open is no use of anybody's.
        request.viewer = await personOf(context, request, request.routeOptions.url !== eventsPath);
      }
    });
    guard(api, context);
    recordLooks(api, context);
    for (const routes of [
      sessionRoutes,
      passkeyRoutes,
      oidcRoutes,
      accountRoutes,
      peopleRoutes,
      statusRoutes,
      incidentRoutes,
      caseRoutes,
      partnerRequestRoutes,
      reportRoutes,
      noticeRoutes,
      holdRoutes,
      askedHoldRoutes,
      measureRoutes,
      drillRoutes,
      alertRoutes,
      watchRoutes,
      partnerRoutes,
      objectRoutes,
      releaseRoutes,
      pairingRoutes,
      overlapRoutes,
      keyRoutes,
      policyRoutes,
      ledgerRoutes,
      viewRoutes,
      bitcoinRoutes,
      chainRoutes,
      cutRoutes,
      searchRoutes,
      tagRoutes,
      taxiiAccessRoutes,
      directoryRoutes,
      auditRoutes,
      evidenceRoutes,
      eventRoutes,
      docsRoutes,
    ])
      routes(api, context);
    api.all('/api/*', async () => {
      throw new GongjoError('not-found');
    });
  });
  if (door === 'network') {
    await app.register(async (taxii) => taxiiRoutes(taxii, context), { prefix: taxiiRoot });
    await app.register(async (pairing) => pairingDoor(pairing, context), { prefix: pairingRoot.replace(/\/$/, '') });
    await app.register(async (overlap) => overlapDoor(overlap, context), { prefix: overlapRoot.replace(/\/$/, '') });
    await app.register(async (audit) => auditDoor(audit, context), { prefix: auditRoot.replace(/\/$/, '') });
    await app.register(async (web) => webRoutes(web));
  }
  return app;
}

/** What is no HTTP, or too slow or too large to become a request, is answered like everything else and ends the connection. */
const tellBroken: NonNullable<FastifyServerOptions['clientErrorHandler']> = (thrown, socket) => {
  if (thrown.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [reason, error] =
    thrown.code === 'HPE_HEADER_OVERFLOW'
      ? (['Request Header Fields Too Large', new GongjoError('headers-too-large')] as const)
      : thrown.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? (['Request Timeout', new GongjoError('request-too-slow')] as const)
        : (['Bad Request', new GongjoError('input-invalid', { detail: detailOf(thrown) })] as const);
  const body = wireJson(error.problem);
  const head = [
    `HTTP/1.1 ${error.problem.status} ${reason}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};

function tell(context: HttpContext, thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { problem: shown } = asProblem(context, thrown, request);
  if (thrown instanceof ComeBackLater) reply.header('retry-after', String(thrown.retryAfterS));
  return reply.status(shown.status).header('content-type', 'application/problem+json').send(shown);
}

/** What the reader is told. The unexpected is logged under a reference and told without its details. */
function asProblem({ log }: HttpContext, thrown: unknown, request: FastifyRequest): GongjoError {
  const { id: reference } = request;
  if (thrown instanceof GongjoError) return thrown;
  const { statusCode, code } = thrown as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new GongjoError('body-too-large', { limit: request.routeOptions.bodyLimit ?? bodyBytesMax });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new GongjoError('media-type-unsupported', { type: 'application/json' });
  if ((statusCode !== undefined && statusCode >= 400 && statusCode < 500) || textCodes.has(code ?? ''))
    return new GongjoError('input-invalid', { detail: detailOf(thrown) });
  const stack = thrown instanceof Error ? thrown.stack?.slice(0, stackCharsMax) : undefined;
  log.error({ reference, detail: detailOf(thrown), stack }, problem('internal').text.en);
  return new GongjoError('internal', { reference }, thrown);
}
