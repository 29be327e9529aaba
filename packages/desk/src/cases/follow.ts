import { GongjoError } from '../kernel/index.ts';
import type { Block, Ledger } from '../ledger/index.ts';
import { answer, type Trace, trace } from '../trace/index.ts';
import type { IncidentFacts } from './incident.store.ts';
import { ledgerRows, type Questions } from './rows.ts';

/** Follows an incident's stolen value through the ledger as of a block; null while its transactions are not in there. */
export async function traceIncident(
  ledger: Ledger,
  { chain, txids }: Pick<IncidentFacts, 'chain' | 'txids'>,
  asOf: Block,
  remembered?: Questions,
): Promise<Trace | null> {
  try {
    return await answer(trace({ chain, lead: txids }), ledgerRows(ledger, asOf, remembered));
  } catch (thrown) {
    if (thrown instanceof GongjoError && thrown.code === 'transaction-unknown') return null;
    throw thrown;
  }
}
