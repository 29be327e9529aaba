import type { Db } from '../platform/index.ts';
import { isReadable, versionOf, wantedVersion } from './readable.sql.ts';

/** Which versions of an object: every one, or those that any of these names. `at` are times as their objects write them. */
export interface VersionMatch {
  readonly all: boolean;
  readonly first: boolean;
  readonly last: boolean;
  readonly at: readonly string[];
}

export interface ReadableQuery {
  /** The place of the last row that the reader has; `0`: from the start. */
  readonly after: string;
  /** RFC 3339 in UTC with microseconds; only what was added later. */
  readonly addedAfter: string | null;
  readonly limit: number;
  readonly ids: readonly string[] | null;
  readonly types: readonly string[] | null;
  readonly versions: VersionMatch;
  readonly specVersions: readonly string[] | null;
}

export interface ReadableRow {
  readonly id: string;
  /** As TAXII names it: `modified`, else `created`, else one value for all (section 3.4.1). */
  readonly version: string;
  /** RFC 3339 in UTC with microseconds; later than that of every row before it. */
  readonly addedAt: string;
}

export interface ReadablePage {
  readonly rows: readonly ReadableRow[];
  /** The objects of the rows as they leave, in canonical JSON, as an array holds them; empty where they were not asked for. */
  readonly bodies: string;
  /** There are more after the last of these. */
  readonly more: boolean;
  /** The place of the last of these; that of the cursor where there are none. */
  readonly next: string;
  /** Of an empty page: the time after which it looked; null: from the start. */
  readonly since: string | null;
}

/** What this desk serves. */
const specVersion = '2.1';

/** A page is joined in memory; the first object of a page is served however large it is. */
const pageBytesMax = 8 * 1024 * 1024;

/** As TAXII writes times; drivers would cut them to milliseconds. */
const written = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * What a recipient may read of this desk, after a cursor: the objects released to it, in the order in which they were added.
 * A row takes its place when it is decided, after every cursor that anybody holds; what is added while somebody pages is
 * neither lost nor repeated. Every page costs the same, the last as little as the first.
 */
export async function readable(
  db: Db,
  recipient: string,
  query: ReadableQuery,
  bodies: boolean,
): Promise<ReadablePage> {
  const { after, addedAfter, limit, specVersions } = query;
  if (specVersions && !specVersions.includes(specVersion))
    return { rows: [], bodies: '', more: false, next: after, since: addedAfter };
  const params: unknown[] = [recipient, after, addedAfter, limit + 1, pageBytesMax, limit];
  const body = 'coalesce(p.copy, o.body)';
  const [gathered] = await db.query<Gathered>(
    `select count(*)::integer as found, max(seq) filter (where fits)::text as next,
       string_agg(id || ' ' || version || ' ' || added_at, E'\n' order by seq) filter (where fits) as rows,
       ${bodies ? `string_agg(body, '${between}' order by seq) filter (where fits)` : 'null'} as bodies
     from (
       select p.seq, p.object_id as id, ${versionOf('p')} as version, ${written('p.added_at')} as added_at,
         row_number() over so_far <= $6 and (row_number() over so_far = 1 or ${bodies ? `sum(octet_length(${body})) over so_far` : '0'} <= $5) as fits
         ${bodies ? `, ${body} as body` : ''}
       from (${candidates(query, params)}) as p
       ${bodies ? 'left join shared_objects o on p.copy is null and o.id = p.object_id and o.modified = p.modified and o.origin = p.origin' : ''}
       window so_far as (order by p.seq rows unbounded preceding)
     ) as placed`,
    params,
  );
  const rows = rowsOf(gathered);
  return {
    rows,
    bodies: gathered?.bodies ?? '',
    more: rows.length > 0 && (gathered?.found ?? 0) > rows.length,
    next: gathered?.next ?? after,
    since: rows.length > 0 ? null : (addedAfter ?? (await placedAt(db, recipient, after))),
  };
}

