import type { Right } from '@gongjo/contract';
import type { FastifyRequest } from 'fastify';
import { hiddenFrom } from '../cases/index.ts';
import { objectsSeen } from '../sharing/index.ts';
import type { HttpContext } from './context.ts';
import { may } from './guard.ts';
import { viewerOf } from './viewer.ts';

type Readable = Right extends infer R ? (R extends `${infer Kind}:read` ? Kind : never) : never;

/**
 * What a reader is shown in an answer that is made of things of many kinds. The right that its route asks for opens the route;
 * of each kind there is in it what the reader may read. What is looked for by its words is found by the indexes of the owner,
 * which no rule of rows can use, and then left out where the reader does not see it.
 */
export interface Sight {
  /** Whether they read things of this kind. */
  reads(kind: Readable): boolean;
  /** Incidents and cases that they do not see. */
  readonly notOf: readonly string[];
  /** Of these objects those that they see. */
  seenObjects(ids: Iterable<string>): Promise<Set<string>>;
}

export async function sightOf(context: HttpContext, request: FastifyRequest): Promise<Sight> {
  const viewer = viewerOf(request);
  const db = context.seen(request);
  const reads = (kind: Readable) => may(context, viewer, `${kind}:read`);
  return {
    reads,
    notOf: viewer.kind === 'operator' ? [] : await hiddenFrom(context.records, db),
    seenObjects: async (ids) => (reads('object') ? objectsSeen(db, [...ids]) : new Set()),
  };
}
