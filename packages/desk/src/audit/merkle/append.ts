import { type Hash, nodeHash } from './hash.ts';
import { joinSubtrees, type Subtree, subtreesOf } from './subtree.ts';

/** The subtrees that the first `size` leaves end in, the largest first: all that an append or a root needs. */
export function frontierOf(size: number): Subtree[] {
  return subtreesOf({ from: 0, to: size });
}

/**
 * What one more leaf completes: its own hash, then those of the perfect subtrees that end with it, level by level – two on
 * average, `log2 n` at most. `frontier` is that of the tree before.
 */
export function completedBy(leaf: Hash, size: number, frontier: readonly Hash[]): Hash[] {
  const completed = [leaf];
  let hash = leaf;
  let left = frontier.length - 1;
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const sibling = frontier[left];
    if (sibling === undefined) break;
    hash = nodeHash(sibling, hash);
    completed.push(hash);
    left -= 1;
  }
  return completed;
}

/** A tree that is made from leaf to leaf and keeps only its frontier: for checking a record of any length. */
export class Compact {
  #size: number;
  #frontier: readonly Hash[];

  /** Goes on from a tree of which the frontier is known. */
  constructor(size = 0, frontier: readonly Hash[] = []) {
    this.#size = size;
    this.#frontier = frontier;
  }

  get size(): number {
    return this.#size;
  }

  /** Answers what the leaf completed. */
  add(leaf: Hash): Hash[] {
    const completed = completedBy(leaf, this.#size, this.#frontier);
    const last = completed.at(-1) ?? leaf;
    this.#frontier = [...this.#frontier.slice(0, this.#frontier.length - (completed.length - 1)), last];
    this.#size += 1;
    return completed;
  }

  root(): Hash {
    return joinSubtrees(this.#frontier);
  }
}
