/** What is to be executed, first by the order first, each at most once: a binary heap. */
export class Due<T extends { due: boolean }> {
  readonly #heap: T[] = [];
  readonly #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  add(entry: T): void {
    if (entry.due) return;
    entry.due = true;
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const up = (at - 1) >>> 1;
      const above = heap[up];
      if (above === undefined || this.#compare(above, entry) <= 0) break;
      heap[at] = above;
      at = up;
    }
    heap[at] = entry;
  }

  /** What `take` would answer. */
  get first(): T | null {
    return this.#heap[0] ?? null;
  }

  take(): T | null {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return null;
    first.due = false;
    if (first !== last) this.#sink(last);
    return first;
  }

  clear(): void {
    for (const entry of this.#heap) entry.due = false;
    this.#heap.length = 0;
  }

  /** Puts an entry where the first one was and lets it find its place. */
  #sink(entry: T): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      let below = heap[down];
      const right = heap[down + 1];
      if (below !== undefined && right !== undefined && this.#compare(right, below) < 0) {
        down += 1;
        below = right;
      }
      if (below === undefined || this.#compare(below, entry) >= 0) break;
      heap[at] = below;
      at = down;
    }
    heap[at] = entry;
  }
}
