/** Whether the ledger's block at a height is on the node's main chain. */
export type SameAt = (height: number) => Promise<boolean>;

/**
 * The highest height in `low`…`high` at which ledger and node have the same block; null when they differ even at `low`.
 * Blocks are linked by hash, so two chains that agree at a height agree everywhere below it. The search walks back in
 * doubling steps, because most reorganisations are one block deep, then halves the last step: about 2·log₂(depth)
 * questions.
 */
export async function commonAncestor(low: number, high: number, sameAt: SameAt): Promise<number | null> {
  /** Lowest height known to differ; one above `high` nothing is known and nothing needs to be. */
  let differs = high + 1;
  let same = high;
  for (let step = 1; !(await sameAt(same)); step *= 2) {
    if (same <= low) return null;
    differs = same;
    same = Math.max(low, same - step);
  }
  while (differs - same > 1) {
    const middle = same + Math.floor((differs - same) / 2);
    if (await sameAt(middle)) same = middle;
    else differs = middle;
  }
  return same;
}
