import type { AssetId, ChainId, Instant, MatchCertainty, MatchReason, ReportedAddress, TxId } from '@gongjo/contract';
import { type Directory, findByName, plainName } from '../directory/index.ts';
import { epochMs } from '../kernel/index.ts';

/** What two reports are compared by. */
export interface Comparable {
  /** What is known to have moved; a report on several chains has several. */
  readonly moved: readonly {
    readonly chain: ChainId;
    readonly txids: readonly TxId[];
    readonly addresses: readonly ReportedAddress[];
    readonly amounts: readonly { readonly asset: AssetId; readonly units: string }[];
  }[];
  readonly victim: string | null;
  /** When it happened, as well as anybody has said; else when it was reported. */
  readonly at: Instant;
}

export interface Likeness {
  readonly certainty: MatchCertainty;
  readonly reasons: readonly MatchReason[];
}

/**
 * Two reports of one theft give the time by different clocks and from memory: when it was noticed, when the desk was told.
 * Upbit's of 27 November 2025 lay ten hours apart; two days leave room for a weekend's shift.
 */
export const SAME_TIME_MS = 48 * 3_600_000;

/** Amounts differ by a fee or by rounding: one part in a hundred. */
const AMOUNT_TOLERANCE = 100n;

/**
 * Whether two reports may be about one incident. One lead transaction in common: certain, for a transaction happens once.
 * The same victim at the same time, with an address or an amount in common: probable, a person decides. Anything less in
 * common is only pointed out. Victims are the same where the directory knows both names for one holder, or where the names
 * are written the same. Known to fail: a victim named by its operator in one report and by its brand in the other, where the
 * directory does not know that they belong together; two thefts from one victim within the same two days are proposed as one.
 */
export function likenessOf(a: Comparable, b: Comparable, directory: Directory): Likeness | null {
  const reasons: MatchReason[] = [];
  const isLead = pairs(a, b).some(([x, y]) => x.txids.some((txid) => y.txids.includes(txid)));
  if (isLead) reasons.push('same-lead');
  if (pairs(a, b).some(([x, y]) => x.addresses.some((it) => y.addresses.some((other) => it.address === other.address))))
    reasons.push('same-address');
  if (pairs(a, b).some(([x, y]) => x.amounts.some((it) => y.amounts.some((other) => isSameAmount(it, other)))))
    reasons.push('same-amount');
  const isVictim = a.victim !== null && b.victim !== null && isSameHolder(a.victim, b.victim, directory);
  const isTime = Math.abs(epochMs(a.at) - epochMs(b.at)) <= SAME_TIME_MS;
  const isAlike = reasons.includes('same-address') || reasons.includes('same-amount');
  if (isVictim) reasons.push('same-victim');
  if (isTime) reasons.push('same-time');
  if (isLead) return { certainty: 'certain', reasons };
  if (isVictim && isTime && isAlike) return { certainty: 'probable', reasons };
  // Amounts and times are alike by chance; addresses are not.
  return reasons.includes('same-address') ? { certainty: 'related', reasons } : null;
}

function pairs(a: Comparable, b: Comparable) {
  return a.moved.flatMap((x) => b.moved.filter(({ chain }) => chain === x.chain).map((y) => [x, y] as const));
}

function isSameAmount(a: { asset: AssetId; units: string }, b: { asset: AssetId; units: string }): boolean {
  if (a.asset !== b.asset) return false;
  const [low, high] = [BigInt(a.units), BigInt(b.units)].sort((x, y) => (x < y ? -1 : 1)) as [bigint, bigint];
  return low > 0n && (high - low) * AMOUNT_TOLERANCE <= high;
}

function isSameHolder(a: string, b: string, { book }: Directory): boolean {
  const plain = plainName(a);
  if (plain !== '' && plain === plainName(b)) return true;
  const known = new Set(written(book, a));
  return written(book, b).some((id) => known.has(id));
}

/** Names that only sound alike are no ground to call two victims one. */
function written(book: Directory['book'], name: string): string[] {
  return findByName(book, name).flatMap(({ id, match }) => (match === 'romanised' ? [] : [id]));
}
