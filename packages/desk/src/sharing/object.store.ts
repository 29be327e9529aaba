import type { Tlp, zSharedObject } from '@gongjo/contract';
import type { z } from 'zod';
import { canonicalJson, instant } from '../kernel/index.ts';
import { type Clock, type Db, sha256Hex } from '../platform/index.ts';
import { copyRelation, labelOf, type StixObject, tlpOf } from '../stix/index.ts';
import { marksOn } from './marking.ts';

/** What identifies an object and its bytes. */
export type SharedObject = z.infer<typeof zSharedObject>;

/** An object with its bytes: canonical JSON (RFC 8785), which is what is hashed, signed and sent. */
export interface SealedObject extends SharedObject {
  readonly body: string;
  readonly object: StixObject;
}

/** One version of an object from one origin. `modified` is empty where the type has no versions. */
export interface ObjectRef {
  readonly id: string;
  readonly modified: string;
  readonly origin: string;
}

/** An object as this desk holds it. */
export interface HeldObject extends SealedObject {
  readonly origin: string;
  /** The incident that it was made or received for. */
  readonly incident: string | null;
  /** What an unmarked object was taken for when it came. */
  readonly given: Tlp | null;
  readonly revoked: boolean;
  /** Its origin, or this desk, has taken it back. */
  readonly recalled: boolean;
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

export function sharedObject({ id, type, label, modified, tlp, sha256 }: SharedObject): SharedObject {
  return { id, type, label, modified, tlp, sha256 };
}

export function refOf({ id, modified, origin }: Pick<HeldObject, 'id' | 'modified' | 'origin'>): ObjectRef {
  return { id, modified: modified ?? '', origin };
}

const versionKey = (id: string, modified: string | null) => `${id} ${modified ?? ''}`;
export const refKey = ({ id, modified, origin }: ObjectRef) => `${id} ${modified} ${origin}`;

/** One statement carries this many objects, about a megabyte. */
const objectsPerStatementMax = 1000;

/** Newest first; times of any precision, and of one time the one that came last. */
export const newestFirst = `nullif(modified, '')::timestamptz desc nulls last, added_seq desc`;

/** What became of an object that was to be kept. `narrower`: a fuller copy of the version is here. */
export type Keeping = 'added' | 'known' | 'wider' | 'narrower' | 'conflict';

export interface Provenance {
  readonly origin: string;
  readonly incident: string | null;
  /** The delivery that brought them. */
  readonly delivery?: string | null;
  /** What unmarked ones of them are taken for. */
  readonly given?: Tlp | null;
}

/**
 * Keeps objects as they came, and says of each what became of it. Of one version there is one copy from each origin: a wider
 * one takes the place of a narrower one, and one that contradicts it is not kept.
 */
export async function keepObjects(
  tx: Db,
  clock: Clock,
  { origin, incident, delivery = null, given = null }: Provenance,
  objects: readonly SealedObject[],
): Promise<Keeping[]> {
  const known = await tx.query<{ id: string; modified: string; sha256: string }>(
    'select id, modified, sha256 from shared_objects where origin = $1 and id = any($2)',
    [origin, objects.map(({ id }) => id)],
  );
  const shaOf = new Map(known.map((row) => [versionKey(row.id, row.modified), row.sha256]));
  const differing = objects.filter((it) => {
    const sha256 = shaOf.get(versionKey(it.id, it.modified));
    return sha256 !== undefined && sha256 !== it.sha256;
  });
  const bodies = await bodiesOf(tx, origin, differing);
  const added = new Map<string, SealedObject>();
  const widened = new Map<string, SealedObject>();
  const keepings = objects.map((sealed): Keeping => {
    const key = versionKey(sealed.id, sealed.modified);
    const sha256 = shaOf.get(key);
    if (sha256 === undefined) {
      shaOf.set(key, sealed.sha256);
      bodies.set(key, sealed.object);
      added.set(key, sealed);
      return 'added';
    }
    if (sha256 === sealed.sha256) return 'known';
    const held = bodies.get(key);
    const relation = held ? copyRelation(sealed.object, held) : 'other';
    if (relation === 'narrower') return 'narrower';
    // Who passes on what two desks had in different versions is told the revocation of both, in the words of each.
    if (relation === 'other' && held?.revoked === true && sealed.object.revoked === true) return 'known';
    if (relation !== 'wider') return relation === 'same' ? 'known' : 'conflict';
    shaOf.set(key, sealed.sha256);
    bodies.set(key, sealed.object);
    (added.has(key) ? added : widened).set(key, sealed);
    return 'wider';
  });
  await insertObjects(tx, clock, { origin, incident, delivery, given }, [...added.values()]);
  for (const sealed of widened.values()) {
    await keepAsGiven(tx, { id: sealed.id, modified: sealed.modified ?? '', origin });
    await tx.query(
      `update shared_objects set body = $4, sha256 = $5, label = $6, tlp = $7, delivery = coalesce($8, delivery), marks = string_to_array($9, ' ')
       where id = $1 and modified = $2 and origin = $3`,
      [
        sealed.id,
        sealed.modified ?? '',
        origin,
        sealed.body,
        sealed.sha256,
        sealed.label,
        sealed.tlp,
        delivery,
        marksOn(sealed.object).join(' '),
      ],
    );
  }
  return keepings;
}

/** Whoever was given an object as it was has it so until it is decided again, on whatever basis: what is more of it now is not theirs yet. */
async function keepAsGiven(tx: Db, { id, modified, origin }: ObjectRef): Promise<void> {
  await tx.query(
    `update release_decisions d set copy = coalesce(d.copy, o.body), basis = '' from shared_objects o
     where d.object_id = $1 and d.modified = $2 and d.origin = $3 and d.released
       and o.id = d.object_id and o.modified = d.modified and o.origin = d.origin`,
    [id, modified, origin],
  );
}

async function bodiesOf(tx: Db, origin: string, objects: readonly SealedObject[]): Promise<Map<string, StixObject>> {
  if (objects.length === 0) return new Map();
  const rows = await tx.query<{ id: string; modified: string; body: string }>(
    'select id, modified, body from shared_objects where origin = $1 and id = any($2)',
    [origin, objects.map(({ id }) => id)],
  );
  return new Map(rows.map((row) => [versionKey(row.id, row.modified), JSON.parse(row.body) as StixObject]));
}

async function insertObjects(
  tx: Db,
  clock: Clock,
  { origin, incident, delivery, given }: Required<Provenance>,
  objects: readonly SealedObject[],
): Promise<void> {
  for (let at = 0; at < objects.length; at += objectsPerStatementMax) {
    const part = objects.slice(at, at + objectsPerStatementMax);
    await tx.query(
      `insert into shared_objects (id, modified, origin, type, label, tlp, given_tlp, incident, delivery, revoked, body, sha256, added_at, marks)
       select o.id, o.modified, $1, o.type, o.label, o.tlp, o.given, $2, $3, o.revoked, o.body, o.sha256, $4, string_to_array(o.marks, ' ')
       from unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::boolean[], $12::text[], $13::text[], $14::text[])
         as o (id, modified, type, label, tlp, given, revoked, body, sha256, marks)`,
      [
        origin,
        incident,
        delivery,
        instant(clock.now()),
        part.map(({ id }) => id),
        part.map(({ modified }) => modified ?? ''),
        part.map(({ type }) => type),
        part.map(({ label }) => label),
        part.map(({ tlp }) => tlp),
        part.map(({ object }) => (tlpOf(object) === null ? given : null)),
        part.map(({ object }) => object.revoked === true),
        part.map(({ body }) => body),
        part.map(({ sha256 }) => sha256),
        part.map(({ object }) => marksOn(object).join(' ')),
      ],
    );
  }
}

/** What a row of `shared_objects` is read as; the columns to select stand in `heldColumns`. */
export interface HeldRow {
  id: string;
  modified: string;
  origin: string;
  type: string;
  label: string;
  tlp: Tlp | null;
  given_tlp: Tlp | null;
  incident: string | null;
  sha256: string;
  revoked: boolean;
  recalled: boolean;
  body: string;
}

export const heldColumns =
  'id, modified, origin, type, label, tlp, given_tlp, incident, sha256, revoked, recalled_at is not null as recalled, body';

export function heldOf({ modified, given_tlp, ...row }: HeldRow): HeldObject {
  return {
    ...row,
    modified: modified === '' ? null : modified,
    given: given_tlp,
    object: JSON.parse(row.body) as StixObject,
  };
}

/** These versions, in this order; what is not here is left out. */
export async function heldObjects(db: Db, refs: readonly ObjectRef[]): Promise<HeldObject[]> {
  const rows = await db.query<HeldRow>(
    `select ${heldColumns} from shared_objects
     where (id, modified, origin) in (select * from unnest($1::text[], $2::text[], $3::text[]))`,
    [refs.map(({ id }) => id), refs.map(({ modified }) => modified), refs.map(({ origin }) => origin)],
  );
  const found = new Map(rows.map((row) => [refKey(row), row]));
  return refs.flatMap((ref) => {
    const row = found.get(refKey(ref));
    return row ? [heldOf(row)] : [];
  });
}

/** The newest version of each of these objects from an origin, in this order. */
export async function newestObjects(db: Db, origin: string, ids: readonly string[]): Promise<HeldObject[]> {
  const rows = await db.query<HeldRow>(
    `select distinct on (id) ${heldColumns} from shared_objects where origin = $1 and id = any($2) order by id, ${newestFirst}`,
    [origin, ids],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return [...new Set(ids)].flatMap((id) => {
    const row = found.get(id);
    return row ? [heldOf(row)] : [];
  });
}

/** The newest version of an object from whomever; this desk's own before others', then what came last. */
export async function newestAnywhere(db: Db, desk: string, id: string): Promise<HeldObject | null> {
  const [row] = await db.query<HeldRow>(
    `select ${heldColumns} from shared_objects where id = $1 order by (origin = $2) desc, ${newestFirst} limit 1`,
    [id, desk],
  );
  return row ? heldOf(row) : null;
}

/** The newest versions of what was made or received for an incident, by this origin. */
export async function objectsOfIncident(db: Db, origin: string, incident: string): Promise<HeldObject[]> {
  const rows = await db.query<HeldRow & { added_seq: number }>(
    `select * from (
       select distinct on (id) ${heldColumns}, added_seq from shared_objects where origin = $1 and incident = $2
       order by id, ${newestFirst}) as newest order by added_seq`,
    [origin, incident],
  );
  return rows.map(({ added_seq: _, ...row }) => heldOf(row));
}

/** The newest version of an object from an origin. */
export async function findObject(db: Db, origin: string, id: string): Promise<StixObject | null> {
  return (await findObjects(db, origin, [id])).get(id) ?? null;
}

/** The newest versions of objects from an origin, by identifier. */
export async function findObjects(db: Db, origin: string, ids: readonly string[]): Promise<Map<string, StixObject>> {
  return new Map((await newestObjects(db, origin, ids)).map(({ id, object }) => [id, object]));
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

/** Takes every version of these objects from an origin out of use. Answers which there were. */
export async function markRecalled(
  tx: Db,
  clock: Clock,
  origin: string,
  recall: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `update shared_objects set recalled_at = coalesce(recalled_at, $3), recall = coalesce(recall, $4)
     where origin = $1 and id = any($2) returning id`,
    [origin, ids, instant(clock.now()), recall],
  );
  return new Set(rows.map(({ id }) => id));
}
/** The versions of these objects that this desk wrote itself, by identifier and version. */
export async function ownAuthored(
  db: Db,
  desk: string,
  identity: string,
  ids: readonly string[],
): Promise<Map<string, Map<string, StixObject>>> {
  const rows = await db.query<{ id: string; modified: string; body: string }>(
    `select id, modified, body from shared_objects where origin = $1 and id = any($2) and modified <> ''
       and (id = $3 or body::jsonb ->> 'created_by_ref' = $3)`,
    [desk, ids, identity],
  );
  const own = new Map<string, Map<string, StixObject>>();
  for (const { id, modified, body } of rows) {
    const versions = own.get(id) ?? new Map<string, StixObject>();
    own.set(id, versions.set(modified, JSON.parse(body) as StixObject));
  }
  return own;
}

/** Which of these objects their origin has revoked, with the versions that are here. */
export async function revokedIds(db: Db, origin: string, ids: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await db.query<{ id: string; modified: string }>(
    `select id, modified from shared_objects where origin = $1 and id in (
       select id from shared_objects where origin = $1 and id = any($2) and revoked)`,
    [origin, ids],
  );
  const found = new Map<string, Set<string>>();
  for (const { id, modified } of rows) found.set(id, (found.get(id) ?? new Set()).add(modified));
  return found;
}

/** Which of these, just kept, have other versions from the same origin. */
export async function earlierVersions(db: Db, origin: string, objects: readonly StixObject[]): Promise<string[]> {
  if (objects.length === 0) return [];
  const rows = await db.query<{ id: string }>(
    'select id from shared_objects where origin = $1 and id = any($2) group by id having count(*) > 1',
    [origin, objects.map(({ id }) => id)],
  );
  return rows.map(({ id }) => id);
}

/** The newest version of each of these objects, whatever its origin. */
export async function newestVersions(db: Db, ids: readonly string[]): Promise<HeldObject[]> {
  const rows = await db.query<HeldRow>(
    `select distinct on (id) ${heldColumns} from shared_objects where id = any($1) order by id, ${newestFirst}`,
    [ids],
  );
  return rows.map(heldOf);
}

/** Every version of an object from every origin, the newest first. */
export async function heldVersions(db: Db, id: string): Promise<HeldObject[]> {
  const rows = await db.query<HeldRow>(
    `select ${heldColumns} from shared_objects where id = $1 order by ${newestFirst}`,
    [id],
  );
  return rows.map(heldOf);
}
