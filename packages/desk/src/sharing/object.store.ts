import type { zSharedObject } from '@gongjo/contract';
import type { z } from 'zod';
import { canonicalJson, instant } from '../kernel/index.ts';
import { type Clock, type Db, sha256Hex } from '../platform/index.ts';
import { labelOf, type StixObject, tlpOf } from '../stix/index.ts';

/** What identifies an object and its bytes. */
export type SharedObject = z.infer<typeof zSharedObject>;

/** An object with its bytes: canonical JSON (RFC 8785), which is what is hashed, signed and sent. */
export interface SealedObject extends SharedObject {
  readonly body: string;
  readonly object: StixObject;
}

export function seal(object: StixObject): SealedObject {
  const body = canonicalJson(object);
  const tlp = tlpOf(object);
  return {
    id: object.id,
    type: object.type,
    label: labelOf(object),
    modified: typeof object.modified === 'string' ? object.modified : null,
    tlp: tlp === 'conflict' ? null : tlp,
    sha256: sha256Hex(body),
    body,
    object,
  };
}

export function sharedObject({ id, type, label, modified, tlp, sha256 }: SealedObject): SharedObject {
  return { id, type, label, modified, tlp, sha256 };
}

/** One statement carries this many objects, about a megabyte. */
const objectsPerStatementMax = 1000;

/** Keeps objects as they came. Answers those that were here already from this origin, same id and version, with other bytes. */
export async function keepObjects(
  tx: Db,
  clock: Clock,
  origin: string,
  incident: string | null,
  objects: readonly SealedObject[],
): Promise<SharedObject[]> {
  const known = await tx.query<{ id: string; modified: string; sha256: string }>(
    'select id, modified, sha256 from shared_objects where origin = $1 and id = any($2)',
    [origin, objects.map(({ id }) => id)],
  );
  const shaOf = new Map(known.map((row) => [`${row.id} ${row.modified}`, row.sha256]));
  const conflicts: SharedObject[] = [];
  const added: SealedObject[] = [];
  for (const sealed of objects) {
    const version = `${sealed.id} ${sealed.modified ?? ''}`;
    const sha256 = shaOf.get(version);
    if (sha256 === undefined) {
      shaOf.set(version, sealed.sha256);
      added.push(sealed);
    } else if (sha256 !== sealed.sha256) conflicts.push(sharedObject(sealed));
  }
  for (let at = 0; at < added.length; at += objectsPerStatementMax) {
    const part = added.slice(at, at + objectsPerStatementMax);
    await tx.query(
      `insert into shared_objects (id, modified, origin, type, label, tlp, incident, body, sha256, added_at)
       select o.id, o.modified, $1, o.type, o.label, o.tlp, $2, o.body, o.sha256, $3
       from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
         as o (id, modified, type, label, tlp, body, sha256)`,
      [
        origin,
        incident,
        instant(clock.now()),
        part.map(({ id }) => id),
        part.map(({ modified }) => modified ?? ''),
        part.map(({ type }) => type),
        part.map(({ label }) => label),
        part.map(({ tlp }) => tlp),
        part.map(({ body }) => body),
        part.map(({ sha256 }) => sha256),
      ],
    );
  }
  return conflicts;
}

/** Which of these this desk has made already. */
export async function ownObjectIds(db: Db, desk: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>(
    'select distinct id from shared_objects where origin = $1 and id = any($2)',
    [desk, ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Objects of this desk as they were first made. */
export async function ownObjects(db: Db, desk: string, ids: readonly string[]): Promise<SealedObject[]> {
  const rows = await db.query<SharedObject & { body: string }>(
    `select distinct on (id) id, type, label, nullif(modified, '') as modified, tlp, sha256, body
     from shared_objects where origin = $1 and id = any($2) order by id, added_seq`,
    [desk, ids],
  );
  return rows.map((row) => ({ ...row, object: JSON.parse(row.body) as StixObject }));
}

/** The newest version of an object from an origin. */
export async function findObject(db: Db, origin: string, id: string): Promise<StixObject | null> {
  return (await findObjects(db, origin, [id])).get(id) ?? null;
}

/** The newest versions of objects from an origin, by identifier. */
export async function findObjects(db: Db, origin: string, ids: readonly string[]): Promise<Map<string, StixObject>> {
  const rows = await db.query<{ id: string; body: string }>(
    'select distinct on (id) id, body from shared_objects where origin = $1 and id = any($2) order by id, modified desc',
    [origin, ids],
  );
  return new Map(rows.map(({ id, body }) => [id, JSON.parse(body) as StixObject]));
}

/** Which of these objects were released to the partner, and the incidents of this desk that they belong to. */
export async function releasedIncidents(
  db: Db,
  partner: string,
  desk: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; incident: string }>(
    `select o.id, o.incident from shared_objects o
     join release_decisions d on d.recipient = $1 and d.object_id = o.id and d.modified = o.modified and d.origin = o.origin and d.released
     where o.origin = $2 and o.id = any($3) and o.incident is not null`,
    [partner, desk, ids],
  );
  return new Map(rows.map(({ id, incident }) => [id, incident]));
}

export interface ObjectPage {
  readonly objects: readonly { readonly seq: number; readonly addedAt: string; readonly body: string }[];
  /** There are more after the last of `objects`. */
  readonly more: boolean;
}

/**
 * What a recipient may read of this desk, after a cursor. The order is that of the decisions to release: an object is added to
 * what the partner sees when it is decided, however old it is, and so never before a cursor that the partner holds.
 */
export async function readableBy(
  db: Db,
  recipient: string,
  after: number,
  addedAfter: string | null,
  limit: number,
): Promise<ObjectPage> {
  const rows = await db.query<{ seq: string; decided_at: Date; body: string }>(
    `select d.seq::text as seq, d.decided_at, coalesce(d.copy, o.body) as body from release_decisions d
     join shared_objects o on o.id = d.object_id and o.modified = d.modified and o.origin = d.origin
     where d.recipient = $1 and d.released and d.withdrawn_at is null and d.seq > $2
       and ($3::timestamptz is null or d.decided_at > $3)
     order by d.seq limit $4`,
    [recipient, after, addedAfter, limit + 1],
  );
  return {
    objects: rows
      .slice(0, limit)
      .map(({ seq, decided_at, body }) => ({ seq: Number(seq), addedAt: instant(decided_at.getTime()), body })),
    more: rows.length > limit,
  };
}
