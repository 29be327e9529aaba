import { GongjoError } from '../kernel/index.ts';
import type { Block, Ledger } from '../ledger/index.ts';
import { type Lead, type Trace, trace } from '../trace/index.ts';
import type { IncidentFacts } from './incident.store.ts';
import { traceQuestion } from './question.ts';
import { ledgerRows, type Questions } from './rows.ts';

/** Throws `lead-moves-nothing` where the ledger holds these transactions and one of them takes nothing from anyone. */
export async function checkLead(
  ledger: Ledger,
  { chain, txids }: Pick<IncidentFacts, 'chain' | 'txids'>,
): Promise<void> {
  const coverage = await ledger.coverage(chain);
  if (!coverage) return;
  const run = trace({ chain, leads: leadsOf(txids) });
  const asked = run.next();
  if (asked.done) return;
  const rows = await ledgerRows(ledger, coverage.tip)(asked.value);
  try {
    // What the lead took is the first thing that a trace finds out.
    run.next(rows);
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
