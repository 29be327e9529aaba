import type { Hop, TraceDirection } from '@gongjo/contract';
import { arrivalsOf, placeKey } from './columns.ts';

/** What the reader wants to see less of. Holders are named by address. */
export interface FoldWishes {
  /** What is behind them is folded away; they stay. */
  readonly collapsed: ReadonlySet<string>;
  /** They are left out; what goes to them is drawn as leaving. */
  readonly hidden: ReadonlySet<string>;
  /** Hops of later blocks are left out. */
  readonly untilHeight: number | null;
}

/** The hops that are left, and what is said about the others. */
export interface Fold {
  readonly hops: readonly Hop[];
  /** Hops whose receiver is hidden. */
  readonly stubs: ReadonlySet<Hop>;
  /** Hops folded away behind each collapsed holder. */
  readonly folded: ReadonlyMap<string, number>;
  /** Hops left out because their holders are hidden, or reached only through hidden ones. */
  readonly hiddenCount: number;
  /** Hops after the chosen time. */
  readonly laterCount: number;
}

/**
 * Leaves out what is reached only through holders that the reader collapsed or hid. Value that reaches a place on another
 * way, too, goes on from there in full. Forward, what is behind a holder is where its value went; backward, where it came from.
 */
export function foldHops(hops: readonly Hop[], direction: TraceDirection, wishes: FoldWishes): Fold {
  const { untilHeight } = wishes;
  const seen = untilHeight === null ? hops : hops.filter(({ height }) => height <= untilHeight);
  const order = [...seen].sort((a, b) => a.height - b.height || a.id - b.id);
  if (direction === 'backward') order.reverse();
  const near = direction === 'forward' ? givers : receivers;
  const far = direction === 'forward' ? receivers : givers;

  const everReached = new Set(order.flatMap((hop) => far(hop).map(({ place }) => place)));
  const reached = new Set<string>();
  /** Behind whom a place that is not reached stands. */
  const behind = new Map<string, string>();
  const kept: Hop[] = [];
  const stubs = new Set<Hop>();
  const folded = new Map<string, number>();
  let hiddenCount = 0;
  for (const hop of order) {
    const [here] = near(hop);
    const isOpen = hop.rule === 'lead' || near(hop).some(({ place }) => reached.has(place) || !everReached.has(place));
    const owner =
      here?.holder !== undefined && (wishes.collapsed.has(here.holder) || wishes.hidden.has(here.holder))
        ? here.holder
        : isOpen
          ? null
          : (behind.get(here?.place ?? '') ?? '');
    if (owner !== null) {
      if (wishes.collapsed.has(owner)) folded.set(owner, (folded.get(owner) ?? 0) + 1);
      else hiddenCount += 1;
      for (const { place } of far(hop)) if (!reached.has(place)) behind.set(place, owner);
      continue;
    }
    const hides = far(hop).filter(({ holder }) => holder !== undefined && wishes.hidden.has(holder));
    for (const { place, holder } of far(hop)) {
      if (holder !== undefined && wishes.hidden.has(holder)) behind.set(place, holder);
      else reached.add(place);
    }
    if (hides.length > 0 && direction === 'backward') {
      hiddenCount += 1;
      continue;
    }
    if (hides.length > 0) {
      stubs.add(hop);
      hiddenCount += 1;
    }
    kept.push(hop);
  }
  if (direction === 'backward') kept.reverse();
  return { hops: kept, stubs, folded, hiddenCount, laterCount: hops.length - seen.length };
}

interface End {
  readonly place: string;
  readonly holder: string | undefined;
}

const givers = (hop: Hop): End[] => [{ place: placeKey(hop.from, hop.asset), holder: hop.from ?? undefined }];
const receivers = (hop: Hop): End[] =>
  arrivalsOf(hop).map(({ address, asset }) => ({ place: placeKey(address, asset), holder: address ?? undefined }));
