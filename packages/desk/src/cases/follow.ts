import { GongjoError } from '../kernel/index.ts';
import type { Block, Ledger } from '../ledger/index.ts';
import type { Lead, Trace } from '../trace/index.ts';
import type { IncidentFacts } from './incident.store.ts';
import { checkQuestion, traceQuestion } from './question.ts';
import type { Questions } from './rows.ts';

/** Throws `lead-moves-nothing` where the ledger holds these transactions and one of them takes nothing from anyone, or pays nobody. */
export async function checkLead(
  ledger: Ledger,
  { chain, txids }: Pick<IncidentFacts, 'chain' | 'txids'>,
): Promise<void> {
  const coverage = await ledger.coverage(chain);
  if (!coverage) return;
  try {
    await checkQuestion(ledger, { chain, leads: leadsOf(txids) }, coverage.tip);
  } catch (thrown) {
    if (!(thrown instanceof GongjoError && thrown.code === 'transaction-unknown')) throw thrown;
  }
}

/**
 * Follows an incident's stolen value through the ledger as of a block; null while its transactions are not in there. Throws
 * `lead-moves-nothing`.
 */
export async function traceIncident(
  ledger: Ledger,
  { chain, txids }: Pick<IncidentFacts, 'chain' | 'txids'>,
  asOf: Block,
  remembered?: Questions,
): Promise<Trace | null> {
  try {
    return await traceQuestion(ledger, { chain, leads: leadsOf(txids) }, asOf, remembered);
  } catch (thrown) {
    if (thrown instanceof GongjoError && thrown.code === 'transaction-unknown') return null;
    throw thrown;
  }
}

/** An incident's lead is all that its transactions moved. */
function leadsOf(txids: IncidentFacts['txids']): Lead[] {
  return txids.map((txid) => ({ txid, ord: null }));
}
