/** Units `from`…`to` (not included) of a movement, in the order in which they went. */
export interface Range {
  readonly from: bigint;
  readonly to: bigint;
}

export function unitsIn(ranges: readonly Range[]): bigint {
  let sum = 0n;
  for (const { from, to } of ranges) sum += to - from;
  return sum;
}

/** All units of both, as few ranges in order. */
export function union(a: readonly Range[], b: readonly Range[]): readonly Range[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const joined: { from: bigint; to: bigint }[] = [];
  for (const { from, to } of [...a, ...b].sort((x, y) => (x.from < y.from ? -1 : x.from > y.from ? 1 : 0))) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = to > last.to ? to : last.to;
    else joined.push({ from, to });
  }
  return joined;
}

/** What of these ranges lies in the window, counted from its beginning. */
export function within(ranges: readonly Range[], window: Range): Range[] {
  const found: Range[] = [];
  for (const range of ranges) {
    const from = range.from > window.from ? range.from : window.from;
    const to = range.to < window.to ? range.to : window.to;
    if (from < to) found.push({ from: from - window.from, to: to - window.from });
  }
  return found;
}

/** What of these ranges is in none of the others; both in order. */
export function subtract(ranges: readonly Range[], others: readonly Range[]): Range[] {
  let left = [...ranges];
  for (const other of others) {
    left = left.flatMap(({ from, to }) => {
      const before = { from, to: other.from < to ? other.from : to };
      const after = { from: other.to > from ? other.to : from, to };
      return [before, after].filter((one) => one.from < one.to);
    });
  }
  return left;
}
