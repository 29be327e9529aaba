import type { FastifyRequest } from 'fastify';
import type { Db, Reader, Records } from '../platform/index.ts';
import { type Viewer, viewerOf } from './viewer.ts';

/**
 * The rows that whoever asks may read. Routes read content through it, and an act on a thing begins with reading it so: what is
 * hidden answers as what does not exist. The operator, who owns the data folder, reads all.
 */
export function seenBy(records: Records): (request: FastifyRequest) => Db {
  return (request) => {
    const viewer = viewerOf(request);
    return viewer.kind === 'operator' ? records : records.readBy(readerOf(viewer));
  };
}

function readerOf({ name }: Exclude<Viewer, { readonly kind: 'operator' }>): Reader {
  return { person: name, clearance: 'red' };
}
