import type { Address, AssetId, Stop } from '@gongjo/contract';
import { coin } from './assets.ts';

/**
 * What a transaction does to balances, as the script that wrote it knows: nothing here is read from the chain's events,
 * so that a lying event deceives only who reads events.
 */
export type Effect =
  | { readonly kind: 'mint'; readonly asset: AssetId; readonly to: Address; readonly units: bigint }
  | {
      readonly kind: 'move';
      readonly asset: AssetId;
      readonly from: Address;
      readonly to: Address;
      readonly units: bigint;
    }
  | { readonly kind: 'burn'; readonly asset: AssetId; readonly from: Address; readonly units: bigint }
  | {
      readonly kind: 'swap';
      readonly trader: Address;
      readonly pool: Address;
      readonly give: AssetId;
      readonly get: AssetId;
      readonly units: bigint;
    };

/** One mined transaction: its fee, then its effects in order. `lead`: all that it moves is stolen. */
export interface Entry {
  readonly sender: Address;
  readonly lead: boolean;
  readonly effects: readonly Effect[];
  readonly tipUnits: bigint;
  readonly burnUnits: bigint;
  readonly miner: Address;
}

export interface ExpectedStop {
  readonly kind: Extract<Stop['kind'], 'unspent' | 'mixer' | 'service' | 'fee' | 'burned'>;
  /** Null for fees and for what was destroyed. */
  readonly address: Address | null;
  readonly units: bigint;
}

/** `lead + swappedIn = swappedOut + Σ stops`, per asset. */
export interface ExpectedBalance {
  readonly asset: AssetId;
  readonly lead: bigint;
  readonly swappedIn: bigint;
  readonly swappedOut: bigint;
  readonly stops: readonly ExpectedStop[];
}

export interface Book {
  enter(entry: Entry): void;
  /** All that the address holds, stolen or not; negative where it held something before the first entry. */
  balance(asset: AssetId, address: Address): bigint;
  /** What the pool pays for `units`: x·y = k after a fee of 0.3 %, as `Pool.sol`. */
  quote(pool: Address, give: AssetId, get: AssetId, units: bigint): bigint;
  /**
   * Where the stolen value is, for a desk to which these addresses are tagged as services besides those that every desk
   * knows: before the exchange sweeps, a desk without the deposit addresses' tags says "unspent" there.
   */
  expected(alsoServices?: ReadonlySet<Address>): ExpectedBalance[];
}

/** Places that end a trace for every desk: what goes in is counted as stopped there, what comes out is somebody's. */
export type Ends = ReadonlyMap<Address, 'mixer' | 'service'>;

/** Value of one origin; `stolen` or not. An account is a queue of lots, the oldest first. */
interface Lot {
  units: bigint;
  readonly stolen: boolean;
}

/**
 * The script's own account of its theft: first in, first out over every address and asset from the first block on. It
 * walks forward through everything that happens, unlike a trace, which asks backwards for what it needs; so the two
 * agree only if both are right.
 */
