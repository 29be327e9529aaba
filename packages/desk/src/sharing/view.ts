import type { Delivery, Reason, Refusal, Text } from '@gongjo/contract';
import { findIncident } from '../cases/index.ts';
import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { listDeliveries } from './delivery.store.ts';

/** The pages show this many refusals of a partner, the newest first; the rest stays in the record. */
const refusalsListedMax = 200;

/** What left for a partner and what came from it, newest first. */
export async function deliveriesOf(db: Db, partner: string): Promise<Delivery[]> {
  const titles = new Map<string, Text | null>();
  return Promise.all(
    (await listDeliveries(db, partner)).map(
      async ({ id, direction, decidedAt, state, attempts, receipt, problem, reasons, objects, incident }) => {
        if (incident !== null && !titles.has(incident))
          titles.set(incident, (await findIncident(db, incident))?.title ?? null);
        const title = incident === null ? null : titles.get(incident);
        return {
          id,
          direction,
          decidedAt,
          state,
          attempts,
          receipt,
          problem,
          reasons,
          objects,
          incident: incident !== null && title ? { id: incident, title } : null,
        };
      },
    ),
  );
}

/** What was not released to a partner, and why, newest first. */
export async function refusalsOf(db: Db, partner: string): Promise<Refusal[]> {
  const rows = await db.query<{
    decided_at: Date;
    object_id: string;
    reasons: Reason[];
    type: string | null;
    label: string | null;
  }>(
    `select d.decided_at, d.object_id, d.reasons, o.type, o.label from release_decisions d
     left join shared_objects o on o.id = d.object_id and o.modified = d.modified
     where d.partner = $1 and not d.released order by d.decided_at desc, d.object_id limit $2`,
    [partner, refusalsListedMax],
  );
  return rows.map(({ decided_at, object_id, reasons, type, label }) => ({
    at: instant(decided_at.getTime()),
    object: { id: object_id, type: type ?? '', label: label ?? object_id },
    reasons,
  }));
}
