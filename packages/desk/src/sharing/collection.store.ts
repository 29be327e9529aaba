import type { Db } from '../platform/index.ts';
import { isCaseWork } from '../stix/index.ts';
import type { Selection } from './collection.ts';
import { type HeldObject, type HeldRow, heldColumns, heldOf } from './object.store.ts';
import { isReadable, wantedVersion } from './readable.sql.ts';
import type { VersionMatch } from './readable.store.ts';

/**
 * The objects after a place that a collection selects, or that were written into it, in the order in which they came. Work on a case is
 * for the desks that are in it: no selection takes it, only a person who releases it to the collection.
 */
export async function nextForCollection(
  tx: Db,
  recipient: string,
  { types, origins, incidents }: Selection,
  after: number,
  limit: number,
): Promise<{ readonly objects: readonly HeldObject[]; readonly to: number; readonly more: boolean }> {
  const rows = await tx.query<HeldRow & { added_seq: number; chosen: boolean }>(
    `select ${heldColumns}, added_seq, exists (select 1 from release_decisions d where d.recipient = $5 and d.object_id = o.id
       and d.modified = o.modified and d.origin = o.origin) as chosen from shared_objects o
     where o.added_seq > $1 and o.recalled_at is null
       and (($2::text[] is null or o.type = any($2)) and ($3::text[] is null or o.origin = any($3))
         and ($4::text[] is null or o.incident = any($4))
         or exists (select 1 from release_decisions d where d.recipient = $5 and d.object_id = o.id
           and d.modified = o.modified and d.origin = o.origin))
     order by o.added_seq limit $6`,
    [after, types, origins, incidents, recipient, limit],
  );
  const objects = rows.flatMap(({ added_seq: _, chosen, ...row }) => {
    const held = heldOf(row);
    return chosen || !isCaseWork(held.object) ? [held] : [];
  });
  const last = rows.at(-1);
  if (last && rows.length === limit) return { objects, to: last.added_seq, more: true };
  // Everything that there is has been looked at, whether selected or not.
  const [{ newest } = { newest: after }] = await tx.query<{ newest: number }>(
    'select coalesce(max(added_seq), 0)::integer as newest from shared_objects',
  );
  return { objects, to: Math.max(after, newest), more: false };
}

/** Objects of which more is here now than when they were released; see `keepObjects`. */
export async function widerFor(tx: Db, recipient: string, limit: number): Promise<HeldObject[]> {
  const rows = await tx.query<HeldRow>(
    `select ${heldColumns} from shared_objects o where o.recalled_at is null and exists (
       select 1 from release_decisions d where d.recipient = $1 and d.basis = '' and d.withdrawn_at is null
         and d.object_id = o.id and d.modified = o.modified and d.origin = o.origin)
     order by o.added_seq limit $2`,
    [recipient, limit],
  );
  return rows.map(heldOf);
}

/** They have been decided on this basis, whether anything more goes or not. */
export async function noteDecided(
  tx: Db,
  recipient: string,
  basis: string,
  objects: readonly HeldObject[],
): Promise<void> {
  if (objects.length === 0) return;
  await tx.query(
    `update release_decisions set basis = $2 where recipient = $1 and basis = ''
       and (object_id, modified, origin) in (select * from unnest($3::text[], $4::text[], $5::text[]))`,
    [
      recipient,
      basis,
      objects.map(({ id }) => id),
      objects.map(({ modified }) => modified ?? ''),
      objects.map(({ origin }) => origin),
    ],
  );
}

/** Answers the versions that could be read until now and cannot any more. */
export async function deleteFromCollection(
  tx: Db,
  recipient: string,
  id: string,
  versions: VersionMatch,
  at: string,
): Promise<string[]> {
  const named = versions.at.length > 0;
  const rows = await tx.query<{ modified: string }>(
    `select distinct d.modified from release_decisions d
     where d.recipient = $1 and d.object_id = $2 and ${isReadable('d')} and ${wantedVersion(versions, named ? '$3::text[]' : null)}`,
    [recipient, id, ...(named ? [versions.at] : [])],
  );
  const gone = rows.map(({ modified }) => modified);
  if (gone.length === 0) return gone;
  // Of one version from two origins both go.
  await tx.query(
    `update release_decisions d set withdrawn_at = $4, latest = false
     where d.recipient = $1 and d.object_id = $2 and d.modified = any($3) and ${isReadable('d')}`,
    [recipient, id, gone, at],
  );
  await tx.query(
    `update release_decisions set latest = true where recipient = $1 and seq = (
       select d.seq from release_decisions d where d.recipient = $1 and d.object_id = $2 and ${isReadable('d')}
       order by nullif(d.modified, '')::timestamptz desc nulls last, d.seq desc limit 1)`,
    [recipient, id],
  );
  return gone;
}

/** Which of these a recipient can read in some version. */
export async function readableIds(db: Db, recipient: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ object_id: string }>(
    `select distinct d.object_id from release_decisions d where d.recipient = $1 and d.object_id = any($2) and ${isReadable('d')}`,
    [recipient, ids],
  );
  return new Set(rows.map(({ object_id }) => object_id));
}
