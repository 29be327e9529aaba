import type { Alert, ChainId } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';

/** A thousand laundering addresses make some thousand alerts; beyond this no score needs them. */
const alertsMax = 100_000;

/** Every alert that was ever raised on these chains, in order. */
export async function alertsOnChains(
  db: Db,
  chains: readonly ChainId[],
): Promise<(Pick<Alert, 'rule' | 'chain' | 'txid'> & { readonly raisedAt: string })[]> {
  const rows = await db.query<Pick<Alert, 'rule' | 'chain' | 'txid'> & { raised_at: Date }>(
    `select body ->> 'rule' as rule, chain, body ->> 'txid' as txid, raised_at from alerts
     where chain = any($1) order by raised_at, id limit $2`,
    [chains, alertsMax],
  );
  return rows.map(({ raised_at, ...same }) => ({ ...same, raisedAt: instant(raised_at.getTime()) }));
}

/** Takes away all that is watched and was said on these chains, which are those of an exercise and gone. */
export async function forgetChains(tx: Db, chains: readonly ChainId[]): Promise<void> {
  await tx.query('delete from alert_acts where group_id in (select id from alert_groups where chain = any($1))', [
    chains,
  ]);
  for (const table of [
    ...(['alerts', 'alert_groups', 'watched_addresses', 'watches'] as const),
    ...(['watch_cursors', 'watch_marks'] as const),
  ])
    await tx.query(`delete from ${table} where chain = any($1)`, [chains]);
}
