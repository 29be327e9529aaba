import type { Address, AssetId } from '@gongjo/contract';
import { comparePositions } from '../kernel/index.ts';
import type { Movement } from '../ledger/index.ts';
import type { Account } from './account.ts';
import { type Facts, isFee } from './facts.ts';
import { LookAlikes, seenSymbol } from './look-alike.ts';
import type { Decoy, Hop } from './model.ts';

/** Enough to show that someone plays tricks; a spammed address sees tens of thousands, which nobody reads. */
const decoysMax = 1_000;

interface Known {
  readonly lookAlikes: LookAlikes;
  readonly tracedAssets: ReadonlySet<AssetId>;
  /** Traced assets by the symbol that people see. */
  readonly symbols: ReadonlyMap<string, AssetId>;
}

/**
 * Movements at followed addresses, after traced value came, that are made to mislead: transfers of nothing, transfers from
 * or forged toward an address that looks like one of the trace, and tokens that carry the symbol of a traced asset. A
 * movement that carried traced value is a hop, whatever it looks like. The first `decoysMax` in chain order.
 * Fails both ways: an honest token may share a symbol, and two addresses may look alike by chance.
 */
export function findDecoys(
  facts: Facts,
  hops: readonly Hop[],
  reached: readonly Account[],
  assets: ReadonlySet<AssetId>,
): Decoy[] {
  const known: Known = {
    lookAlikes: new LookAlikes(addressesOf(hops)),
    tracedAssets: assets,
    symbols: symbolsOf(facts, assets),
  };
  const followed = new Set(hops.map((hop) => `${hop.txid} ${hop.ord}`));
  const found = new Map<string, { movement: Movement; decoy: Decoy }>();
  for (const { address, reached: how } of reached) {
    if (how?.kind !== 'followed' || how.known === null) continue;
    for (const movement of how.known.rows.movements) {
      if (comparePositions(movement, how.at) <= 0) continue;
      const decoy = judge(movement, address, known, facts);
      const key = `${movement.txid} ${movement.ord}`;
      if (decoy !== null && !followed.has(key) && !found.has(key)) found.set(key, { movement, decoy });
    }
  }
  return [...found.values()]
    .sort((a, b) => comparePositions(a.movement, b.movement))
    .slice(0, decoysMax)
    .map(({ decoy }) => decoy);
}

function addressesOf(hops: readonly Hop[]): Set<Address> {
  const addresses = new Set<Address>();
  for (const { from, to } of hops) {
    if (from !== null) addresses.add(from);
    if (to !== null) addresses.add(to);
  }
  return addresses;
}

function symbolsOf(facts: Facts, assets: ReadonlySet<AssetId>): Map<string, AssetId> {
  const symbols = new Map<string, AssetId>();
  for (const id of [...assets].sort()) {
    const symbol = seenSymbol(facts.asset(id)?.symbol ?? '');
    if (symbol !== '' && !symbols.has(symbol)) symbols.set(symbol, id);
  }
  return symbols;
}

/** The most telling kind wins: whom it imitates, then which token, then that it moves nothing. */
function judge(movement: Movement, at: Address, known: Known, facts: Facts): Decoy | null {
  if (isFee(movement) || movement.from === movement.to) return null;
  const make = (kind: Decoy['kind'], imitates: string | null): Decoy => ({
    kind,
    txid: movement.txid,
    from: movement.from,
    to: movement.to,
    asset: movement.asset,
    units: movement.units,
    imitates,
  });
  const arrives = movement.to === at;
  const other = arrives ? movement.from : movement.to;
  const imitated = other === null ? null : known.lookAlikes.imitatedBy(other);
  if (imitated !== null && (arrives || isForgeable(movement, known))) return make('look-alike-address', imitated);
  if (!known.tracedAssets.has(movement.asset)) {
    const symbol = known.symbols.get(seenSymbol(facts.asset(movement.asset)?.symbol ?? ''));
    if (symbol !== undefined) return make('look-alike-symbol', symbol);
  }
  if (movement.units > 0n) return null;
  // Coin that an address sends itself is its own doing, and every call of a contract is a transfer of no coin.
  return movement.kind === 'token' || (arrives && !movement.call) ? make('zero-value', null) : null;
}

/** Anyone can have a token say that nothing, or that a worthless token, left an address; value of a traced asset leaves by its holder's will. */
function isForgeable(movement: Movement, known: Known): boolean {
  return movement.kind === 'token' && (movement.units === 0n || !known.tracedAssets.has(movement.asset));
}
