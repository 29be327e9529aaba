import type { Address, ChainId } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import { addressOn } from '../ledger/index.ts';
import type { Db } from '../platform/index.ts';
import { chainOf, type StixObject, walletPatternAddresses } from '../stix/index.ts';

/** A desk had an indicator for an address from then on. */
export interface Warned {
  /** A partner; null is this desk. */
  readonly desk: string | null;
  readonly chain: ChainId;
  readonly address: Address;
  readonly at: string;
}

/** An incident of a thousand addresses has as many indicators; more would not be read at once. */
const indicatorsMax = 20_000;

/**
 * Which desks had indicators of these incidents, and since when: this desk since it kept them, a partner since its signed
 * receipt. Stored facts alone: a warning that nobody confirmed does not count.
 */
export async function warningsOf(db: Db, incidents: readonly string[]): Promise<Warned[]> {
  const kept = await db.query<{ id: string; body: string; added: Date }>(
    `select id, min(body) as body, min(added_at) as added from shared_objects
     where incident = any($1) and type = 'indicator' group by id order by min(added_seq) limit $2`,
    [incidents, indicatorsMax],
  );
  const receipts = await db.query<{ partner: string; id: string; at: string }>(
    `select d.partner, o ->> 'id' as id, min(d.receipt ->> 'at') as at
     from deliveries d cross join lateral jsonb_array_elements(d.objects) as o
     where d.direction = 'out' and d.state = 'delivered' and d.receipt is not null and d.incident = any($1)
       and o ->> 'type' = 'indicator' group by d.partner, o ->> 'id'`,
    [incidents],
  );
  const byIndicator = Map.groupBy(receipts, ({ id }) => id);
  return kept.flatMap(({ id, body, added }) => {
    const object = JSON.parse(body) as StixObject;
    const chain = chainOf(object);
    if (!chain) return [];
    const addresses = (walletPatternAddresses(String(object.pattern)) ?? []).flatMap(
      (text) => addressOn(chain, text) ?? [],
    );
    const known = [
      { desk: null, at: instant(added.getTime()) },
      ...(byIndicator.get(id) ?? []).map(({ partner, at }) => ({ desk: partner, at })),
    ];
    return addresses.flatMap((address) => known.map((it) => ({ ...it, chain, address })));
  });
}
