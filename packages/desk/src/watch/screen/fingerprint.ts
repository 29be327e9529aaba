import type { Address, ChainId } from '@gongjo/contract';

/** Sixty-four bits of a chain and an address, as two words. Two addresses may share them; who finds a fingerprint must look at the address. */
export type Fingerprint = Uint32Array;

/** Two words that no outsider knows, so that nobody can mint addresses whose fingerprints collide with those of others. */
export type Seed = readonly [number, number];

/** Writes the fingerprint of an address into `out`. */
export type Fingerprinter = (chain: ChainId, address: Address, out: Fingerprint) => void;

/**
 * Two multiplicative lanes over the letters, each with a multiplier of its own, that are mixed into each other at the end
 * (the finish is that of MurmurHash3, A. Appleby, 2011). The chain's letters come first and are hashed once.
 */
export function fingerprinter([first, second]: Seed): Fingerprinter {
  const starts = new Map<ChainId, readonly [number, number]>();
  const startOf = (chain: ChainId) => {
    const lanes = lanesOf(`${chain}|`, first, second);
    starts.set(chain, lanes);
    return lanes;
  };
  return (chain, address, out) => {
    let [a, b] = starts.get(chain) ?? startOf(chain);
    for (let at = 0; at < address.length; at += 1) {
      const letter = address.charCodeAt(at);
      a = Math.imul(a ^ letter, 0x9e3779b1);
      b = Math.imul(b ^ letter, 0x5f356495);
    }
    const low = finish(a ^ (b >>> 16));
    out[0] = low;
    out[1] = finish(b ^ Math.imul(low, 0x85ebca6b));
  };
}

function lanesOf(text: string, first: number, second: number): readonly [number, number] {
  let [a, b] = [first | 0, second | 0];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    a = Math.imul(a ^ letter, 0x9e3779b1);
    b = Math.imul(b ^ letter, 0x5f356495);
  }
  return [a, b];
}

function finish(word: number): number {
  let mixed = word;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