/** Canonical JSON has no line breaks, so that one parts objects from one another and no object from itself. */
const between = ',\n';

/** Each object of a page for itself. */
export function readObjects({ rows, bodies }: ReadablePage): readonly (ReadableRow & { readonly body: string })[] {
  const each = bodies.split(between);
  return rows.map((row, at) => ({ ...row, body: each[at] ?? '' }));
}

/**
 * A page as it comes from the database: in one row, since a row for each object costs as much again as finding them. A line of
 * `rows` is an identifier, a version and a time, none of which has spaces.
 */
interface Gathered {
  readonly found: number;
  readonly next: string | null;
  readonly rows: string | null;
  readonly bodies: string | null;
}

function rowsOf(gathered: Gathered | undefined): ReadableRow[] {
  return (gathered?.rows?.split('\n') ?? []).map((line) => {
    const [id = '', version = '', addedAt = ''] = line.split(' ');
    return { id, version, addedAt };
  });
}

/** One statement for the rows of a page and one more; each way in follows an index in the order of `seq`. */
function candidates({ ids, types, versions }: ReadableQuery, params: unknown[]): string {
  const bind = (value: unknown, type: string) => `$${params.push(value)}::${type}`;
  // The bound stays a constant of the statement, so that it bounds the index.
  const since = `greatest($2::bigint, (select s.seq from release_decisions s
    where s.recipient = $1 and s.added_at <= $3::timestamptz order by s.added_at desc limit 1))`;
  const at = versions.at.length > 0 ? bind(versions.at, 'text[]') : null;
  const wanted = `d.recipient = $1 and ${isReadable('d')} and d.seq > ${since} and ${wantedVersion(versions, at)}`;
  const rows = (condition: string) =>
    `select d.seq, d.object_id, d.modified, d.origin, d.type, d.added_at, d.copy from release_decisions d where ${wanted} and ${condition}`;
  const each = (values: string, column: string, condition: string) =>
    `select found.* from unnest(${values}) as of (value)
       cross join lateral (${rows(`d.${column} = of.value and ${condition}`)} order by d.seq limit $4) as found
     order by found.seq limit $4`;
  const ofTypes = () => (types ? `d.type = any(${bind(types, 'text[]')})` : 'true');
  if (ids) return `${rows(`d.object_id = any(${bind(ids, 'text[]')}) and ${ofTypes()}`)} order by d.seq limit $4`;
  if (types) return each(bind([...new Set(types)], 'text[]'), 'type', 'true');
  // Unversioned objects have an empty place here.
  if (at && !versions.first && !versions.last) return each(bind([...versions.at, ''], 'text[]'), 'modified', 'true');
  return `${rows('true')} order by d.seq limit $4`;
}

async function placedAt(db: Db, recipient: string, after: string): Promise<string | null> {
  const [row] = await db.query<{ at: string }>(
    `select ${written('added_at')} as at from release_decisions where recipient = $1 and seq <= $2::bigint order by seq desc limit 1`,
    [recipient, after],
  );
  return row?.at ?? null;
}

/** Whether any version of the object may be read. */
export async function holdsReadable(db: Db, recipient: string, id: string): Promise<boolean> {
  const rows = await db.query(
    `select 1 from release_decisions d where d.recipient = $1 and d.object_id = $2 and ${isReadable('d')} limit 1`,
    [recipient, id],
  );
  return rows.length > 0;
}

/** How many versions a recipient may read, and how many were decided and may not be. */
export async function countDecisions(db: Db, recipient: string): Promise<{ readable: number; refused: number }> {
  const [row] = await db.query<{ readable: number; refused: number }>(
    `select count(*) filter (where ${isReadable('d')})::integer as readable,
       count(*) filter (where not d.released)::integer as refused from release_decisions d where d.recipient = $1`,
    [recipient],
  );
  return row ?? { readable: 0, refused: 0 };
}
