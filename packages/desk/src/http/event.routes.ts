import type { FastifyInstance } from 'fastify';
import { epochMs } from '../kernel/index.ts';
import type { HttpContext } from './context.ts';
import { personOf, viewerOf } from './viewer.ts';

/** Open pages of one desk; a browser keeps one stream per page. More than this is not a desk's staff. */
const streamsMax = 500;

/** Proxies close what is silent; a comment line keeps the stream open. */
const heartbeatMs = 15_000;

/** A page that does not read gets no more than this; it connects again and asks anew for what it shows. */
const unreadBytesMax = 64 * 1024;

/** Server-sent events (WHATWG HTML, section 9.2): `change` with the topics that changed. Ends with the session. */
export const eventsPath = '/api/events';

export function eventRoutes(api: FastifyInstance, context: HttpContext): void {
  const { feed, clock } = context;
  let streams = 0;
  api.get('/api/events', { exposeHeadRoute: false }, (request, reply) => {
    const viewer = viewerOf(request);
    if (streams >= streamsMax) return reply.status(503).send();
    streams += 1;
    reply.hijack();
    const { raw } = reply;
    const hasEnded = () => viewer.kind === 'person' && clock.now() >= epochMs(viewer.expiresAt);
    // Revoked, unused for too long, disabled: whoever may no longer ask is told nothing more either.
    const look = async () => {
      if (viewer.kind === 'person' && (await personOf(context, request, false)) === null) raw.destroy();
    };
    const write = (text: string) => {
      if (hasEnded() || raw.writableLength > unreadBytesMax) raw.destroy();
      else raw.write(text);
    };
    // A connection that broke is told by `close`.
    raw.on('error', () => undefined);
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    raw.write('retry: 1000\n\n');
    const unsubscribe = feed.subscribe((topics) =>
      write(`event: change\ndata: ${JSON.stringify({ topics: [...new Set(topics)] })}\n\n`),
    );
    const heartbeat = setInterval(() => {
      write(': \n\n');
      look().catch(() => raw.destroy());
    }, heartbeatMs);
    raw.once('close', () => {
      streams -= 1;
      clearInterval(heartbeat);
      unsubscribe();
    });
  });
}
