import type { NewIncident } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { instant } from '../kernel/index.ts';
import type { Clock, Db, Random } from '../platform/index.ts';
import { addIncident, findByLead } from './incident.store.ts';
import { nothingElse, tell } from './timeline.store.ts';

/**
 * Opens an incident, in the caller's transaction. A report of transactions that an incident here already names is that
 * incident: two people who report one theft at once work on one record. Answers its identifier.
 */
export async function openIncident(
  tx: Db,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  asked: NewIncident,
  by: string,
): Promise<string> {
  const known = await findByLead(tx, asked.chain, asked.txids);
  if (known) return known.id;
  const id = `incident--${random.uuid()}`;
  await addIncident(tx, clock, id, {
    ...asked,
    txids: [...new Set(asked.txids)],
    victim: asked.victim ?? null,
    tlp: asked.tlp ?? 'amber',
    origin: null,
  });
  await tell(tx, id, [{ ...nothingElse, key: 'opened', at: instant(clock.now()), kind: 'opened' }]);
  await recordAudit(tx, clock, {
    actor: by,
    action: 'incident.opened',
    subject: id,
    details: { chain: asked.chain, transactions: asked.txids.length },
  });
  return id;
}
