import { type Instant, zInstant } from '@gongjo/contract';
import { z } from 'zod';
import type { Db } from '../platform/index.ts';
import { putInOutbox } from './outbox.ts';
import type { SharingContext } from './party.ts';

/**
 * Whoever shared an incident is told when people on the other side have seen it: which agency, and when; never who. The
 * receipt says that a desk has it, this that somebody knows.
 */
export const zAcknowledged = z.object({
  kind: z.literal('acknowledged'),
  incident: z.string().min(1).max(300),
  agency: z.string().min(1).max(100),
  at: zInstant,
});

/** Tells the desk that an incident came from. Of one of this desk's own, or of a desk that is no partner any more, nobody. */
export async function tellAcknowledged(
  tx: Db,
  context: SharingContext,
  incident: { readonly id: string; readonly origin: { readonly desk: string } | null },
  agency: string,
  at: Instant,
): Promise<boolean> {
  const origin = incident.origin && (await context.party?.(tx, incident.origin.desk));
  if (!origin) return false;
  await putInOutbox(tx, context, origin, {
    incident: incident.id,
    bodies: [],
    notice: { kind: 'acknowledged', incident: incident.id, agency, at },
    objects: [],
    reasons: [],
  });
  return true;
}
