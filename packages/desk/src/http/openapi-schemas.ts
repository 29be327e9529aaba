import * as contract from '@gongjo/contract';
import { z } from 'zod';

/** A schema of JSON Schema 2020-12, which OpenAPI 3.1 takes as it is. */
export type JsonSchema = { readonly [keyword: string]: unknown };
/** What a client sends may leave out what has a default; what the desk answers has all of it. */
export type Direction = 'input' | 'output';

const refRoot = '#/components/schemas/';

/** Where the type that `docs/api.md` names is called otherwise than its schema. */
const named: Readonly<Record<string, string>> = {
  zAuditEntry: 'AuditEntryView',
  zContradiction: 'ContradictionView',
  zSession: 'SessionView',
  zToken: 'ApiToken',
  zExplanation: 'PolicyExplanation',
  zHeldObject: 'HeldObjectView',
  zTaxiiCollection: 'TaxiiCollectionView',
  zTaxiiAccount: 'TaxiiAccountView',
  zTaxiiFeed: 'TaxiiFeedView',
};

/** The contract's schemas by the names that the documentation uses. */
export const schemaNames: ReadonlyMap<z.ZodType, string> = new Map(
  Object.entries(contract).flatMap(([key, it]) =>
    it instanceof z.ZodType ? [[it as z.ZodType, named[key] ?? key.slice(1)] as const] : [],
  ),
);

export interface Schemas {
  /** What stands in for a schema in an operation: a reference where it has a name. */
  at(schema: z.ZodType, direction: Direction): JsonSchema;
  readonly components: Readonly<Record<string, JsonSchema>>;
}

/** JSON schemas of everything that routes take and answer. What has a name in the contract stands once, under it. */
export function schemasOf(inputs: readonly z.ZodType[], outputs: readonly z.ZodType[]): Schemas {
  const taken = written(inputs, 'input');
  const told = written(outputs, 'output');
  const differing = differingNames(taken.components, told.components);
  // A default makes two shapes of one schema; the desk's own words keep the plain name.
  const rename = (name: string) => (differing.has(name) ? `${name}Input` : name);
  const input = (schema: JsonSchema) => withRefs(schema, rename);
  const components = new Map([
    ...[...taken.components].map(([name, schema]) => [rename(name), input(schema)] as const),
    ...told.components,
  ]);
  return {
    at: (schema, direction) => {
      const found = (direction === 'input' ? taken : told).at(schema);
      return direction === 'input' ? input(found) : found;
    },
    components: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

interface Written {
  at(schema: z.ZodType): JsonSchema;
  readonly components: ReadonlyMap<string, JsonSchema>;
}

function written(schemas: readonly z.ZodType[], direction: Direction): Written {
  const known = z.registry<{ id: string }>();
  for (const [schema, id] of schemaNames) known.add(schema, { id });
  const inline = new Map<z.ZodType, string>();
  for (const schema of schemas) {
    if (schemaNames.has(schema) || inline.has(schema)) continue;
    const id = `inline ${inline.size}`;
    inline.set(schema, id);
    // A copy, so that what contains it writes it out and refers to no operation.
    known.add(schema.clone(), { id });
  }
  const { schemas: all } = z.toJSONSchema(known, {
    ...{ target: 'draft-2020-12', io: direction, unrepresentable: 'any', uri: (id) => `${refRoot}${id}` },
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      // A later version may tell more than this one knows.
      if (direction === 'output' && def.type === 'object' && !('catchall' in def && def.catchall))
        delete jsonSchema.additionalProperties;
    },
  });
  const byId = new Map(
    Object.entries(all).map(([id, { $schema: _schema, $id: _id, ...schema }]) => [id, schema as JsonSchema]),
  );
  const at = (schema: z.ZodType): JsonSchema => {
    const name = schemaNames.get(schema);
    if (name !== undefined) return { $ref: `${refRoot}${name}` };
    return byId.get(inline.get(schema) ?? '') ?? {};
  };
  const components = new Map<string, JsonSchema>();
  const reach = (schema: JsonSchema) => {
    for (const name of refsIn(schema)) {
      const found = byId.get(name);
      if (found === undefined || components.has(name)) continue;
      components.set(name, found);
      reach(found);
    }
  };
  for (const schema of schemas) reach(at(schema));
  return { at, components };
}

/** Names that stand for two shapes, or for one that refers to such a name. */
function differingNames(a: ReadonlyMap<string, JsonSchema>, b: ReadonlyMap<string, JsonSchema>): ReadonlySet<string> {
  const both = [...a].filter(([name]) => b.has(name));
  const differing = new Set(
    both.filter(([name, schema]) => JSON.stringify(schema) !== JSON.stringify(b.get(name))).map(([name]) => name),
  );
  for (let before = -1; before !== differing.size; ) {
    before = differing.size;
    for (const [name, schema] of both) if (refsIn(schema).some((it) => differing.has(it))) differing.add(name);
  }
  return differing;
}

function refsIn(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(refsIn);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, it]) =>
    key === '$ref' && typeof it === 'string' && it.startsWith(refRoot) ? [it.slice(refRoot.length)] : refsIn(it),
  );
}

function withRefs<T>(schema: T, rename: (name: string) => string): T {
  if (Array.isArray(schema)) return schema.map((it) => withRefs(it, rename)) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, it]) => [
      key,
      key === '$ref' && typeof it === 'string' && it.startsWith(refRoot)
        ? `${refRoot}${rename(it.slice(refRoot.length))}`
        : withRefs(it, rename),
    ]),
  ) as T;
}
