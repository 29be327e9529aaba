import type { z } from 'zod';
import type { Stamp } from './build.ts';
import { drillLabel, gongjoExtension, gongjoPart } from './extension.ts';
import { type StixId, zStixId } from './id.ts';
import { tlpRefs } from './levels.ts';
import type { StixObject } from './model/index.ts';

/**
 * A note (STIX 2.1 section 4.13) whose extension holds something of ours exactly, and whose content says it for whoever does not know the
 * extension. A note is never changed: its identifier names what it holds.
 */
export function noteObject(
  id: StixId,
  content: string,
  about: readonly StixId[],
  part: Readonly<Record<string, unknown>>,
  { now, author, tlp, drill }: Stamp,
): StixObject {
  return {
    type: 'note',
    spec_version: '2.1',
    id,
    created_by_ref: author,
    created: now,
    modified: now,
    ...(drill ? { labels: [drillLabel] } : {}),
    object_marking_refs: tlpRefs(tlp),
    content,
    object_refs: [...about],
    extensions: { [gongjoExtension]: { extension_type: 'property-extension', ...part } },
  };
}

/** What a note holds under a key; null where it holds none, or where its identifier does not name its content. */
export function noteContent<K extends string, T>(
  object: StixObject,
  key: K,
  schema: z.ZodType<Readonly<Record<K, T>>>,
  idOf: (author: StixId, content: T) => StixId,
): T | null {
  if (object.type !== 'note') return null;
  const content = schema.safeParse(gongjoPart(object)).data?.[key];
  const author = zStixId.safeParse(object.created_by_ref).data;
  return content !== undefined && author && idOf(author, content) === object.id ? content : null;
}
