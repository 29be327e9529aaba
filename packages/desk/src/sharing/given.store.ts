import type { Reason } from '@gongjo/contract';
import type { Db } from '../platform/index.ts';

/** What became of one object for one recipient. */
export interface Given {
  readonly recipient: string;
  readonly outcome: string;
  readonly released: boolean;
  readonly reasons: readonly Reason[];
}

/** What was decided last about each of these objects of this desk's, for every desk. */
export async function givenOf(db: Db, origin: string, objects: readonly string[]): Promise<Map<string, Given[]>> {
  const rows = await db.query<{
    object_id: string;
    recipient: string;
    outcome: string;
    released: boolean;
    reasons: Reason[];
  }>(
    `select distinct on (object_id, recipient) object_id, recipient, outcome, released and withdrawn_at is null as released, reasons
     from release_decisions where origin = $1 and object_id = any($2) and recipient not like 'collection:%'
     order by object_id, recipient, seq desc`,
    [origin, objects],
  );
  const given = new Map<string, Given[]>();
  for (const { object_id, ...rest } of rows) given.set(object_id, [...(given.get(object_id) ?? []), rest]);
  return given;
}
