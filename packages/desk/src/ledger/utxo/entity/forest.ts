/** Disjoint sets of the items that were named (Galler, Fischer 1964), with halving of paths. */
export class Sets<T> {
  readonly #parents = new Map<T, T>();

  /** Joins the sets of all of these. Answers whether any two were apart. */
  join(items: readonly T[]): boolean {
    let joined = false;
    const [first, ...rest] = items.map((item) => this.find(item));
    for (const root of rest) {
      const into = this.find(first as T);
      if (root === into) continue;
      this.#parents.set(root, into);
      joined = true;
    }
    return joined;
  }

  find(item: T): T {
    let at = item;
    for (;;) {
      const parent = this.#parents.get(at) ?? at;
      if (parent === at) return at;
      const grand = this.#parents.get(parent) ?? parent;
      this.#parents.set(at, grand);
      at = grand;
    }
  }
}

/**
 * Which of these groups hold the items together: without such a group its items would not all be joined by the others. They
 * are the articulation points among the groups in the graph of groups and items (Hopcroft, Tarjan 1973), found without
 * recursion, in time linear in the number of members.
 */
export function bridges<T>(groups: readonly (readonly T[])[]): ReadonlySet<number> {
  const ids = new Map<T, number>();
  for (const item of groups.flat()) if (!ids.has(item)) ids.set(item, groups.length + ids.size);
  const neighbours: number[][] = Array.from({ length: groups.length + ids.size }, () => []);
  for (const [group, items] of groups.entries()) {
    for (const item of new Set(items)) {
      const id = ids.get(item) ?? 0;
      neighbours[group]?.push(id);
      neighbours[id]?.push(group);
    }
  }
  const walk = new Walk(neighbours);
  for (const id of ids.values()) walk.from(id);
  return new Set([...walk.cutting].filter((node) => node < groups.length));
}

/** A depth-first walk that finds articulation points; roots are items, so a root is never one that is asked for. */
class Walk {
  readonly cutting = new Set<number>();
  readonly #neighbours: readonly (readonly number[])[];
  readonly #entered: number[];
  readonly #low: number[];
  #clock = 0;

  constructor(neighbours: readonly (readonly number[])[]) {
    this.#neighbours = neighbours;
    this.#entered = neighbours.map(() => 0);
    this.#low = neighbours.map(() => 0);
  }

  from(root: number): void {
    if (this.#entered[root] !== 0) return;
    this.#enter(root);
    const path: { readonly node: number; readonly parent: number; next: number }[] = [
      { node: root, parent: -1, next: 0 },
    ];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = this.#neighbours[top.node]?.[top.next];
      top.next += 1;
      if (next === undefined) {
        path.pop();
        const below = path.at(-1);
        if (below !== undefined) this.#leave(top.node, below.node, below.parent === -1);
      } else if (next !== top.parent) {
        if (this.#entered[next] === 0) {
          this.#enter(next);
          path.push({ node: next, parent: top.node, next: 0 });
        } else this.#lower(top.node, this.#entered[next] ?? 0);
      }
    }
  }

  #enter(node: number): void {
    this.#clock += 1;
    this.#entered[node] = this.#clock;
    this.#low[node] = this.#clock;
  }

  #leave(node: number, below: number, belowIsRoot: boolean): void {
    const low = this.#low[node] ?? 0;
    this.#lower(below, low);
    if (!belowIsRoot && low >= (this.#entered[below] ?? 0)) this.cutting.add(below);
  }

  #lower(node: number, to: number): void {
    if (to < (this.#low[node] ?? 0)) this.#low[node] = to;
  }
}
