import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { Literals } from './model.ts';

/** Texts that are compared with no attribute by name stand under this one: they might be compared with any. */
export const anyAttribute = '';

type Json = unknown;

const isObject = (it: Json): it is Record<string, Json> => typeof it === 'object' && it !== null && !Array.isArray(it);

/** Operators of Cedar's JSON form that compare what stands on their two sides. */
const comparing: ReadonlySet<string> = new Set(['==', '!=', 'in', 'contains', 'containsAll', 'containsAny', 'like']);

class Collected {
  readonly attributes = new Set<string>();
  readonly texts = new Map<string, Set<string>>();
  readonly entities = new Map<string, Set<string>>();
  readonly numbers = new Set<number>();
}

function put<K>(into: Map<K, Set<string>>, key: K, value: string): void {
  const values = into.get(key) ?? new Set();
  into.set(key, values.add(value));
}

/** The text of a `like` pattern with nothing where its wildcards are: one text that fits it. */
function sampleOf(pattern: readonly Json[]): string {
  return pattern.map((it) => (isObject(it) && typeof it.Literal === 'string' ? it.Literal : '')).join('');
}

/** The attributes that an expression reads. */
function attributesIn(json: Json): string[] {
  if (Array.isArray(json)) return json.flatMap(attributesIn);
  if (!isObject(json)) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    key === '.' && isObject(value) && typeof value.attr === 'string'
      ? [value.attr, ...attributesIn(value.left)]
      : attributesIn(value),
  );
}

function walk(json: Json, compared: readonly string[], into: Collected): void {
  if (Array.isArray(json)) {
    for (const it of json) walk(it, compared, into);
    return;
  }
  if (!isObject(json)) return;
  if (typeof json.type === 'string' && typeof json.id === 'string') put(into.entities, json.type, json.id);
  for (const [key, value] of Object.entries(json)) {
    if (key === 'Value' && typeof value === 'string') {
      for (const attribute of compared.length > 0 ? compared : [anyAttribute]) put(into.texts, attribute, value);
    } else if (key === 'Value' && typeof value === 'number') into.numbers.add(value);
    else if (key === 'Value' && Array.isArray(value)) {
      for (const it of value) walk({ Value: it }, compared, into);
    } else if (isObject(value)) {
      if (key === '.' || key === 'has') {
        for (const name of [value.attr].flat()) if (typeof name === 'string') into.attributes.add(name);
      }
      if (Array.isArray(value.pattern)) {
        for (const attribute of attributesIn(value.left)) put(into.texts, attribute, sampleOf(value.pattern));
      }
      walk(value, comparing.has(key) ? attributesIn(value) : compared, into);
    } else walk(value, compared, into);
  }
}

/** What rules mention, from their Cedar JSON form. */
export function literalsOf(rules: readonly PolicyJson[]): Literals {
  const into = new Collected();
  for (const { principal, action, resource, conditions } of rules)
    walk([principal, action, resource, ...conditions.map(({ body }) => body)], [], into);
  return into;
}
