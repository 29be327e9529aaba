import type { AlertRule } from '@gongjo/contract';
import { endsReached, type Stop, type Trace } from '../../trace/index.ts';
import type { Finding } from './model.ts';

const rules = {
  service: 'deposit-to-service',
  mixer: 'mixer-entry',
  coinjoin: 'coinjoin-entry',
  bridge: 'bridge-entry',
} as const satisfies Partial<Record<Stop['kind'], AlertRule>>;

const kinds: ReadonlySet<Stop['kind']> = new Set(['service', 'mixer', 'coinjoin', 'bridge']);

/**
 * `deposit-to-service`, `mixer-entry`, `coinjoin-entry`, `bridge-entry`: followed value came to where a trace ends. Deposits to
 * services are where value can be held: FATF, "Updated Guidance for a Risk-Based Approach to Virtual Assets and VASPs", 2021,
 * red flags; mixers, CoinJoins and chain hopping: FATF, "Virtual Assets Red Flag Indicators of Money Laundering and Terrorist
 * Financing", 2020, indicators of anonymity. CoinJoins are told by their shape (`ledger`'s verdict, with its papers there).
 *
 * Fails: as the tag fails, or the shape; under FIFO another part of a mixed balance may be what arrived. No bounds: without
 * followed value nothing arrives, so on a day that no trace touches it says nothing.
 */
export function arrival(trace: Pick<Trace, 'hops' | 'stops'>): Finding[] {
  return endsReached(trace, kinds).flatMap(({ hop, stop }) => {
    const rule = (rules as Partial<Record<Stop['kind'], AlertRule>>)[stop.kind];
    if (rule === undefined || (stop.tag === null && stop.kind !== 'coinjoin')) return [];
    return [{ rule, at: hop, ...(stop.tag === null ? {} : { tag: stop.tag }) }];
  });
}
