import { tlpLevels } from '@gongjo/contract';
import type { FastifyRequest } from 'fastify';
import type { Db, Reader, Records } from '../platform/index.ts';
import type { HttpContext } from './context.ts';
import { isCleared } from './guard.ts';
import { type PersonViewer, viewerOf } from './viewer.ts';

/**
 * The rows that whoever asks may read. Routes read content through it, and an act on a thing begins with reading it so: what is
 * hidden answers as what does not exist. The operator, who owns the data folder, reads all.
 */
export function seenBy(records: Records, people: HttpContext['people']): (request: FastifyRequest) => Db {
  return (request) => {
    const viewer = viewerOf(request);
    return viewer.kind === 'operator' ? records : records.readBy(readerOf(people, viewer));
  };
}

/** As whom a person reads: up to which marking is the policy's word, level by level from the widest. */
function readerOf(people: HttpContext['people'], viewer: PersonViewer): Reader {
  const strict = tlpLevels.findIndex((level) => !isCleared({ people }, viewer, level));
  const cleared = strict === -1 ? tlpLevels : tlpLevels.slice(0, strict);
  return { person: viewer.account.id, clearance: cleared.at(-1) ?? null };
}
