import { drillKinOf } from '@gongjo/contract';

const namespaces = { accounts: 'eip155', outputs: 'bip122' } as const;

/**
 * The CAIP-2 namespace whose forms – of hashes, of addresses, of value – a chain has: its own, and of a chain of exercises that
 * of the chains which it is like.
 */
export function namespaceOf(chain: string): string {
  const kin = drillKinOf(chain);
  return kin === null ? chain.slice(0, chain.indexOf(':')) : namespaces[kin];
}
