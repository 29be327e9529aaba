import type { Address, Tag } from '@gongjo/contract';
import type { Hit } from '../screen/hit.ts';
import { type Finding, onAccountOf } from './model.ts';

/**
 * `sanctioned-counterparty`: a watched address pays, or is paid by, an address that a tag says is on a sanctions list. OFAC,
 * "Sanctions Compliance Guidance for the Virtual Currency Industry", October 2021: screening of addresses on the SDN list.
 *
 * Fails: dust that strangers send from a sanctioned address (as after Tornado Cash was listed) is no dealing; a tag that its
 * list has taken back stays until the list is imported again. On chains of outputs the other end of a movement is not told,
 * so the rule speaks of chains of accounts.
 */
export function sanctioned(hits: readonly Hit[], tags: ReadonlyMap<Address, readonly Tag[]>): Finding[] {
  return hits.flatMap((hit) => {
    const { movement, address, source } = hit;
    const other = movement.from === address ? movement.to : movement.from;
    if (other === null || other === address || movement.units === 0n || source === 'category') return [];
    const tag = tags.get(other)?.find(isSanctioned);
    return tag ? [{ rule: 'sanctioned-counterparty', at: movement, tag, subject: address, ...onAccountOf(hit) }] : [];
  });
}

export function isSanctioned({ category, abuse }: Tag): boolean {
  return category === 'sanctioned' || abuse === 'sanction';
}
