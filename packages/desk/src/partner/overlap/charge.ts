import { recordAudit } from '../../audit/index.ts';
import type { Db } from '../../platform/index.ts';
import { ComeBackLater } from '../come-back-later.ts';
import { hourMs, hourOf } from '../quota.ts';
import type { OverlapContext } from './context.ts';
import { matchesSince } from './known.store.ts';
import { type Asked, askedBy, countAsked, firstAlarm, type OverlapTerms } from './terms.store.ts';
import { judged } from './view.ts';

/** What is left of a partner's quota. Throws `overlap-quota-exceeded` with the time to come back where so many do not fit. */
export async function requireRoom(
  { clock, desk: { desk: self } }: OverlapContext,
  db: Db,
  desk: string,
  terms: OverlapTerms,
  count: number,
): Promise<void> {
  const hours = hoursUntilRoom(await askedBy(db, clock, desk), terms, count);
  if (hours === 0) return;
  const untilMs = hourOf(clock.now()) + hours * hourMs;
  throw new ComeBackLater('overlap-quota-exceeded', { desk: self }, Math.ceil((untilMs - clock.now()) / 1000));
}

/** Charges questions: in the transaction that answers them, so that two at once do not both find the last room. */
export async function charge(
  context: OverlapContext,
  tx: Db,
  desk: string,
  terms: OverlapTerms,
  count: number,
): Promise<void> {
  await requireRoom(context, tx, desk, terms, count);
  await countAsked(tx, context.clock, desk, { questions: count });
}

/** How many hours must end before so many questions fit: with each the oldest of the 24 is forgotten. */
export function hoursUntilRoom({ hourly }: Pick<Asked, 'hourly'>, terms: OverlapTerms, count: number): number {
  for (let ended = 0; ended < hourly.length; ended += 1) {
    const hour = ended === 0 ? (hourly.at(-1) ?? 0) : 0;
    const day = hourly.slice(ended).reduce((sum, it) => sum + it, 0);
    if (hour + count <= terms.perHour && day + count <= terms.perDay) return ended;
  }
  return hourly.length;
}

/** Counts a refusal for a used-up quota, which is a sign of a search. */
export async function countRefusal(context: OverlapContext, desk: string, terms: OverlapTerms): Promise<void> {
  await context.records.transaction((tx) => countAsked(tx, context.clock, desk, { refusals: 1 }));
  await lookForEnumeration(context, desk, terms);
}

/** Told once an hour, to the record; the page of partners shows it. */
export async function lookForEnumeration(context: OverlapContext, desk: string, terms: OverlapTerms): Promise<void> {
  const { records, clock } = context;
  const asked = await askedBy(records, clock, desk);
  const { level, signs } = judged(asked, terms, await matchesSince(records, desk, clock.now() - 24 * hourMs));
  if (level !== 'alarm') return;
  await records.transaction(async (tx) => {
    if (!(await firstAlarm(tx, clock, desk))) return;
    await recordAudit(tx, clock, {
      actor: `desk:${desk}`,
      action: 'overlap.enumeration-suspected',
      subject: desk,
      details: { signs, hourly: asked.hourly },
    });
  });
}
