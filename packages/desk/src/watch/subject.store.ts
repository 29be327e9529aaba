import { instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';

/** A thing that an indicator names and that can be watched for by its value: a domain, an account, a wallet of no known chain. */
export interface WatchedSubject {
  readonly kind: string;
  /** Which name of the thing the value is: `SHA-256` of a file, `iban` of an account. */
  readonly form: string | null;
  readonly value: string;
}

/** Whose indicator names it. */
export interface SubjectSource {
  readonly origin: string;
  readonly indicator: string;
}

/** Watches exactly these subjects on account of each indicator from now on. */
export async function watchSubjects(
  tx: Db,
  clock: Clock,
  named: readonly (SubjectSource & { readonly subjects: readonly WatchedSubject[] })[],
): Promise<void> {
  await tx.query(
    `delete from watched_subjects where (origin, indicator) in (select * from unnest($1::text[], $2::text[]))`,
    [named.map(({ origin }) => origin), named.map(({ indicator }) => indicator)],
  );
  const rows = named.flatMap(({ origin, indicator, subjects }) => subjects.map((it) => ({ origin, indicator, ...it })));
  if (rows.length === 0) return;
  await tx.query(
    `insert into watched_subjects (kind, form, value, origin, indicator, added_at)
     select s.kind, s.form, s.value, s.origin, s.indicator, $1
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as s (kind, form, value, origin, indicator)
     on conflict do nothing`,
    [
      instant(clock.now()),
      rows.map(({ kind }) => kind),
      rows.map(({ form }) => form ?? ''),
      rows.map(({ value }) => value),
      rows.map(({ origin }) => origin),
      rows.map(({ indicator }) => indicator),
    ],
  );
}

/** Which indicators name one of these values of a kind. */
export async function subjectsNamed(
  db: Db,
  kind: string,
  values: readonly string[],
): Promise<(SubjectSource & WatchedSubject)[]> {
  const rows = await db.query<{ kind: string; form: string; value: string; origin: string; indicator: string }>(
    'select kind, form, value, origin, indicator from watched_subjects where kind = $1 and value = any($2) order by value, origin, indicator',
    [kind, values],
  );
  return rows.map(({ form, ...row }) => ({ ...row, form: form === '' ? null : form }));
}
