import type { ChainForms } from './kinds.ts';

const chainForm = /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$/;
const evm = 'eip155:';

/**
 * An address with what it means: of chains of the EVM the namespace alone, because one key owns the same address on all of them
 * and thieves move between them; of any other chain the chain itself. Known to fail for a contract that another person deployed
 * at the same address of another chain, which takes the same deployer and count.
 */
export function addressText(chain: string, text: string, forms: ChainForms): string | null {
  if (!chainForm.test(chain)) return null;
  const address = forms.address(chain, text.trim());
  if (address === null) return null;
  return chain.startsWith(evm) ? `${evm}${address}` : `${chain}:${address}`;
}

export function transactionText(chain: string, text: string, forms: ChainForms): string | null {
  if (!chainForm.test(chain)) return null;
  const id = forms.transaction(chain, text.trim());
  return id === null ? null : `${chain}:${id}`;
}
