import type { Address, ChainId } from '@gongjo/contract';
import type { Ledger } from '../../ledger/index.ts';
import type { Clock, Db } from '../../platform/index.ts';
import { type OrderedWatch, standingWatches } from '../order.store.ts';
import type { Account } from './hit.ts';

/** Embedded records answer on the desk's own thread: this many take 50 ms, in which nothing else is answered. */
const addressesPerQueryMax = 20_000;

export interface ConfirmParts {
  readonly ledger: Pick<Ledger, 'listsOf' | 'tags'>;
  readonly clock: Clock;
}

/** On whose account each of these addresses is watched now, as the stores say, in a fixed order. */
export async function confirmed(
  db: Db,
  { ledger, clock }: ConfirmParts,
  chain: ChainId,
  asked: readonly Address[],
): Promise<Map<Address, Account[]>> {
  const found = new Map<Address, Account[]>();
  const add = (address: Address, account: Account) => {
    const accounts = found.get(address);
    if (accounts) accounts.push(account);
    else found.set(address, [account]);
  };
  const ordered = (await standingWatches(db, clock)).filter((watch) => watch.chain === chain);
  const byId = new Map(ordered.map((watch) => [watch.id, watch]));
  for (let at = 0; at < asked.length; at += addressesPerQueryMax) {
    const rows = await db.query<{ address: Address; incident: string; source: 'trace' | 'indicator' | 'address' }>(
      'select address, incident, source from watched_addresses where chain = $1 and address = any($2) order by address, incident, source',
      [chain, asked.slice(at, at + addressesPerQueryMax)],
    );
    for (const { address, incident, source } of rows) {
      if (source !== 'address') add(address, { source, incident, watch: null });
      else {
        const watch = byId.get(incident);
        if (watch) add(address, ofWatch(watch));
      }
    }
  }
  const lists = new Map(ordered.filter(({ kind }) => kind === 'list').map((watch) => [watch.number, watch]));
  if (lists.size > 0)
    for (const [address, numbers] of await ledger.listsOf(chain, asked))
      for (const number of numbers) {
        const watch = lists.get(number);
        if (watch) add(address, ofWatch(watch));
      }
  const categories = ordered.filter(({ kind }) => kind === 'category');
  if (categories.length > 0)
    for (const [address, tags] of await ledger.tags(chain, asked))
      for (const watch of categories) if (tags.some((tag) => isOf(watch, tag))) add(address, ofWatch(watch));
  return found;
}

/** Whoever is on a sanctions list is sanctioned, whatever else the tag says that it is. */
function isOf(
  watch: OrderedWatch,
  { category, abuse }: { readonly category: string; readonly abuse?: string | undefined },
): boolean {
  return category === watch.category || (watch.category === 'sanctioned' && abuse === 'sanction');
}

function ofWatch({ number: _, ...watch }: OrderedWatch): Account {
  return { source: watch.kind, incident: null, watch };
}
