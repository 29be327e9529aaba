import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import files from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { GongjoError } from '../kernel/index.ts';

const built = fileURLToPath(new URL('../../../web/dist/', import.meta.url));

/** The pages: built files, named by their content and so kept for ever, and the one HTML file for every deep link. */
export async function webRoutes(app: FastifyInstance): Promise<void> {
  const isBuilt = existsSync(`${built}index.html`);
  if (isBuilt) {
    // Compressed when they were built. Answers of the API are sent as they are, for compressing them could tell a secret.
    const asBuilt = { preCompressed: true, immutable: true, maxAge: '365d' } as const;
    await app.register(files, { root: `${built}assets`, prefix: '/assets/', ...asBuilt });
  }
  app.get('/*', async (_request, reply) => {
    if (!isBuilt) throw new GongjoError('web-not-built');
    // Not to be kept: after an upgrade it names other files. The plug-in's own header would say a year.
    return reply.header('cache-control', 'no-cache').sendFile('index.html', built, { cacheControl: false });
  });
}
