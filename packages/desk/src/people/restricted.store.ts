import { recordAudit } from '../audit/index.ts';
import { instant } from '../kernel/index.ts';
import type { Clock, Records } from '../platform/index.ts';

/**
 * A look at restricted material goes into the record once for each person, thing and day (UTC): that somebody saw it is the
 * fact, how often a page asked for it is none. `thing`: `incident:…`, `hold:…`, an identifier with its kind before it.
 */
export async function noteRestrictedRead(
  records: Records,
  clock: Clock,
  read: { readonly person: string; readonly kind: string; readonly id: string; readonly marking: string },
): Promise<void> {
  const { person, kind, id, marking } = read;
  const thing = `${kind}:${id}`;
  const day = instant(clock.now()).slice(0, 10);
  const [known] = await records.query(
    'select 1 from restricted_reads where person = $1 and thing = $2 and day = $3::date',
    [person, thing, day],
  );
  if (known) return;
  await records.transaction(async (tx) => {
    // Only today's are asked for.
    await tx.query('delete from restricted_reads where day < $1::date', [day]);
    const [first] = await tx.query<{ thing: string }>(
      'insert into restricted_reads values ($1, $2, $3::date) on conflict do nothing returning thing',
      [person, thing, day],
    );
    if (first)
      await recordAudit(tx, clock, {
        actor: person,
        action: 'read.restricted',
        subject: id,
        details: { kind, marking },
      });
  });
}
