import { u32At } from './cursor.ts';
import { HASH_BYTES, hashBytes, hashText, sameHash } from './hash.ts';
import { type BlockHeader, workOf } from './header.ts';

/** Where a block's bytes are: the file's number in the reader's list, the offset in it, and how many. */
export interface Place {
  readonly file: number;
  readonly offset: number;
  readonly bytes: number;
}

/** The chain with most work, lowest block first, as numbers of the index; and how many blocks are on none of it. */
export interface BestChain {
  readonly blocks: Uint32Array;
  /** Descend from the chain's first block, but are not on it. */
  readonly staleCount: number;
  /** Descend from blocks whose parent the files do not hold. */
  readonly unlinkedCount: number;
}

/** Twice what the longest network (testnet3) has; about 130 bytes each. */
const BLOCKS_MAX = 10_000_000;

/** A block is written again when a node lost it; more copies than this tell nothing new. */
const COPIES_MAX = 4;

const NONE = -1;

/**
 * All headers of a folder of block files, in whatever order they are found: columns of numbers instead of objects, so that
 * a million blocks take about 130 MB. The first place of a block counts; later ones are kept as copies.
 */
export class HeaderIndex {
  #count = 0;
  #hashes = new Uint8Array(1024 * HASH_BYTES);
  #parents = new Uint8Array(1024 * HASH_BYTES);
  #files = new Uint32Array(1024);
  #offsets = new Float64Array(1024);
  #bytes = new Uint32Array(1024);
  #bits = new Uint32Array(1024);
  /** Open addressing; which slot a hash falls into is not for whoever writes the files to choose. */
  #slots = new Int32Array(4096).fill(NONE);
  readonly #seed = Math.floor(Math.random() * 2 ** 32);
  readonly #copies = new Map<number, Place[]>();

  get count(): number {
    return this.#count;
  }

  /** False when there is no room for another block. */
  add({ hash, parent, bits }: Pick<BlockHeader, 'hash' | 'parent' | 'bits'>, place: Place): boolean {
    const bytes = hashBytes(hash);
    const known = this.#find(bytes, 0);
    if (known !== NONE) {
      const copies = this.#copies.get(known) ?? [];
      if (copies.length < COPIES_MAX) this.#copies.set(known, [...copies, place]);
      return true;
    }
    if (this.#count === BLOCKS_MAX) return false;
    if (this.#count === this.#files.length) this.#grow();
    const block = this.#count;
    this.#count += 1;
    this.#hashes.set(bytes, block * HASH_BYTES);
    this.#parents.set(hashBytes(parent), block * HASH_BYTES);
    this.#files[block] = place.file;
    this.#offsets[block] = place.offset;
    this.#bytes[block] = place.bytes;
    this.#bits[block] = bits;
    this.#put(block);
    return true;
  }

  find(hash: string): number | null {
    const block = this.#find(hashBytes(hash), 0);
    return block === NONE ? null : block;
  }

  hashOf(block: number): string {
    return hashText(this.#hashes, block * HASH_BYTES);
  }

  parentOf(block: number): string {
    return hashText(this.#parents, block * HASH_BYTES);
  }

  /** The first place where the block was found, then its copies. */
  placesOf(block: number): readonly Place[] {
    const first = {
      file: this.#files[block] as number,
      offset: this.#offsets[block] as number,
      bytes: this.#bytes[block] as number,
    };
    return [first, ...(this.#copies.get(block) ?? [])];
  }

  /**
   * The chain with most work from `genesis`, or, where the files do not hold it, from any block whose parent they do not
   * hold. Of two with equal work, the one whose tip was found first. Empty when the index is.
   */
  bestChain(genesis: string): BestChain {
    const count = this.#count;
    const parents = new Int32Array(count);
    for (let block = 0; block < count; block += 1) parents[block] = this.#find(this.#parents, block * HASH_BYTES);
    const { roots, depths, work } = this.#walk(parents);

    const first = this.find(genesis);
    let tip = NONE;
    let most = 0n;
    for (let block = 0; block < count; block += 1) {
      const done = work(block);
      if (done > most && (first === null || roots[block] === first)) {
        most = done;
        tip = block;
      }
    }
    if (tip === NONE) return { blocks: new Uint32Array(0), staleCount: 0, unlinkedCount: count };
    const blocks = new Uint32Array((depths[tip] as number) + 1);
    for (let at = blocks.length - 1, block = tip; at >= 0; at -= 1, block = parents[block] as number)
      blocks[at] = block;
    const linkedCount = roots.reduce((sum, root) => sum + (root === roots[tip] ? 1 : 0), 0);
    return { blocks, staleCount: linkedCount - blocks.length, unlinkedCount: count - linkedCount };
  }

  /** For each block, from its parent on down: the block that its branch starts with, the steps from there, the work. */
  #walk(parents: Int32Array) {
    const count = parents.length;
    const roots = new Int32Array(count).fill(NONE);
    const depths = new Uint32Array(count);
    // Sums of work of real chains stay below 2¹²⁸: two words each.
    const words = new BigUint64Array(2 * count);
    const work = (block: number) => ((words[2 * block] as bigint) << 64n) | (words[2 * block + 1] as bigint);
    const workOfBits = new Map<number, bigint>();
    const path: number[] = [];
    for (let start = 0; start < count; start += 1) {
      for (let block = start; block !== NONE && roots[block] === NONE; block = parents[block] as number)
        path.push(block);
      for (let block = path.pop(); block !== undefined; block = path.pop()) {
        const parent = parents[block] as number;
        const bits = this.#bits[block] as number;
        const own = workOfBits.get(bits) ?? workOf(bits);
        workOfBits.set(bits, own);
        const sum = own + (parent === NONE ? 0n : work(parent));
        words[2 * block] = sum >> 64n;
        words[2 * block + 1] = BigInt.asUintN(64, sum);
        roots[block] = parent === NONE ? block : (roots[parent] as number);
        depths[block] = parent === NONE ? 0 : (depths[parent] as number) + 1;
      }
    }
    return { roots, depths, work };
  }

  #find(hashes: Uint8Array, at: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = this.#slotOf(hashes, at); ; slot = (slot + 1) & mask) {
      const block = this.#slots[slot] as number;
      if (block === NONE || sameHash(this.#hashes, block * HASH_BYTES, hashes, at)) return block;
    }
  }

  #put(block: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#slotOf(this.#hashes, block * HASH_BYTES);
    while (this.#slots[slot] !== NONE) slot = (slot + 1) & mask;
    this.#slots[slot] = block;
  }

  /** The first bytes of a hash are the ones that mining leaves random. */
  #slotOf(hashes: Uint8Array, at: number): number {
    const mixed = Math.imul(u32At(hashes, at) ^ this.#seed, 0x9e3779b1);
    return (mixed ^ (mixed >>> 15)) & (this.#slots.length - 1);
  }

  #grow(): void {
    const size = this.#files.length * 2;
    this.#hashes = grown(this.#hashes, new Uint8Array(size * HASH_BYTES));
    this.#parents = grown(this.#parents, new Uint8Array(size * HASH_BYTES));
    this.#files = grown(this.#files, new Uint32Array(size));
    this.#offsets = grown(this.#offsets, new Float64Array(size));
    this.#bytes = grown(this.#bytes, new Uint32Array(size));
    this.#bits = grown(this.#bits, new Uint32Array(size));
    this.#slots = new Int32Array(size * 4).fill(NONE);
    for (let block = 0; block < this.#count; block += 1) this.#put(block);
  }
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
