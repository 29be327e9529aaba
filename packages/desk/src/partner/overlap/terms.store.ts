import { instant } from '../../kernel/index.ts';
import type { Clock, Db } from '../../platform/index.ts';
import { hourMs, hourOf } from '../quota.ts';

/** What two desks agreed about comparing. Without terms there is no comparing. */
export interface OverlapTerms {
  /** Questions of the partner that are answered, filler included. */
  readonly perHour: number;
  readonly perDay: number;
  /** How many questions of this desk go back in each session of the partner: always as many. */
  readonly reverseCount: number;
}

interface Row {
  desk: string;
  per_hour: number;
  per_day: number;
  reverse_count: number;
}

const termsOf = (row: Row): OverlapTerms => ({
  perHour: row.per_hour,
  perDay: row.per_day,
  reverseCount: row.reverse_count,
});

export async function termsWith(db: Db, desk: string): Promise<OverlapTerms | null> {
  const [row] = await db.query<Row>('select * from overlap_terms where desk = $1', [desk]);
  return row ? termsOf(row) : null;
}

export async function allTerms(db: Db): Promise<Map<string, OverlapTerms>> {
  const rows = await db.query<Row>('select * from overlap_terms order by desk');
  return new Map(rows.map((row) => [row.desk, termsOf(row)]));
}

export async function keepOverlapTerms(
  tx: Db,
  clock: Clock,
  desk: string,
  terms: OverlapTerms,
  by: string,
): Promise<void> {
  await tx.query(
    `insert into overlap_terms (desk, per_hour, per_day, reverse_count, set_at, set_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (desk) do update set per_hour = excluded.per_hour, per_day = excluded.per_day,
       reverse_count = excluded.reverse_count, set_at = excluded.set_at, set_by = excluded.set_by`,
    [desk, terms.perHour, terms.perDay, terms.reverseCount, instant(clock.now()), by],
  );
}

export async function dropOverlapTerms(tx: Db, desk: string): Promise<void> {
  await tx.query('delete from overlap_terms where desk = $1', [desk]);
}

/** Hours are kept for a month, from which a partner's usual day is known. */
const keptMs = 31 * 24 * hourMs;
const hoursOfDay = 24;

/** What a partner asked: hour by hour of the last 24, the latest last, and the days before. */
export interface Asked {
  readonly hourly: readonly number[];
  readonly refusals: number;
  readonly days: readonly number[];
}

export async function askedBy(db: Db, clock: Clock, desk: string): Promise<Asked> {
  const rows = await db.query<{ hour: Date; questions: number; refusals: number }>(
    'select hour, questions, refusals from overlap_usage where desk = $1 and hour >= $2',
    [desk, instant(clock.now() - keptMs)],
  );
  const hour = hourOf(clock.now());
  const hourly = new Array<number>(hoursOfDay).fill(0);
  const days = new Map<number, number>();
  let refusals = 0;
  for (const row of rows) {
    const ago = Math.round((hour - row.hour.getTime()) / hourMs);
    if (ago < hoursOfDay) {
      hourly[hoursOfDay - 1 - ago] = row.questions;
      refusals += row.refusals;
    } else {
      const day = Math.floor(ago / hoursOfDay);
      days.set(day, (days.get(day) ?? 0) + row.questions);
    }
  }
  return { hourly, refusals, days: [...days.values()].filter((count) => count > 0) };
}

export async function countAsked(
  tx: Db,
  clock: Clock,
  desk: string,
  more: { readonly questions?: number; readonly refusals?: number },
): Promise<void> {
  await tx.query(
    `insert into overlap_usage (desk, hour, questions, refusals) values ($1, $2, $3, $4)
     on conflict (desk, hour) do update set questions = overlap_usage.questions + excluded.questions,
       refusals = overlap_usage.refusals + excluded.refusals`,
    [desk, instant(hourOf(clock.now())), more.questions ?? 0, more.refusals ?? 0],
  );
}

/** True once an hour: an alarm is not repeated with every question. */
export async function firstAlarm(tx: Db, clock: Clock, desk: string): Promise<boolean> {
  const rows = await tx.query(
    'update overlap_usage set told = true where desk = $1 and hour = $2 and not told returning desk',
    [desk, instant(hourOf(clock.now()))],
  );
  return rows.length > 0;
}
