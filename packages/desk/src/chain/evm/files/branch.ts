/** The blocks that files hold, told apart into the chain and what is beside it. Pure. */

export interface Header {
  readonly height: number;
  readonly hash: string;
  readonly parent: string;
}

/** Blocks `from`…`to`, each the parent of the next. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface Branch {
  /** Ascending, with holes between them. */
  readonly stretches: readonly Stretch[];
  /** The block at each height of the stretches. */
  readonly at: ReadonlyMap<number, Header>;
  /** Blocks beside the chain: of branches that died. */
  readonly stale: number;
  /** Heights with several blocks of which nothing tells which one stands. */
  readonly unclear: readonly number[];
}

/**
 * A block is on the chain when the next one names it as its parent. Read from the top down: where the files hold no such
 * next block, the only one at its height is taken; several are left out.
 */
export function branchOf(headers: Iterable<Header>): Branch {
  const byHeight = new Map<number, Map<string, Header>>();
  let count = 0;
  for (const header of headers) {
    const same = byHeight.get(header.height);
    if (same === undefined) byHeight.set(header.height, new Map([[header.hash, header]]));
    else if (same.has(header.hash)) continue;
    else same.set(header.hash, header);
    count += 1;
  }
  const at = new Map<number, Header>();
  const stretches: Stretch[] = [];
  const unclear: number[] = [];
  let open: { from: number; to: number } | null = null;
  let wanted: string | null = null;
  for (const height of [...byHeight.keys()].sort((a, b) => b - a)) {
    const here = byHeight.get(height) ?? new Map<string, Header>();
    let header: Header | undefined = open?.from === height + 1 && wanted !== null ? here.get(wanted) : undefined;
    if (header === undefined) {
      open = null;
      if (here.size > 1) {
        unclear.push(height);
        continue;
      }
      header = [...here.values()][0];
    }
    if (header === undefined) continue;
    if (open === null) {
      open = { from: height, to: height };
      stretches.push(open);
    } else open.from = height;
    wanted = header.parent;
    at.set(height, header);
  }
  return { stretches: stretches.reverse(), at, stale: count - at.size, unclear: unclear.reverse() };
}