export function createBook(ends: Ends): Book {
  const accounts = new Map<AssetId, Map<Address, Lot[]>>();
  const shortfalls = new Map<AssetId, Map<Address, bigint>>();
  const totals = new Map<
    AssetId,
    { lead: bigint; swappedIn: bigint; swappedOut: bigint; fee: bigint; burned: bigint }
  >();
  const ended = new Map<AssetId, Map<Address, bigint>>();

  const lotsOf = (asset: AssetId, address: Address): Lot[] => inner(accounts, asset, address, () => []);
  const totalsOf = (asset: AssetId) =>
    getOrMake(totals, asset, () => ({ lead: 0n, swappedIn: 0n, swappedOut: 0n, fee: 0n, burned: 0n }));

  /** Takes the oldest lots; what is missing was there before the book began and is not stolen. */
  function take(asset: AssetId, address: Address, units: bigint): Lot[] {
    const lots = lotsOf(asset, address);
    const taken: Lot[] = [];
    let missing = units;
    while (missing > 0n) {
      const oldest = lots[0];
      if (oldest === undefined) {
        const before = inner(shortfalls, asset, address, () => 0n);
        getOrMake(shortfalls, asset, () => new Map<Address, bigint>()).set(address, before + missing);
        taken.push({ units: missing, stolen: false });
        break;
      }
      let part = missing;
      if (oldest.units < missing) part = oldest.units;
      taken.push({ units: part, stolen: oldest.stolen });
      oldest.units -= part;
      missing -= part;
      if (oldest.units === 0n) lots.shift();
    }
    return taken;
  }

  function put(asset: AssetId, address: Address, given: readonly Lot[]): void {
    const end = ends.has(address);
    const lots = lotsOf(asset, address);
    for (const lot of given) {
      if (end && lot.stolen) {
        const stopped = getOrMake(ended, asset, () => new Map<Address, bigint>());
        stopped.set(address, (stopped.get(address) ?? 0n) + lot.units);
      }
      if (lot.units > 0n) lots.push({ units: lot.units, stolen: lot.stolen && !end });
    }
  }

  function balance(asset: AssetId, address: Address): bigint {
    return sumOf(lotsOf(asset, address)) - inner(shortfalls, asset, address, () => 0n);
  }

  function quote(pool: Address, give: AssetId, get: AssetId, units: bigint): bigint {
    const counted = units * 997n;
    return (counted * balance(get, pool)) / (balance(give, pool) * 1000n + counted);
  }

  function apply(effect: Effect, lead: boolean): void {
    switch (effect.kind) {
      case 'mint':
        put(effect.asset, effect.to, [{ units: effect.units, stolen: false }]);
        return;
      case 'move': {
        const taken = take(effect.asset, effect.from, effect.units);
        if (lead) totalsOf(effect.asset).lead += effect.units;
        put(effect.asset, effect.to, lead ? [{ units: effect.units, stolen: true }] : taken);
        return;
      }
      case 'burn':
        totalsOf(effect.asset).burned += stolenIn(take(effect.asset, effect.from, effect.units));
        return;
      case 'swap': {
        const paid = quote(effect.pool, effect.give, effect.get, effect.units);
        const given = take(effect.give, effect.trader, effect.units);
        const stolen = stolenIn(given);
        // Carried in proportion, rounded down: a desk never claims more than the share that was stolen.
        const carried = (paid * stolen) / effect.units;
        put(effect.give, effect.pool, [{ units: effect.units, stolen: false }]);
        take(effect.get, effect.pool, paid);
        put(effect.get, effect.trader, [
          { units: carried, stolen: true },
          { units: paid - carried, stolen: false },
        ]);
        totalsOf(effect.give).swappedOut += stolen;
        totalsOf(effect.get).swappedIn += carried;
        return;
      }
    }
  }

  return {
    balance,
    quote,
    enter: (entry) => {
      // The fee first, as the EVM buys gas before it runs. What a theft costs in fees is not part of what it takes.
      totalsOf(coin).burned += stolenIn(take(coin, entry.sender, entry.burnUnits));
      totalsOf(coin).fee += stolenIn(take(coin, entry.sender, entry.tipUnits));
      put(coin, entry.miner, [{ units: entry.tipUnits, stolen: false }]);
      for (const effect of entry.effects) apply(effect, entry.lead);
    },
    expected: (alsoServices = new Set()) =>
      [...totals]
        .filter(([, total]) => total.lead > 0n || total.swappedIn > 0n)
        .map(([asset, total]) => {
          const stops: ExpectedStop[] = [];
          for (const [address, units] of ended.get(asset) ?? []) {
            stops.push({ kind: ends.get(address) ?? 'service', address, units });
          }
          for (const [address, lots] of accounts.get(asset) ?? []) {
            const units = stolenIn(lots);
            if (units > 0n) stops.push({ kind: alsoServices.has(address) ? 'service' : 'unspent', address, units });
          }
          if (total.fee > 0n) stops.push({ kind: 'fee', address: null, units: total.fee });
          if (total.burned > 0n) stops.push({ kind: 'burned', address: null, units: total.burned });
          const { lead, swappedIn, swappedOut } = total;
          return { asset, lead, swappedIn, swappedOut, stops };
        })
        // What was stolen first, then what it was swapped for.
        .sort((a, b) => Number(a.lead === 0n) - Number(b.lead === 0n)),
  };
}

function sumOf(lots: readonly Lot[]): bigint {
  return lots.reduce((sum, lot) => sum + lot.units, 0n);
}

function stolenIn(lots: readonly Lot[]): bigint {
  return sumOf(lots.filter((lot) => lot.stolen));
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function inner<K, L, V>(map: Map<K, Map<L, V>>, outer: K, key: L, make: () => V): V {
  return getOrMake(
    getOrMake(map, outer, () => new Map<L, V>()),
    key,
    make,
  );
}
