import { GongjoError } from '../kernel/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { IncidentFacts } from './incident.store.ts';
import { leadsOf } from './live.ts';
import { checkQuestion } from './question.ts';

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
