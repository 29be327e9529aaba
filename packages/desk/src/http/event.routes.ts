import type { FastifyInstance } from 'fastify';
import type { HttpContext } from './context.ts';
import { viewerOf } from './viewer.ts';

/** Open pages of one desk; a browser keeps one stream per page. More than this is not a desk's staff. */
const streamsMax = 500;

/** Proxies close what is silent; a comment line keeps the stream open. */
const heartbeatMs = 15_000;

/** Server-sent events (WHATWG HTML, section 9.2): `change` with the topics that changed. */
export function eventRoutes(api: FastifyInstance, { feed }: HttpContext): void {
  let streams = 0;
  api.get('/api/events', (request, reply) => {
    viewerOf(request);
    if (streams >= streamsMax) return reply.status(503).send();
    streams += 1;
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    raw.write('retry: 1000\n\n');
    const unsubscribe = feed.subscribe((topics) =>
      raw.write(`event: change\ndata: ${JSON.stringify({ topics: [...new Set(topics)] })}\n\n`),
    );
    const heartbeat = setInterval(() => raw.write(': \n\n'), heartbeatMs);
    raw.once('close', () => {
      streams -= 1;
      clearInterval(heartbeat);
      unsubscribe();
    });
  });
}
