import type { Alert } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';

/** A thousand laundering addresses make some thousand deposits; more would be another question. */
const alertsMax = 20_000;

/** The alerts of one rule that stand, of these incidents, by the time of their blocks. */
export async function alertsOf(
  db: Db,
  incidents: readonly string[],
  rule: Alert['rule'],
): Promise<
  (Omit<Alert, 'id' | 'raisedAt' | 'withdrawnAt' | 'acknowledgedAt' | 'acknowledgedBy'> & { raisedAt: string })[]
> {
  const rows = await db.query<{ body: Alert; raised_at: Date }>(
    `select body, raised_at from alerts
     where incident = any($1) and withdrawn_at is null and body ->> 'rule' = $2
     order by body ->> 'blockTime', id limit $3`,
    [incidents, rule, alertsMax],
  );
  return rows.map(({ body, raised_at }) => ({ ...body, raisedAt: instant(raised_at.getTime()) }));
}
