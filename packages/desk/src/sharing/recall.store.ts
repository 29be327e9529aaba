import type { HeldObjectDetail, Text } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import type { ObjectRef } from './object.store.ts';

/** That objects were taken back: by us (`out`), or by the partner that they came from (`in`). */
export interface Recall {
  readonly id: string;
  readonly direction: 'out' | 'in';
  readonly partner: string | null;
  readonly reason: Text;
  readonly by: string;
  readonly delivery: string | null;
}

/** `withdrawn`: it is not used any more; `unknown`: it was not here. */
export type Done = 'withdrawn' | 'unknown';

export async function addRecall(
  tx: Db,
  clock: Clock,
  recall: Recall,
  objects: readonly (ObjectRef & { readonly done: Done })[],
): Promise<void> {
  await tx.query(
    `insert into recalls (id, direction, partner, reason, by, delivery, at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [
      recall.id,
      recall.direction,
      recall.partner,
      JSON.stringify(recall.reason),
      recall.by,
      recall.delivery,
      instant(clock.now()),
    ],
  );
  await tx.query(
    `insert into recalled_objects (recall, object_id, modified, origin, done)
     select $1, o.id, o.modified, o.origin, o.done from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as o (id, modified, origin, done)
     on conflict do nothing`,
    [
      recall.id,
      objects.map(({ id }) => id),
      objects.map(({ modified }) => modified),
      objects.map(({ origin }) => origin),
      objects.map(({ done }) => done),
    ],
  );
}

export async function recallsOf(db: Db, object: string): Promise<HeldObjectDetail['recalls']> {
  const rows = await db.query<Omit<HeldObjectDetail['recalls'][number], 'at'> & { at: Date }>(
    `select distinct r.id, r.direction, r.partner, r.reason, r.by, r.at, o.done, r.seq from recalls r
     join recalled_objects o on o.recall = r.id where o.object_id = $1 order by r.seq`,
    [object],
  );
  return rows.map(({ id, direction, partner, reason, by, at, done }) => ({
    id,
    direction,
    partner,
    reason,
    by,
    at: instant(at.getTime()),
    done,
  }));
}
