import { GongjoError } from '../kernel/index.ts';
import type { Block, Ledger } from '../ledger/index.ts';
import { type Ask, answer, type Rows, type Trace, trace } from '../trace/index.ts';
import type { IncidentFacts } from './incident.store.ts';

/** Answers a trace's requests from the ledger, all as of one block. */
export function ledgerRows(ledger: Ledger, asOf: Block): (ask: Ask) => Promise<Rows> {
  const { chain } = asOf;
  return async (ask) => {
    const [coverage, transactions, accounts, tags, assets] = await Promise.all([
      ledger.coverage(chain),
      ledger.transactions(chain, ask.transactions, asOf.height),
      ledger.accounts(chain, ask.accounts, ask.movementsMax, asOf.height),
      ledger.tags(chain, ask.tags),
      ledger.assets(ask.assets),
    ]);
    return {
      coverage: { chain, from: coverage?.from ?? asOf.height, tip: asOf },
      transactions,
      accounts,
      tags,
      assets,
    };
  };
}

/** Follows an incident's stolen value through the ledger as of a block; null while its transactions are not in there. */
export async function traceIncident(
  ledger: Ledger,
  { chain, txids }: Pick<IncidentFacts, 'chain' | 'txids'>,
  asOf: Block,
): Promise<Trace | null> {
  try {
    return await answer(trace({ chain, lead: txids }), ledgerRows(ledger, asOf));
  } catch (thrown) {
    if (thrown instanceof GongjoError && thrown.code === 'transaction-unknown') return null;
    throw thrown;
  }
}
