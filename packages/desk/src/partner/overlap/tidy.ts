import { listPartners } from '../partner.store.ts';
import type { OverlapContext } from './context.ts';
import { endAbandoned, forgetReplies } from './forget.store.ts';
import { forgetLists } from './partner-list.ts';

/** Forgets what nobody waits for any more. */
export async function tidyOverlaps(context: OverlapContext): Promise<void> {
  const { records, clock } = context;
  await forgetReplies(records, clock);
  await records.transaction((tx) => endAbandoned(tx, clock));
  forgetLists(context, new Set((await listPartners(records)).map(({ card }) => card.desk)));
}
