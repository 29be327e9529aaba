import { listPartners } from '../partner.store.ts';
import type { OverlapContext } from './context.ts';
import { endAbandoned, forgetReplies } from './forget.store.ts';
import { forgetLists } from './partner-list.ts';

/** Forgets what nobody waits for any more. */
export async function tidyOverlaps(context: OverlapContext): Promise<void> {
  const { records, clock, overlap } = context;
  await forgetReplies(records, clock);
  await records.transaction((tx) => endAbandoned(tx, clock));
  const partners = new Set<string>((await listPartners(records)).map(({ card }) => card.desk));
  forgetLists(context, partners);
  const { later, compared } = overlap.memory;
  for (const each of [later, compared]) for (const desk of each.keys()) if (!partners.has(desk)) each.delete(desk);
}
