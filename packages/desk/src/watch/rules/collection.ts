import type { Address } from '@gongjo/contract';
import { epochMs } from '../../kernel/index.ts';
import { hopKey, joinedHops, type Trace } from '../../trace/index.ts';
import type { Finding } from './model.ts';

/** Fewer than five senders are a family; the addresses of one layering round are tens. */
const sendersMin = 5;
const windowMs = 7 * 24 * 3_600_000;

/**
 * `collection`: followed value of one incident comes together again, from five addresses or more, at one that no tag stops, in
 * a week. Funds "from multiple virtual asset wallets" into one, and out of it at once: FATF, "Virtual Assets Red Flag
 * Indicators of Money Laundering and Terrorist Financing", 2020. A thief that gathers before the exchange shows the account to
 * ask about.
 *
 * Fails: a deposit address or hot wallet of a service that no tag names looks the same; then the alert is a hint that a tag
 * is missing. Said of the fifth sender, and again each time the number doubles.
 */
export function collection(trace: Pick<Trace, 'hops' | 'stops'>): Finding[] {
  const services = new Set(trace.stops.filter(({ tag }) => tag !== null).map(({ address }) => address));
  // Not joined: on chains of outputs one transaction brings the value of many senders.
  const moves = trace.hops.filter(
    ({ rule, from, to }) => rule !== 'fee' && rule !== 'swap' && from !== null && to !== null && from !== to,
  );
  const found: Finding[] = [];
  for (const hops of Map.groupBy(moves, ({ to }) => to).values()) {
    const [first] = hops;
    if (first === undefined || services.has(first.to) || hops.length < sendersMin) continue;
    const joined = new Map(joinedHops(hops).map((hop) => [hopKey(hop), hop]));
    const byTime = [...hops].sort((a, b) => epochMs(a.time) - epochMs(b.time) || a.id - b.id);
    let wanted = sendersMin;
    for (const [at, last] of byTime.entries()) {
      const senders = new Set<Address | null>();
      let since = last.time;
      for (let before = at; before >= 0; before -= 1) {
        const hop = byTime[before];
        if (hop === undefined || epochMs(last.time) - epochMs(hop.time) > windowMs) break;
        senders.add(hop.from);
        since = hop.time;
      }
      if (senders.size < wanted) continue;
      found.push({ rule: 'collection', at: joined.get(hopKey(last)) ?? last, count: wanted, since });
      wanted *= 2;
    }
  }
  return found;
}
