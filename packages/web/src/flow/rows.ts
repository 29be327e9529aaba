/**
 * Which rows of the picture are free, and from which column on. A segment tree over the rows holds the least column of each
 * half, so that the free row nearest to another is found in O(log n) however many rows a trace needs.
 */
export class Rows {
  private leaves = 1;
  /** Node `i` has the children `2i` and `2i + 1`; the leaf of a row is `leaves + row`. Infinity: a visit stands there. */
  private least: number[] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  private count = 0;
  private readonly lastRow = new Map<string, number>();

  /** The row for a visit that starts in that column: the one its holder had before, or the free one nearest to `near`. */
  take(holder: string, column: number, near: number, until: number | null): number {
    const row = this.choose(this.lastRow.get(holder), column, near);
    this.set(row, until ?? Number.POSITIVE_INFINITY);
    this.lastRow.set(holder, row);
    return row;
  }

  free(row: number, column: number): void {
    this.set(row, column);
  }

  private choose(last: number | undefined, column: number, near: number): number {
    if (last !== undefined && this.at(last) <= column) return last;
    const below = this.firstFree(near, column);
    const above = this.lastFree(near, column);
    if (below === null) return above ?? this.count;
    return above !== null && near - above < below - near ? above : below;
  }

  private at(row: number): number {
    return this.least[this.leaves + row] ?? Number.POSITIVE_INFINITY;
  }

  private set(row: number, column: number): void {
    if (row >= this.count) this.count = row + 1;
    while (this.count > this.leaves) this.grow();
    let node = this.leaves + row;
    this.least[node] = column;
    for (node >>= 1; node >= 1; node >>= 1) this.least[node] = this.lesser(node);
  }

  private lesser(node: number): number {
    return Math.min(
      this.least[2 * node] ?? Number.POSITIVE_INFINITY,
      this.least[2 * node + 1] ?? Number.POSITIVE_INFINITY,
    );
  }

  private grow(): void {
    const before = this.least.slice(this.leaves, this.leaves + this.count);
    this.leaves *= 2;
    this.least = new Array<number>(2 * this.leaves).fill(Number.POSITIVE_INFINITY);
    before.forEach((column, row) => {
      this.least[this.leaves + row] = column;
    });
    for (let node = this.leaves - 1; node >= 1; node -= 1) this.least[node] = this.lesser(node);
  }

  /** The first row from `from` on that is free in that column. */
  private firstFree(from: number, column: number): number | null {
    const isFree = (node: number) => (this.least[node] ?? Number.POSITIVE_INFINITY) <= column;
    let node = this.leaves + Math.min(from, this.leaves - 1);
    if (from < this.leaves && isFree(node)) return node - this.leaves;
    // Up until a right sibling holds a free row, then down to its first.
    while (node > 1) {
      const isLeft = node % 2 === 0;
      if (isLeft && isFree(node + 1)) return this.descend(node + 1, isFree, 'first');
      node >>= 1;
    }
    return null;
  }

  private lastFree(from: number, column: number): number | null {
    const isFree = (node: number) => (this.least[node] ?? Number.POSITIVE_INFINITY) <= column;
    let node = this.leaves + Math.min(from, this.leaves - 1);
    if (isFree(node)) return node - this.leaves;
    while (node > 1) {
      const isRight = node % 2 === 1;
      if (isRight && isFree(node - 1)) return this.descend(node - 1, isFree, 'last');
      node >>= 1;
    }
    return null;
  }

  private descend(from: number, isFree: (node: number) => boolean, side: 'first' | 'last'): number {
    let node = from;
    while (node < this.leaves) {
      const [one, other] = side === 'first' ? [2 * node, 2 * node + 1] : [2 * node + 1, 2 * node];
      node = isFree(one) ? one : other;
    }
    return node - this.leaves;
  }
}
