import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { Literals } from './model.ts';

/** Texts that are compared with no attribute by name stand under this one: they might be compared with any. */
export const anyAttribute = '';

/** What `context` holds as a whole: a rule that compares all of it depends on all of these. */
const contextAttributes = [
  'desk',
  'purpose',
  'legalBasis',
  'approvals',
  'originConsents',
  'redaction',
  'via',
  'signatureVerified',
];

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

/** `principal` and `resource` as values are their identifiers and nothing else; the context is all that it holds. */
function variable(name: string, into: Collected): void {
  if (name === 'context') for (const attribute of contextAttributes) into.attributes.add(attribute);
  else into.attributes.add(name);
}

const isVariable = (json: Json): boolean => isObject(json) && typeof json.Var === 'string';

function walk(json: Json, compared: readonly string[], into: Collected): void {
  if (Array.isArray(json)) {
    for (const it of json) walk(it, compared, into);
    return;
  }
  if (!isObject(json)) return;
  if (typeof json.type === 'string' && typeof json.id === 'string') put(into.entities, json.type, json.id);
  for (const [key, value] of Object.entries(json)) step(key, value, compared, into);
}

function step(key: string, value: Json, compared: readonly string[], into: Collected): void {
  if (key === 'Var' && typeof value === 'string') variable(value, into);
  else if (key === 'Value') literal(value, compared, into);
  else if ((key === '.' || key === 'has') && isObject(value)) {
    for (const name of [value.attr].flat()) if (typeof name === 'string') into.attributes.add(name);
    if (!isVariable(value.left)) walk(value.left, compared, into);
  } else if (key === 'is' && isObject(value) && isVariable(value.left)) walk(value.in, compared, into);
  else if (isObject(value)) {
    if (Array.isArray(value.pattern)) {
      for (const attribute of attributesIn(value.left)) put(into.texts, attribute, sampleOf(value.pattern));
    }
    walk(value, comparing.has(key) ? attributesIn(value) : compared, into);
  } else walk(value, compared, into);
}

function literal(value: Json, compared: readonly string[], into: Collected): void {
  if (typeof value === 'string') {
    for (const attribute of compared.length > 0 ? compared : [anyAttribute]) put(into.texts, attribute, value);
  } else if (typeof value === 'number') into.numbers.add(value);
  else if (Array.isArray(value)) for (const it of value) literal(it, compared, into);
  else walk(value, compared, into);
}

/** What rules mention, from their Cedar JSON form. */
export function literalsOf(rules: readonly PolicyJson[]): Literals {
  const into = new Collected();
  for (const { principal, action, resource, conditions } of rules) {
    if (principal.op === '==' || principal.op === 'in') into.attributes.add('principal');
    if (resource.op === '==' || resource.op === 'in') into.attributes.add('resource');
    walk([principal, action, resource, ...conditions.map(({ body }) => body)], [], into);
  }
  return into;
}
