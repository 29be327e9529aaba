import { instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import { hourOf, noUsage, type Usage } from './quota.ts';

interface Row {
  requests: string | number;
  deliveries: string | number;
  objects: string | number;
  bytes: string | number;
}

/** Hours are kept this long, for whoever asks what happened yesterday. */
const keptMs = 7 * 86_400_000;

/** What the partner has used of this hour. It is in the records: a desk that starts again has not forgotten it. */
export async function usageOf(db: Db, clock: Clock, desk: string): Promise<Usage> {
  const [row] = await db.query<Row>('select * from partner_usage where desk = $1 and hour = $2', [
    desk,
    instant(hourOf(clock.now())),
  ]);
  return row ? usage(row) : noUsage;
}

/** Counts it, and answers what the hour then amounts to. */
export async function countUsage(db: Db, clock: Clock, desk: string, more: Partial<Usage>): Promise<Usage> {
  const { requests, deliveries, objects, bytes } = { ...noUsage, ...more };
  const [row] = await db.query<Row>(
    `insert into partner_usage (desk, hour, requests, deliveries, objects, bytes) values ($1, $2, $3, $4, $5, $6)
     on conflict (desk, hour) do update set requests = partner_usage.requests + excluded.requests,
       deliveries = partner_usage.deliveries + excluded.deliveries, objects = partner_usage.objects + excluded.objects,
       bytes = partner_usage.bytes + excluded.bytes
     returning requests, deliveries, objects, bytes`,
    [desk, instant(hourOf(clock.now())), requests, deliveries, objects, bytes],
  );
  return row ? usage(row) : noUsage;
}

/** True once an hour: what is told once is not told again for every request that is refused. Forgets old hours. */
export async function firstTold(tx: Db, clock: Clock, desk: string): Promise<boolean> {
  await tx.query('delete from partner_usage where desk = $1 and hour < $2', [desk, instant(clock.now() - keptMs)]);
  const rows = await tx.query(
    'update partner_usage set told = true where desk = $1 and hour = $2 and not told returning desk',
    [desk, instant(hourOf(clock.now()))],
  );
  return rows.length > 0;
}

function usage({ requests, deliveries, objects, bytes }: Row): Usage {
  return {
    requests: Number(requests),
    deliveries: Number(deliveries),
    objects: Number(objects),
    bytes: Number(bytes),
  };
}
