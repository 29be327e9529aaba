import { type HandlingFile, zHandlingFile } from '@gongjo/contract';
import type { PolicyFinding } from './model.ts';

export interface HandlingRead {
  /** Null where something is wrong with it: half a list of marks would let pass what the other half holds back. */
  readonly handling: HandlingFile | null;
  readonly findings: readonly PolicyFinding[];
}

/** STIX 2.1 sections 3.2 and 3.7: without these an object is none, or nobody knows how strictly it is meant. */
const neverRemoved: ReadonlySet<string> = new Set([
  'type',
  'spec_version',
  'id',
  'created',
  'modified',
  'created_by_ref',
  'revoked',
  'object_marking_refs',
  'granular_markings',
  '*',
]);

/** A statement as it is compared: case, width and spaces do not count. */
export const statementKey = (text: string): string =>
  text.normalize('NFKC').toLocaleUpperCase('en').replace(/\s+/g, ' ').trim();

const pathOf = (at: readonly PropertyKey[]): string => at.map(String).join('.');

/** A value that two entries share, which would make it uncertain which of them counts. */
function* doubles(values: readonly { readonly value: string; readonly path: string }[], detail: string) {
  const seen = new Set<string>();
  for (const { value, path } of values) {
    if (seen.has(value)) yield { path, detail: `${detail}: ${value}` };
    seen.add(value);
  }
}

/** Reads what a `handling.yaml` holds. Pure: the text has been parsed already. */
export function readHandling(parsed: unknown): HandlingRead {
  const read = zHandlingFile.safeParse(parsed);
  if (!read.success)
    return {
      handling: null,
      findings: read.error.issues.map(({ path, message }) => ({ path: pathOf(path), detail: message })),
    };
  const { marks, redactions } = read.data;
  const listed = (key: 'statements' | 'definitions', as: (text: string) => string = (text) => text) =>
    marks.flatMap((mark, i) => {
      // One mark may spell a statement in two ways that compare the same.
      const own = new Set(mark[key].map(as));
      return [...own].map((value) => ({ value, path: `marks.${i}.${key}` }));
    });
  const ids = (entries: readonly { readonly id: string }[], list: string) =>
    entries.map(({ id }, i) => ({ value: id, path: `${list}.${i}.id` }));
  const findings: PolicyFinding[] = [
    ...doubles(ids(marks, 'marks'), 'two marks have this id'),
    ...doubles(listed('statements', statementKey), 'two marks are recognised by this statement'),
    ...doubles(listed('definitions'), 'two marks are recognised by this definition'),
    ...doubles(ids(redactions, 'redactions'), 'two profiles have this id'),
    ...redactions.flatMap(({ remove, stricterParts }, i) => [
      ...remove
        .filter((path) => neverRemoved.has(path.split('.')[0] ?? ''))
        .map((path) => ({ path: `redactions.${i}.remove`, detail: `${path} is never removed` })),
      ...(remove.length === 0 && !stricterParts
        ? [{ path: `redactions.${i}`, detail: 'the profile removes nothing' }]
        : []),
    ]),
  ];
  return { handling: findings.length === 0 ? read.data : null, findings };
}
