import type { Db } from '../platform/index.ts';
import type { StixObject } from '../stix/index.ts';
import { type CollectionRecipient, recipientOf } from './collection.ts';
import { isReadable, wantedVersion } from './readable.sql.ts';
import type { VersionMatch } from './readable.store.ts';

/** An object as it lies here, to be decided about. */
export interface HeldObject {
  readonly id: string;
  readonly modified: string;
  readonly origin: string;
  readonly type: string;
  readonly incident: string | null;
  readonly sha256: string;
  readonly object: StixObject;
}

/** The objects after a place that a collection selects, or that were written into it, in the order in which they came. */
export async function nextForCollection(
  tx: Db,
  { alias, selection: { types, origins, incidents } }: CollectionRecipient,
  after: number,
  limit: number,
): Promise<{ readonly objects: readonly HeldObject[]; readonly to: number; readonly more: boolean }> {
  const rows = await tx.query<Omit<HeldObject, 'object'> & { added_seq: number; body: string }>(
    `select o.added_seq, o.id, o.modified, o.origin, o.type, o.incident, o.sha256, o.body from shared_objects o
     where o.added_seq > $1 and o.recalled_at is null
       and (($2::text[] is null or o.type = any($2)) and ($3::text[] is null or o.origin = any($3))
         and ($4::text[] is null or o.incident = any($4))
         or exists (select 1 from release_decisions d where d.recipient = $5 and d.object_id = o.id
           and d.modified = o.modified and d.origin = o.origin))
     order by o.added_seq limit $6`,
    [after, types, origins, incidents, recipientOf(alias), limit],
  );
  const objects = rows.map(({ added_seq: _, body, ...held }) => ({ ...held, object: JSON.parse(body) as StixObject }));
  const last = rows.at(-1);
  if (last && rows.length === limit) return { objects, to: last.added_seq, more: true };
  // Everything that there is has been looked at, whether selected or not.
  const [{ newest } = { newest: after }] = await tx.query<{ newest: number }>(
    'select coalesce(max(added_seq), 0)::integer as newest from shared_objects',
  );
  return { objects, to: Math.max(after, newest), more: false };
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
    `update release_decisions set latest = true where seq = (
       select d.seq from release_decisions d where d.recipient = $1 and d.object_id = $2 and ${isReadable('d')}
       order by nullif(d.modified, '')::timestamptz desc nulls last, d.seq desc limit 1)`,
    [recipient, id],
  );
  return gone;
}

/** Whoever adds an object again that was deleted from the collection wants it there: it is decided about anew. */
export async function forgetWithdrawn(
  tx: Db,
  recipient: string,
  origin: string,
  objects: readonly { readonly id: string; readonly modified: string | null }[],
): Promise<void> {
  await tx.query(
    `delete from release_decisions d using shared_objects o, unnest($3::text[], $4::text[]) as a (id, modified)
     where d.recipient = $1 and d.origin = $2 and d.object_id = a.id and d.modified = a.modified and d.withdrawn_at is not null
       and o.id = d.object_id and o.modified = d.modified and o.origin = d.origin and o.recalled_at is null`,
    [recipient, origin, objects.map(({ id }) => id), objects.map(({ modified }) => modified ?? '')],
  );
}
