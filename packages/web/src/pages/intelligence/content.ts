/** Identity, versions and markings stand elsewhere on the page; relationships, too. */
const elsewhere: ReadonlySet<string> = new Set([
  'id',
  'type',
  'spec_version',
  'created',
  'modified',
  'object_marking_refs',
  'granular_markings',
  'revoked',
]);

export interface ContentLine {
  readonly property: string;
  readonly value: string;
}

/** What an object says, property by property, for reading; what is nested is written as JSON. */
export function contentOf(body: Readonly<Record<string, unknown>>): ContentLine[] {
  return Object.entries(body)
    .filter(([property]) => !elsewhere.has(property))
    .map(([property, value]) => ({ property, value: textOf(value) }));
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((it) => typeof it === 'string')) return value.join(', ');
  return JSON.stringify(value, null, 2) ?? '';
}
