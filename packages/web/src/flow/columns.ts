import type { Hop, Instant, TxId } from '@gongjo/contract';

/** One place on the time axis: a transaction, or one more step inside it where value passed through several hands at once. */
export interface Column {
  readonly index: number;
  readonly txid: TxId;
  readonly height: number;
  readonly time: Instant;
  /** The first column of its transaction; only that one is labelled. */
  readonly first: boolean;
  readonly hops: readonly Hop[];
}

/** Column 0 is the room in which the sources stand. */
export const FIRST_COLUMN = 1;

/**
 * Ranks the hops in time: blocks by height, transactions of a block as the trace met them, and inside a transaction a hop
 * that spends what another hop of the same transaction brought stands one column later. A longer trace only adds
 * columns on the right, as long as its earlier hops are the same.
 */
export function columnsOf(hops: readonly Hop[]): Column[] {
  const transactions = new Map<TxId, Hop[]>();
  for (const hop of ordered(hops)) {
    const known = transactions.get(hop.txid);
    if (known === undefined) transactions.set(hop.txid, [hop]);
    else known.push(hop);
  }
  const columns: Column[] = [];
  for (const [txid, inside] of transactions) {
    steps(inside).forEach((step, depth) => {
      const [hop] = step;
      if (hop === undefined) return;
      const index = FIRST_COLUMN + columns.length;
      columns.push({ index, txid, height: hop.height, time: hop.time, first: depth === 0, hops: step });
    });
  }
  return columns;
}

/** One hop in several traces of the same lead, told by what the chain says of it. */
export const hopKey = ({ txid, ord, rule, from, to, asset }: Hop): string =>
  `${txid} ${ord} ${rule === 'fee' || rule === 'swap' ? rule : ''} ${from ?? ''} ${to ?? ''} ${asset}`;

/**
 * The columns of several traces together, so that their pictures have one time axis. In a block the hops of all stand in the
 * order in which each trace has them, which is the chain's.
 */
export function commonColumns(traces: readonly (readonly Hop[])[]): Column[] {
  const merged = traces.map(ordered).reduce((all, more) => mergeOrders(all, more), []);
  return columnsOf(merged.map((hop, id) => ({ ...hop, id })));
}

/** The same columns with the hops of one of the traces. Hops that no column knows are left out. */
export function columnsWith(skeleton: readonly Column[], hops: readonly Hop[]): Column[] {
  const columnOf = new Map(skeleton.flatMap(({ index, hops: inside }) => inside.map((hop) => [hopKey(hop), index])));
  const byColumn = new Map<number, Hop[]>();
  for (const hop of ordered(hops)) {
    const index = columnOf.get(hopKey(hop));
    if (index === undefined) continue;
    const known = byColumn.get(index);
    if (known === undefined) byColumn.set(index, [hop]);
    else known.push(hop);
  }
  return skeleton.map((column) => ({ ...column, hops: byColumn.get(column.index) ?? [] }));
}

const ordered = (hops: readonly Hop[]): Hop[] => [...hops].sort((a, b) => a.height - b.height || a.id - b.id);

/** Two sequences in one; what only the second has stands before its next neighbour that both have. */
function mergeOrders(first: readonly Hop[], second: readonly Hop[]): Hop[] {
  const known = new Set(first.map(hopKey));
  const before = new Map<string, Hop[]>();
  let own: Hop[] = [];
  for (const hop of second) {
    const key = hopKey(hop);
    if (!known.has(key)) {
      known.add(key);
      own.push(hop);
      continue;
    }
    if (own.length === 0) continue;
    before.set(key, [...(before.get(key) ?? []), ...own]);
    own = [];
  }
  const merged = first.flatMap((hop) => [...(before.get(hopKey(hop)) ?? []), hop]).concat(own);
  // Stable, so that only blocks change places.
  return merged.sort((a, b) => a.height - b.height);
}

function steps(hops: readonly Hop[]): Hop[][] {
  const arrivedAt = new Map<string, number>();
  const result: Hop[][] = [];
  for (const hop of hops) {
    const depth = (arrivedAt.get(placeKey(hop.from, hop.asset)) ?? -1) + 1;
    const step = result[depth];
    if (step === undefined) result[depth] = [hop];
    else step.push(hop);
    for (const arrival of arrivalsOf(hop)) {
      const key = placeKey(arrival.address, arrival.asset);
      arrivedAt.set(key, Math.max(arrivedAt.get(key) ?? 0, depth));
    }
  }
  return result;
}

export interface Arrival {
  readonly address: string | null;
  readonly asset: string;
  readonly units: bigint;
}

/** Where a hop's value stands afterwards. A fee stands nowhere; a swap's value returns to the giver as other assets. */
export function arrivalsOf(hop: Hop): Arrival[] {
  if (hop.rule === 'fee') return [];
  if (hop.rule === 'swap') {
    return hop.received.map(({ asset, units }) => ({ address: hop.from, asset, units: BigInt(units) }));
  }
  return [{ address: hop.to, asset: hop.asset, units: BigInt(hop.units) }];
}

export function placeKey(address: string | null, asset: string): string {
  return `${address ?? ''} ${asset}`;
}
