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
  for (const sealed of objects) {
    const version = sealed.modified ?? '';
    const sha256 = shaOf.get(`${sealed.id} ${version}`);
    if (sha256 === sealed.sha256) continue;
    if (sha256 !== undefined) {
      conflicts.push(sharedObject(sealed));
      continue;
    }
    shaOf.set(`${sealed.id} ${version}`, sealed.sha256);
    await tx.query(
      `insert into shared_objects (id, modified, origin, type, label, tlp, incident, body, sha256, added_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        sealed.id,
        version,
        origin,
        sealed.type,
        sealed.label,
        sealed.tlp,
        incident,
        sealed.body,
        sealed.sha256,
        instant(clock.now()),
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

/** The newest version of an object from an origin. */
export async function findObject(db: Db, origin: string, id: string): Promise<StixObject | null> {
  const [row] = await db.query<{ body: string }>(
    'select body from shared_objects where origin = $1 and id = $2 order by modified desc limit 1',
    [origin, id],
  );
  return row ? (JSON.parse(row.body) as StixObject) : null;
}

export interface ObjectPage {
  readonly objects: readonly { readonly seq: number; readonly addedAt: string; readonly body: string }[];
  /** There are more after the last of `objects`. */
  readonly more: boolean;
}

/** What a partner may read of this desk: what was released to it, after a cursor, in the order it was added. */
export async function readableBy(
  db: Db,
  partner: string,
  desk: string,
  after: number,
  addedAfter: string | null,
  limit: number,
): Promise<ObjectPage> {
  const rows = await db.query<{ added_seq: number; added_at: Date; body: string }>(
    `select o.added_seq, o.added_at, o.body from shared_objects o
     join release_decisions d on d.partner = $1 and d.object_id = o.id and d.modified = o.modified and d.released
     where o.origin = $2 and o.added_seq > $3 and ($4::timestamptz is null or o.added_at > $4)
     order by o.added_seq limit $5`,
    [partner, desk, after, addedAfter, limit + 1],
  );
  return {
    objects: rows
      .slice(0, limit)
      .map((row) => ({ seq: row.added_seq, addedAt: instant(row.added_at.getTime()), body: row.body })),
    more: rows.length > limit,
  };
}
