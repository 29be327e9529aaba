import { type Right, type Tlp, tlpLevels } from '@gongjo/contract';
import { markedOtherwise } from '../cases/index.ts';
import { type ObjectsShown, objectMarkings } from '../sharing/index.ts';
import type { HttpContext } from './context.ts';
import { isCleared, may } from './guard.ts';
import type { Viewer } from './viewer.ts';

type Readable = Right extends infer R ? (R extends `${infer Kind}:read` ? Kind : never) : never;

/**
 * What a reader is shown in an answer that is made of things of many kinds. The right that its route asks for opens the route;
 * of each kind there is in it what the reader may read, and under the markings that the reader is cleared for.
 */
export interface Sight {
  /** Whether they read things of this kind. */
  reads(kind: Readable): boolean;
  /** The markings under which they are shown things of this kind: none where they read nothing of it. */
  markings(kind: Readable): readonly Tlp[];
  /** Incidents and cases that they are not cleared for. */
  readonly notOf: readonly string[];
  readonly objects: ObjectsShown;
  /** Of these objects those whose marking, as it is here, they are cleared for. */
  cleared(ids: Iterable<string>): Promise<Set<string>>;
}

export async function sightOf(context: HttpContext, viewer: Viewer): Promise<Sight> {
  const cleared = tlpLevels.filter((level) => isCleared(context, viewer, level));
  const reads = (kind: Readable) => may(context, viewer, `${kind}:read`);
  const markings = (kind: Readable) => (reads(kind) ? cleared : []);
  const notOf = cleared.length === tlpLevels.length ? [] : await markedOtherwise(context.records, cleared);
  return {
    ...{ reads, markings, notOf, objects: { markings: markings('object'), notOf } },
    cleared: (ids) => clearedObjects(context, viewer, [...ids]),
  };
}

/** Of these objects those whose marking, as it is here, the reader is cleared for. */
export async function clearedObjects(
  context: HttpContext,
  viewer: Viewer,
  ids: readonly string[],
): Promise<Set<string>> {
  if (viewer.kind === 'operator') return new Set(ids);
  const markings = await objectMarkings(context.records, context.partnerContext, ids);
  return new Set(ids.filter((id) => isCleared(context, viewer, markings.get(id) ?? null)));
}
