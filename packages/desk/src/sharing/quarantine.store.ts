import type { Problem, QuarantinedObject } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';

/** What a source can fill our disk and its page with by sending what fails: the newest of its objects are kept. */
const objectsKeptMax = 1000;
const bytesKeptMax = 16 * 1024 * 1024;
/** A page shows this many, the newest first. */
const objectsListedMax = 200;
/** Enough to see what it was; the whole of it stands in the delivery's envelope. */
const bodyCharsMax = 64 * 1024;

/** An object that was not admitted. */
export interface Rejected {
  /** Its place among the objects of its delivery or document. */
  readonly index: number;
  readonly id: string | null;
  readonly body: string;
  /** JSON pointer of what is wrong, where one place is. */
  readonly path: string | null;
  readonly problem: Problem;
}

export async function quarantineObjects(
  tx: Db,
  clock: Clock,
  source: string,
  delivery: string | null,
  rejected: readonly Rejected[],
): Promise<void> {
  if (rejected.length === 0) return;
  const newest = rejected.slice(-objectsKeptMax);
  await tx.query(
    `insert into quarantined_objects (source, delivery, place, object_id, body, problem, at)
     select $1, $2, o.place, o.id, o.body, o.problem, $3
     from unnest($4::integer[], $5::text[], $6::text[], $7::jsonb[]) as o (place, id, body, problem)`,
    [
      source,
      delivery,
      instant(clock.now()),
      newest.map(({ index }) => index),
      newest.map(({ id }) => id),
      newest.map(({ body }) => body.slice(0, bodyCharsMax)),
      newest.map(({ problem }) => JSON.stringify(problem)),
    ],
  );
  await tx.query(
    `delete from quarantined_objects where seq in (
       select seq from (
         select seq, row_number() over newest as place, sum(octet_length(body)) over newest as bytes
         from quarantined_objects where source = $1 window newest as (order by seq desc)
       ) as quarantined where place > 1 and (place > $2 or bytes > $3))`,
    [source, objectsKeptMax, bytesKeptMax],
  );
}

/** Newest first. */
export async function quarantinedObjects(db: Db, source: string): Promise<QuarantinedObject[]> {
  const rows = await db.query<{
    seq: string;
    source: string;
    delivery: string | null;
    place: number;
    object_id: string | null;
    problem: Problem;
    at: Date;
  }>(
    `select seq::text as seq, source, delivery, place, object_id, problem, at from quarantined_objects
     where source = $1 order by quarantined_objects.seq desc limit $2`,
    [source, objectsListedMax],
  );
  return rows.map(({ seq, place, object_id, at, ...row }) => ({
    ...row,
    seq: Number(seq),
    index: place,
    id: object_id,
    at: instant(at.getTime()),
  }));
}
