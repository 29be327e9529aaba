import type { Address, ChainId } from '@gongjo/contract';
import { addressText, storedAddress } from '../address/index.ts';

/** Making and reading an address's text costs more than its row, so each is made once; some 300 bytes an entry. */
const keptMax = 400_000;

/** The two forms of addresses: text for people, and what the ledger stores, in hexadecimal. */
export class AddressTexts {
  readonly #texts = new Map<ChainId, Map<string, Address>>();
  readonly #hexes = new Map<ChainId, Map<Address, string>>();
  #count = 0;

  /** Null for none. */
  text(chain: ChainId, hex: string): Address | null {
    if (hex === '') return null;
    const known = this.#texts.get(chain)?.get(hex);
    if (known !== undefined) return known;
    const text = addressText(chain, Buffer.from(hex, 'hex'));
    this.#keep(chain, hex, text);
    return text;
  }

  /** Null where the text is no address of the chain. */
  hex(chain: ChainId, text: Address): string | null {
    const known = this.#hexes.get(chain)?.get(text);
    if (known !== undefined) return known;
    const stored = storedAddress(chain, text);
    if (stored === null) return null;
    const hex = Buffer.from(stored).toString('hex');
    // A text in another letter case is the same address; what is kept is the one that the ledger writes.
    if (addressText(chain, stored) === text) this.#keep(chain, hex, text);
    return hex;
  }

  #keep(chain: ChainId, hex: string, text: Address): void {
    if (this.#count >= keptMax) {
      this.#texts.clear();
      this.#hexes.clear();
      this.#count = 0;
    }
    this.#texts.set(chain, (this.#texts.get(chain) ?? new Map<string, Address>()).set(hex, text));
    this.#hexes.set(chain, (this.#hexes.get(chain) ?? new Map<Address, string>()).set(text, hex));
    this.#count += 1;
  }
}
