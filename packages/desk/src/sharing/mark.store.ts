import type { Tlp } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';

/** What a person here marked an object, over and above what it says itself. */
export interface LocalMark {
  readonly object: string;
  readonly tlp: Tlp;
  readonly reason: string;
  readonly by: string;
}

export async function addMark(tx: Db, clock: Clock, { object, tlp, reason, by }: LocalMark): Promise<void> {
  await tx.query('insert into object_marks (object_id, tlp, reason, by, at) values ($1, $2, $3, $4, $5)', [
    object,
    tlp,
    reason,
    by,
    instant(clock.now()),
  ]);
}

/** The mark that stands for each of these objects: the last one, for each is at least as strict as the one before. */
export async function marksOf(db: Db, ids: readonly string[]): Promise<Map<string, Tlp>> {
  const rows = await db.query<{ object_id: string; tlp: Tlp }>(
    'select distinct on (object_id) object_id, tlp from object_marks where object_id = any($1) order by object_id, seq desc',
    [ids],
  );
  return new Map(rows.map(({ object_id, tlp }) => [object_id, tlp]));
}

export async function marksListed(
  db: Db,
  id: string,
): Promise<(Omit<LocalMark, 'object'> & { readonly at: string })[]> {
  const rows = await db.query<{ tlp: Tlp; reason: string; by: string; at: Date }>(
    'select tlp, reason, by, at from object_marks where object_id = $1 order by seq',
    [id],
  );
  return rows.map(({ at, ...mark }) => ({ ...mark, at: instant(at.getTime()) }));
}
