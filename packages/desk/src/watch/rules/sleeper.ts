import type { Address, Instant } from '@gongjo/contract';
import { epochMs } from '../../kernel/index.ts';
import type { Hit } from '../screen/hit.ts';
import { type Finding, onAccountOf } from './model.ts';

/** Thieves of 2016 moved in 2022, and those of 2022 wait months; most exchanges of value between people rest for days. */
const stillMinMs = 90 * 24 * 3_600_000;

/**
 * `sleeper-wakes`: a watched address sends value, and neither sent nor received any in the ninety days before. Bitfinex's coins
 * of August 2016 lay still until January 2022 (US Department of Justice, 8 February 2022); dormant addresses that become
 * active: FATF, "Virtual Assets Red Flag Indicators of Money Laundering and Terrorist Financing", 2020.
 *
 * Fails: holders for the long term move, too; dust that a stranger sends ends a rest, so what lies under dust is missed; where
 * the ledger starts later than the rest, nothing is said.
 *
 * @param lastBefore when each address was last seen before this movement; an address that the ledger first sees now is left out
 */
export function sleeper(hits: readonly Hit[], lastBefore: ReadonlyMap<Address, Instant>): Finding[] {
  const found = new Map<string, Finding>();
  for (const hit of hits) {
    const { movement, address, incident, watch } = hit;
    const last = lastBefore.get(address);
    if (movement.from !== address || movement.units === 0n || last === undefined) continue;
    if (epochMs(movement.time) - epochMs(last) < stillMinMs) continue;
    const key = [movement.txid, address, incident, watch?.id].join('|');
    if (!found.has(key))
      found.set(key, {
        rule: 'sleeper-wakes',
        at: movement,
        subject: address,
        since: last,
        ...onAccountOf(hit),
      });
  }
  return [...found.values()];
}
