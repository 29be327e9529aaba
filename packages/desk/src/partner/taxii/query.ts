import { GongjoError } from '../../kernel/index.ts';
import type { ReadableQuery, VersionMatch } from '../../sharing/index.ts';
import { spellings, taxiiTime } from './time.ts';

/** A page is built in memory; who asks for more gets this many and a cursor (section 3.5). */
export const pageObjectsMax = 1000;
const pageObjectsDefault = 100;

/** The fields of `match` that an endpoint knows; others are left aside, as section 3.4 allows. */
export type MatchField = 'id' | 'type' | 'version' | 'spec_version';

/** The largest place of a row that the records can hold. */
const cursorMax = 9_223_372_036_854_775_807n;

const malformed = (name: string, detail: string) => new GongjoError('input-invalid', { detail: `${name}: ${detail}` });

/** Section 3.4: what a request asks for. Throws `input-invalid`, naming the parameter, for what is malformed or given twice. */
export function readQuery(query: URLSearchParams, fields: readonly MatchField[]): ReadableQuery {
  const one = (name: string): string | null => {
    const given = query.getAll(name);
    if (given.length > 1) throw malformed(name, 'it is given more than once');
    return given[0] ?? null;
  };
  const match = (field: MatchField): readonly string[] | null => {
    const given = fields.includes(field) ? one(`match[${field}]`) : null;
    return given === null ? null : given.split(',');
  };
  return {
    after: cursorOf(one('next')),
    addedAfter: timeOf(one('added_after')),
    limit: limitOf(one('limit')),
    ids: valuesOf('match[id]', match('id'), /^[a-z0-9-]+--[0-9a-f-]{36}$/i, 'not the identifier of an object'),
    types: valuesOf('match[type]', match('type'), /^[a-z0-9_-]{1,250}$/i, 'not the type of an object'),
    versions: versionsOf(match('version')),
    specVersions: valuesOf(
      'match[spec_version]',
      match('spec_version'),
      /^\d{1,3}\.\d{1,3}$/,
      'not a version such as 2.1',
    ),
  };
}

function limitOf(text: string | null): number {
  if (text === null) return pageObjectsDefault;
  if (!/^\d{1,20}$/.test(text) || Number(text) < 1) throw malformed('limit', 'not a whole number of one or more');
  return Math.min(pageObjectsMax, Number(text));
}

function cursorOf(text: string | null): string {
  if (text === null) return '0';
  if (!/^\d{1,19}$/.test(text) || BigInt(text) > cursorMax) throw malformed('next', 'not a value that this desk gave');
  return text;
}

function timeOf(text: string | null): string | null {
  if (text === null) return null;
  const time = taxiiTime(text);
  if (time === null) throw malformed('added_after', 'not a timestamp (RFC 3339)');
  return time;
}

function valuesOf(
  name: string,
  values: readonly string[] | null,
  shape: RegExp,
  otherwise: string,
): readonly string[] | null {
  if (values?.some((value) => !shape.test(value))) throw malformed(name, otherwise);
  return values;
}

/** Section 3.4.1, `version`: keywords and timestamps, each once; `all` alone; without any the latest. */
function versionsOf(values: readonly string[] | null): VersionMatch {
  if (values === null) return { all: false, first: false, last: true, at: [] };
  const name = 'match[version]';
  if (new Set(values).size < values.length) throw malformed(name, 'a version is given more than once');
  if (values.includes('all')) {
    if (values.length > 1) throw malformed(name, '"all" stands alone');
    return { all: true, first: false, last: false, at: [] };
  }
  const times = values.filter((value) => value !== 'first' && value !== 'last');
  const at = times.flatMap((time) => {
    const written = spellings(time);
    if (!written) throw malformed(name, 'not first, last, all or a timestamp');
    return written;
  });
  return { all: false, first: values.includes('first'), last: values.includes('last'), at };
}
