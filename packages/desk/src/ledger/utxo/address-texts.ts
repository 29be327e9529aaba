import type { Address, ChainId } from '@gongjo/contract';
import { addressText } from '../address/index.ts';

/** Making an address's text costs more than reading its row, so each is made once; some 200 bytes an entry. */
const textsKeptMax = 500_000;

/** Answers the text of a stored address in hexadecimal; null for none. */
export function addressTexts(): (chain: ChainId, hex: string) => Address | null {
  const texts = new Map<ChainId, Map<string, Address>>();
  let count = 0;
  return (chain, hex) => {
    if (hex === '') return null;
    const known = texts.get(chain)?.get(hex);
    if (known !== undefined) return known;
    if (count >= textsKeptMax) {
      texts.clear();
      count = 0;
    }
    const text = addressText(chain, Buffer.from(hex, 'hex'));
    const ofChain = texts.get(chain) ?? new Map<string, Address>();
    texts.set(chain, ofChain.set(hex, text));
    count += 1;
    return text;
  };
}
