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
  /** The addresses of the trace. */
  readonly addresses: ReadonlySet<Address>;
  /** Traced assets by the symbol that people see. */
  readonly symbols: ReadonlyMap<string, AssetId>;
}

/**
 * Movements at followed addresses, after traced value came, that are made to mislead: transfers of nothing, transfers from
 * or forged toward an address that looks like one of the trace, tokens that carry the symbol of a traced asset, and tokens
 * from strangers that the address did nothing to get: it neither gave anything in that transaction nor paid for it. A
 * movement that carried traced value is a hop, whatever it looks like. In chain order up to `decoysMax`; unsolicited tokens,
 * of which there can be any number, only take the places that the others leave.
 * Fails both ways: an honest token may share a symbol, two addresses may look alike by chance, and an honest payment in
 * another token is unsolicited, too.
 */
export function findDecoys(
  facts: Facts,
  hops: readonly Hop[],
  reached: readonly Account[],
  assets: ReadonlySet<AssetId>,
): Decoy[] {
  const addresses = addressesOf(hops);
  const known: Known = {
    lookAlikes: new LookAlikes(addresses),
    tracedAssets: assets,
    addresses,
    symbols: symbolsOf(facts, assets),
  };
  const followed = new Set(hops.map((hop) => `${hop.txid} ${hop.ord}`));
  const found = new Map<string, { movement: Movement; decoy: Decoy }>();
  for (const { address, reached: how } of reached) {
    if (how?.kind !== 'followed' || how.known === null) continue;
    const { movements } = how.known.rows;
    /** Transactions in which the address did something. */
    const own = new Set(movements.flatMap(({ from, txid }) => (from === address ? [txid] : [])));
    for (const movement of movements) {
      if (comparePositions(movement, how.at) <= 0) continue;
      const decoy = judge(movement, address, known, facts) ?? unasked(movement, address, known, own);
      const key = `${movement.txid} ${movement.ord}`;
      if (decoy !== null && !followed.has(key) && !found.has(key)) found.set(key, { movement, decoy });
    }
  }
  const all = [...found.values()].sort((a, b) => comparePositions(a.movement, b.movement));
  if (all.length <= decoysMax) return all.map(({ decoy }) => decoy);
  const telling = all.filter(({ decoy }) => decoy.kind !== 'unsolicited').slice(0, decoysMax);
  const others = all.filter(({ decoy }) => decoy.kind === 'unsolicited').slice(0, decoysMax - telling.length);
  return [...telling, ...others].sort((a, b) => comparePositions(a.movement, b.movement)).map(({ decoy }) => decoy);
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
  const make = (kind: Decoy['kind'], imitates: string | null) => decoyOf(movement, kind, imitates);
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

/** A token that came to an address from a stranger, in a transaction in which the address did nothing. */
function unasked(movement: Movement, at: Address, known: Known, own: ReadonlySet<string>): Decoy | null {
  const { kind, from, to, asset, txid } = movement;
  if (kind !== 'token' || to !== at || own.has(txid) || known.tracedAssets.has(asset)) return null;
  return from !== null && known.addresses.has(from) ? null : decoyOf(movement, 'unsolicited', null);
}

function decoyOf({ txid, from, to, asset, units }: Movement, kind: Decoy['kind'], imitates: string | null): Decoy {
  return { kind, txid, from, to, asset, units, imitates };
}

/** Anyone can have a token say that nothing, or that a worthless token, left an address; value of a traced asset leaves by its holder's will. */
function isForgeable(movement: Movement, known: Known): boolean {
  return movement.kind === 'token' && (movement.units === 0n || !known.tracedAssets.has(movement.asset));
}
