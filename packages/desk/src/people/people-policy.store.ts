import { recordAudit } from '../audit/index.ts';
import { instant } from '../kernel/index.ts';
import type { Clock, Records } from '../platform/index.ts';

/** Keeps the rules about people that a start found in the data folder; a text that was not there before is in the record. */
export async function rememberPeoplePolicy(
  records: Records,
  clock: Clock,
  sha256: string,
  text: string,
): Promise<void> {
  await records.transaction(async (tx) => {
    const [newest] = await tx.query<{ sha256: string }>(
      'select sha256 from people_policies order by seen_at desc limit 1',
    );
    if (newest?.sha256 === sha256) return;
    await tx.query(
      `insert into people_policies values ($1, $2, $3) on conflict (sha256) do update set seen_at = excluded.seen_at`,
      [sha256, text, instant(clock.now())],
    );
    await recordAudit(tx, clock, {
      ...{ actor: 'file', action: 'people.policy-set', subject: sha256 },
      details: { before: newest?.sha256 ?? null },
    });
  });
}
