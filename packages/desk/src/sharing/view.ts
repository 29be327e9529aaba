import type { Delivery, Reason, Refusal } from '@gongjo/contract';
import { titlesOf } from '../cases/index.ts';
import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { listDeliveries } from './delivery.store.ts';

/** The pages show this many refusals of a partner, the newest first; the rest stays in the record. */
const refusalsListedMax = 200;

/** What left for a partner and what came from it, newest first. */
export async function deliveriesOf(db: Db, partner: string): Promise<Delivery[]> {
  const listed = await listDeliveries(db, partner);
  const titles = await titlesOf(
    db,
    listed.flatMap(({ incident }) => incident ?? []),
  );
  return listed.map(({ incident: id, ...delivery }) => {
    const title = id === null ? undefined : titles.get(id);
    return { ...delivery, incident: id !== null && title ? { id, title } : null };
  });
}

/** What was not released to a partner, and why, newest first. */
export async function refusalsOf(db: Db, recipient: string): Promise<Refusal[]> {
  const rows = await db.query<{
    decided_at: Date;
    object_id: string;
    reasons: Reason[];
    type: string | null;
    label: string | null;
  }>(
    `select d.decided_at, d.object_id, d.reasons, o.type, o.label from release_decisions d
     left join shared_objects o on o.id = d.object_id and o.modified = d.modified and o.origin = d.origin
     where d.recipient = $1 and not d.released order by d.decided_at desc, d.object_id limit $2`,
    [recipient, refusalsListedMax],
  );
  return rows.map(({ decided_at, object_id, reasons, type, label }) => ({
    at: instant(decided_at.getTime()),
    object: { id: object_id, type: type ?? '', label: label ?? object_id },
    reasons,
  }));
}
