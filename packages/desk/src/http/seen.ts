import type { FastifyRequest } from 'fastify';
import type { CasePerson } from '../cases/index.ts';
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

/** As whom a viewer reads: the person is known to cases by the name that stands in every record. */
export function readerOf({ name }: Viewer): Reader {
  return { person: name, clearance: 'red' };
}

/** Somebody whom another names, as cases know their members. */
export async function personNamed(_db: Db, name: string): Promise<CasePerson> {
  return { person: name, name };
}
