import type { AssetId } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import type { Account } from './account.ts';
import type { Entry } from './facts.ts';
import { netsOf } from './nets.ts';

/** What a lead took: so many units of an asset from an address. */
export interface Taken {
  readonly account: Account;
  readonly asset: AssetId;
  readonly units: bigint;
}

/**
 * Whoever has less of an asset after the transaction than before, fees left out, is an owner from whom the difference was
 * taken. Where the transaction is an exchange, both sides are owners and both ways are followed.
 * Throws `lead-moves-nothing` when there is no owner, e.g. for a call that only pays its fee.
 */
export function takenIn(entry: Entry): Taken[] {
  const taken: Taken[] = [];
  for (const [account, net] of netsOf(entry.moves)) {
    for (const [asset, units] of net) if (units < 0n) taken.push({ account, asset, units: -units });
  }
  if (taken.length === 0) throw new GongjoError('lead-moves-nothing', { txid: entry.txid });
  return taken;
}
