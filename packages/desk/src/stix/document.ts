import { isRecord } from './shape.ts';

/**
 * What a file may hold instead of a bundle or an envelope: a bare list of objects, or one object alone. Both are answered as
 * an envelope; everything else is answered as it is, for `readObjects` to say what is wrong.
 */
export function envelopeOf(json: unknown): unknown {
  if (Array.isArray(json)) return { objects: json };
  const alone = isRecord(json) && typeof json.type === 'string' && json.type !== 'bundle' && json.objects === undefined;
  return alone ? { objects: [json] } : json;
}
