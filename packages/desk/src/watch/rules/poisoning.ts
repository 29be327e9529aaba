import type { Address } from '@gongjo/contract';
import type { Touch } from '../../ledger/index.ts';
import { LookAlikes } from '../../trace/index.ts';
import type { Hit } from '../screen/hit.ts';
import { type Finding, onAccountOf } from './model.ts';

/**
 * `address-poisoning`: at a watched address, a movement of nothing, or of less than a thousandth of what it usually moves in
 * that asset, with an address that begins and ends as one it has dealt with. The next payment is meant to be copied to the
 * wrong one. Tsuchiya, Dong, Soska, Christin, "Blockchain Address Poisoning", USENIX Security 2025, which counts 270 million
 * attempts on Ethereum and BSC. Digits compared: `LookAlikes`.
 *
 * Fails: a second address with the same ends, by chance once in four thousand million; imitations of fewer digits are not seen.
 *
 * @param dealtWith of each watched address, whom it paid or was paid by before, and the largest amount by asset
 */
export function poisoning(hits: readonly Hit[], dealtWith: ReadonlyMap<Address, Dealings>): Finding[] {
  return hits.flatMap((hit) => {
    const { movement, address } = hit;
    const known = dealtWith.get(address);
    const other = movement.from === address ? movement.to : movement.from;
    if (!known || other === null || other === address || !isWorthless(movement, known)) return [];
    if (known.lookAlikes.imitatedBy(other) === null) return [];
    return [{ rule: 'address-poisoning', at: movement, subject: other, ...onAccountOf(hit) }];
  });
}

export interface Dealings {
  readonly lookAlikes: LookAlikes;
  readonly largest: ReadonlyMap<Touch['asset'], bigint>;
}

const dustShare = 1000n;

function isWorthless({ units, asset }: Touch, { largest }: Dealings): boolean {
  const usual = largest.get(asset);
  return units === 0n || usual === undefined || units * dustShare <= usual;
}

/** What an address's movements say of whom it deals with: only those that moved something worth of note make a counterparty. */
export function dealingsOf(address: Address, movements: readonly Touch[]): Dealings {
  const largest = new Map<Touch['asset'], bigint>();
  for (const { asset, units } of movements) if (units > (largest.get(asset) ?? 0n)) largest.set(asset, units);
  const known = new Set<Address>();
  for (const movement of movements) {
    const other = movement.from === address ? movement.to : movement.from;
    if (
      other !== null &&
      other !== address &&
      movement.units > 0n &&
      movement.units * dustShare > (largest.get(movement.asset) ?? 0n)
    )
      known.add(other);
  }
  return { lookAlikes: new LookAlikes(known), largest };
}
