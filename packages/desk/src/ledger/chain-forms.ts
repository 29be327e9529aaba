import type { ChainId } from '@gongjo/contract';
import { addressOn } from './address/index.ts';
import { txIdOn } from './canonical.ts';

/** The forms of every chain by its name (CAIP-2), as the comparison of lists needs them: null where a text is none of the chain. */
export const chainForms = {
  address: (chain: string, text: string) => addressOn(chain as ChainId, text),
  transaction: (chain: string, text: string) => txIdOn(chain as ChainId, text),
};
