import type { AssetId } from '@gongjo/contract';
import type { Account } from './account.ts';
import { type Entry, isFee, type Move } from './facts.ts';
import { givenAndTaken, type Nets, netsOf } from './nets.ts';
import { compareText, swapRole } from './tags.ts';

/** An exchange of one asset for others that one address makes in one transaction. */
export interface Swap {
  readonly account: Account;
  readonly counterparty: Account;
  /** The counterparty carries a tag of category `dex`. */
  readonly verified: boolean;
  readonly given: { readonly asset: AssetId; readonly units: bigint };
  readonly taken: readonly { readonly asset: AssetId; readonly units: bigint }[];
  /** The assets above; their movements at `account` in this transaction count as the swap and nothing else. */
  readonly assets: ReadonlySet<AssetId>;
  /** Where in the transaction the swap is placed: the first movement by which the address gave. */
  readonly first: Move;
}

export interface SwapPlan {
  readonly swaps: ReadonlyMap<Account, Swap>;
  /** Addresses that gave and took in a shape that is no swap; if traced value leaves them it does so by plain transfers. */
  readonly complex: ReadonlySet<Account>;
  /** Addresses for which the decision needs all movements of the transaction. */
  readonly needTransaction: readonly Account[];
  /** Addresses for which it needs tags of others. */
  readonly needTags: readonly { readonly account: Account; readonly others: readonly Account[] }[];
}

const nothing: SwapPlan = { swaps: new Map(), complex: new Set(), needTransaction: [], needTags: [] };

/**
 * Recognises swaps: in one transaction a followed address A that holds traced value of an asset X nets out exactly X and
 * nets in one or more other assets Y, and some address P nets in X and nets out one of those Y. A's traced share of X then
 * leaves the trace and the same share of each Y enters it, rounded down toward clean. Routers in between are not followed.
 * Among several P a tagged dex is named first, then whoever kept most of X.
 *
 * It is no swap when P, or whoever A gave X to directly, carries a stopping tag: a deposit that returns a receipt ends there.
 * Nor when other traced value of those assets could reach A in the same transaction; such value has a path of its own,
 * which netting would hide.
 *
 * Known ways to fail: the shape also fits a purchase, a loan against collateral and a payment that someone answers in the
 * same transaction, so P without a dex tag is reported; a route over several pools has no single P and is followed as plain
 * transfers; native value that a contract pays out is not in the ledger, so a sale for it does not show as a swap; value of Y
 * that A passes on in the same transaction counts as received less, not as traced at whoever got it.
 *
 * Accounts are looked at as they stand before the transaction.
 */
export function planSwaps(entry: Entry): SwapPlan {
  const candidates = new Set<Account>();
  for (const { from } of entry.moves) if (from?.follows && holdsTraced(from)) candidates.add(from);
  if (candidates.size === 0) return nothing;

  const nets = netsOf(entry.moves);
  const swaps = new Map<Account, Swap>();
  const complex = new Set<Account>();
  const needTransaction: Account[] = [];
  const needTags: { account: Account; others: Account[] }[] = [];
  for (const account of candidates) {
    const { given, taken } = givenAndTaken(nets.get(account) ?? new Map());
    if (taken.length === 0 || !given.some((asset) => holdsTraced(account, asset))) continue;
    const [asset] = given;
    if (asset === undefined || given.length > 1) {
      complex.add(account);
      continue;
    }
    if (!entry.complete) {
      needTransaction.push(account);
      continue;
    }
    const counterparties = counterpartiesOf(nets, account, asset, taken);
    if (counterparties.length === 0) {
      complex.add(account);
      continue;
    }
    const givings = givingsOf(entry, account, asset);
    const receivers = givings.flatMap(({ to }) => (to === null ? [] : [to]));
    const others = [...new Set([...counterparties, ...receivers])];
    const untagged = others.filter((other) => other.tags === null);
    if (untagged.length > 0) {
      needTags.push({ account, others: untagged });
      continue;
    }
    if (others.some((other) => swapRole(other.tags ?? []) === 'stop')) continue;
    const swap = swapOf(givings, nets, account, asset, taken, counterparties);
    if (swap !== null) swaps.set(account, swap);
  }
  rejectReached(entry, swaps, complex);
  return { swaps, complex, needTransaction, needTags };
}

function holdsTraced(account: Account, asset?: AssetId): boolean {
  if (asset !== undefined) return (account.pools.get(asset)?.traced ?? 0n) > 0n;
  for (const pool of account.pools.values()) if (pool.traced > 0n) return true;
  return false;
}

function counterpartiesOf(nets: Nets, account: Account, given: AssetId, taken: readonly AssetId[]): Account[] {
  const found: Account[] = [];
  for (const [other, net] of nets) {
    if (other === account || (net.get(given) ?? 0n) <= 0n) continue;
    if (taken.some((asset) => (net.get(asset) ?? 0n) < 0n)) found.push(other);
  }
  return found;
}

/** The movements by which an address gives an asset to others. */
function givingsOf(entry: Entry, account: Account, asset: AssetId): Move[] {
  return entry.moves.filter(
    ({ movement, from, to }) =>
      from === account && to !== account && movement.asset === asset && movement.units > 0n && !isFee(movement),
  );
}

function swapOf(
  givings: readonly Move[],
  nets: Nets,
  account: Account,
  asset: AssetId,
  taken: readonly AssetId[],
  counterparties: readonly Account[],
): Swap | null {
  const net = nets.get(account);
  const kept = (other: Account) => nets.get(other)?.get(asset) ?? 0n;
  const isDex = (other: Account) => swapRole(other.tags ?? []) === 'dex';
  const [counterparty] = [...counterparties].sort(
    (a, b) =>
      Number(isDex(b)) - Number(isDex(a)) ||
      (kept(a) < kept(b) ? 1 : kept(a) > kept(b) ? -1 : compareText(a.address, b.address)),
  );
  const [first] = givings;
  if (net === undefined || counterparty === undefined || first === undefined) return null;
  return {
    account,
    counterparty,
    verified: isDex(counterparty),
    given: { asset, units: -(net.get(asset) ?? 0n) },
    taken: taken.map((id) => ({ asset: id, units: net.get(id) ?? 0n })),
    assets: new Set([asset, ...taken]),
    first,
  };
}

/**
 * Turns down swaps that other traced value could run into. A swap turned down passes value on itself, so this repeats until
 * nothing changes. It errs toward turning down: it does not ask whether the units that move are the traced ones.
 */
function rejectReached(entry: Entry, swaps: Map<Account, Swap>, complex: Set<Account>): void {
  for (let stable = false; !stable; ) {
    stable = true;
    const reached = new Map<Account, Set<AssetId>>();
    for (const { movement, from, to } of entry.moves) {
      const { asset } = movement;
      if (isFee(movement) || movement.units === 0n || from === null || to === null || from === to) continue;
      if (swaps.get(from)?.assets.has(asset)) continue;
      const carries = reached.get(from)?.has(asset) || (from.follows && holdsTraced(from, asset));
      if (!carries) continue;
      if (swaps.get(to)?.assets.has(asset)) {
        swaps.delete(to);
        complex.add(to);
        stable = false;
        continue;
      }
      const assets = reached.get(to);
      if (assets === undefined) reached.set(to, new Set([asset]));
      else assets.add(asset);
    }
  }
}
