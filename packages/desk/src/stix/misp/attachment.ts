import { isRecord } from '../shape.ts';
import type { Path } from './collection.ts';

/** `response`, event, `Event`, `Object`, index, `Attribute`, index: attributes stand no deeper. */
const LEVELS_MAX = 8;

/**
 * The same JSON without the files that attributes carry in `data`: malware samples and pictures, longer than any text that
 * is read here. `told` is given the place of each.
 */
export function withoutFiles(json: unknown, told: (path: Path) => void, path: Path = []): unknown {
  if (path.length > LEVELS_MAX) return json;
  if (Array.isArray(json)) return json.map((item, i) => withoutFiles(item, told, [...path, i]));
  if (!isRecord(json)) return json;
  const isAttribute = json.type !== undefined && json.value !== undefined;
  const entries = Object.entries(json).flatMap(([key, value]): [string, unknown][] => {
    if (!isAttribute || key !== 'data' || typeof value !== 'string')
      return [[key, withoutFiles(value, told, [...path, key])]];
    if (value !== '') told([...path, key]);
    return [];
  });
  return Object.fromEntries(entries);
}
