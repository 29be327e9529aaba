import type { AssetId } from '@gongjo/contract';
import type { BlockEntry, LedgerWriter } from '../ledger/index.ts';
import type { Prepare } from './connection.ts';
import { type FollowOptions, follow } from './follow.ts';
import type { Progress } from './meter.ts';
import type { AccountReader } from './reader.ts';

/** Assets remembered as known, to ask the ledger less; forgotten as a whole when there are this many (about 30 MB). */
const KNOWN_ASSETS_MAX = 200_000;

/** The symbol of what did not say one, or was read from files, where nobody can be asked; it may answer now. */
const UNDESCRIBED = '?';

export interface FollowAccountsOptions extends Omit<FollowOptions<BlockEntry, AccountReader>, 'ledger' | 'prepare'> {
  readonly ledger: LedgerWriter;
}

/** `follow` for a chain of accounts: every asset is in the ledger before the first movement that names it. */
export async function followAccounts(options: FollowAccountsOptions): Promise<Progress | null> {
  return follow({ ...options, prepare: describeNewAssets(options.ledger) });
}

function describeNewAssets(ledger: LedgerWriter): Prepare<BlockEntry, AccountReader> {
  const known = new Set<AssetId>();
  return async (reader, entries, signal) => {
    const named = assetsIn(entries);
    const unsure = [...named].filter((id) => !known.has(id));
    const inLedger = unsure.length === 0 ? null : await ledger.assets(unsure);
    const unknown = unsure.filter((id) => (inLedger?.get(id)?.symbol ?? UNDESCRIBED) === UNDESCRIBED);
    const assets = unknown.length === 0 ? [] : await reader.describe(unknown, signal);
    return async () => {
      if (assets.length > 0) await ledger.putAssets(assets);
      if (known.size > KNOWN_ASSETS_MAX) known.clear();
      for (const id of named) known.add(id);
    };
  };
}

function assetsIn(entries: readonly BlockEntry[]): Set<AssetId> {
  return new Set(entries.flatMap(({ movements }) => movements.map(({ asset }) => asset)));
}
