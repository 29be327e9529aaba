import { overlapTerms } from '@gongjo/contract';
import { GongjoError, instant } from '../../kernel/index.ts';
import type { Clock, Db } from '../../platform/index.ts';
import { type OverlapSession, repliesKeptMs } from './session.store.ts';

/**
 * All that is known with a partner is forgotten with the pairing: whoever comes back under this name has agreed to nothing, has been
 * told nothing and may have other keys. The records of sessions stay.
 */
export async function forgetOverlapsWith(tx: Db, clock: Clock, desk: string): Promise<void> {
  const { problem } = new GongjoError('partner-unknown', { desk });
  await tx.query(
    `with terms as (delete from overlap_terms where desk = $1),
       known as (delete from overlap_known where desk = $1),
       commitments as (delete from overlap_commitments where desk = $1),
       matches as (delete from overlap_matches where desk = $1),
       usage as (delete from overlap_usage where desk = $1)
     update overlap_sessions set kept = null, reply = null, came = null,
       state = case when state = 'open' then 'failed' else state end,
       ended_at = case when state = 'open' then $2::timestamptz else ended_at end,
       problem = case when state = 'open' then $3::jsonb else problem end
     where desk = $1`,
    [desk, instant(clock.now()), JSON.stringify(problem)],
  );
}

/** The records of sessions stay; the bytes that were kept for a message that comes again do not. */
export async function forgetReplies(db: Db, clock: Clock): Promise<void> {
  await db.query('update overlap_sessions set reply = null, came = null where ended_at < $1 and reply is not null', [
    instant(clock.now() - repliesKeptMs),
  ]);
}

/**
 * Sessions whose asker took its answer and returned nothing for a day, or nothing that can be read; and those of this desk's that
 * nobody answered for as long, and that nobody carried on. They are over.
 */
export async function endAbandoned(tx: Db, clock: Clock): Promise<void> {
  const before = instant(clock.now() - repliesKeptMs);
  const rows = await tx.query<{ desk: string; side: OverlapSession['side'] }>(
    `select distinct desk, side from overlap_sessions where state = 'open' and started_at < $1`,
    [before],
  );
  for (const { desk, side } of rows) {
    const { problem } = new GongjoError('overlap-refused', { desk, detail: overlapTerms.over[overAfter[side]] });
    await tx.query(
      `update overlap_sessions set state = 'failed', ended_at = $2, kept = null, reply = null, came = null, problem = $3
       where desk = $1 and side = $4 and state = 'open' and started_at < $5`,
      [desk, instant(clock.now()), JSON.stringify(problem), side, before],
    );
  }
}

const overAfter = { answerer: 'unreturned', asker: 'unanswered' } as const;
