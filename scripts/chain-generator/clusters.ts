/** Which addresses the multi-input heuristic joins (CoinJoins left out), kept while the chain is made: disjoint sets (Tarjan 1975). */
export class Clusters {
  private readonly parents: Int32Array;

  constructor(addressesMax: number) {
    // 0: never spent; else parent + 1.
    this.parents = new Int32Array(addressesMax);
  }

  join(a: number, b: number): void {
    const x = this.root(a);
    const y = this.root(b);
    if (x !== y) this.parents[Math.max(x, y)] = Math.min(x, y) + 1;
  }

  private root(address: number): number {
    const { parents } = this;
    if (parents[address] === 0) parents[address] = address + 1;
    let at = address;
    for (;;) {
      const up = parents[at]! - 1;
      if (up === at) return at;
      parents[at] = parents[up]!;
      at = up;
    }
  }

  /** Some clusters of every size there is, by orders of magnitude, with up to `membersMax` of their addresses each. */
  sample(addresses: number, eachMax: number, membersMax: number): { size: number; members: number[] }[] {
    const sizes = new Uint32Array(addresses);
    for (let i = 0; i < addresses; i += 1) if (this.parents[i] !== 0) sizes[this.root(i)]! += 1;
    const bySize = new Map<number, number[]>();
    for (let i = 0; i < addresses; i += 1) {
      const size = sizes[i]!;
      if (size === 0) continue;
      const bin = Math.floor(Math.log10(size) * 2);
      const roots = bySize.get(bin);
      if (!roots) bySize.set(bin, [i]);
      else if (roots.length < eachMax) roots.push(i);
    }
    const members = new Map([...bySize.values()].flat().map((root) => [root, [] as number[]]));
    for (let i = 0; i < addresses; i += 1) {
      if (this.parents[i] === 0) continue;
      const of = members.get(this.root(i));
      if (of && of.length < membersMax) of.push(i);
    }
    return [...members].map(([root, of]) => ({ size: sizes[root]!, members: of })).sort((a, b) => a.size - b.size);
  }
}
