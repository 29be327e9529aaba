import type { Address, AssetId, Tag } from '@gongjo/contract';
import { comparePositions, type Position } from '../../kernel/index.ts';
import type { HistoryRows } from '../../ledger/index.ts';
import { stopByTags, type TagStop } from '../tags.ts';
import { History } from './history.ts';
import type { BackStep } from './nodes.ts';
import type { Sources } from './sources.ts';

/** What became of an address at its latest traced outflow; mirrors `Reached` of a forward trace. */
export interface ReachedBack {
  readonly kind: 'followed' | 'hub' | 'waiting';
  /** That outflow. */
  readonly at: Position;
  readonly history: History | null;
  readonly sources: Map<AssetId, Sources>;
}

/** An address during a backward trace. */
export class Holder {
  readonly address: Address;
  #tags: readonly Tag[] | null = null;
  #stop: TagStop | null = null;
  readonly #histories: History[] = [];
  reached: ReachedBack | null = null;
  /** Executed movements whose outcome depends on its state or changed it, the latest of the chain first. */
  readonly steps: BackStep[] = [];

  constructor(address: Address) {
    this.address = address;
  }

  get tags(): readonly Tag[] | null {
    return this.#tags;
  }

  set tags(tags: readonly Tag[]) {
    this.#tags = tags;
    this.#stop = stopByTags(tags);
  }

  get stop(): TagStop | null {
    return this.#stop;
  }

  learn(upTo: Position, rows: HistoryRows): void {
    this.#histories.push(new History(upTo, rows));
  }

  /** What tells all that moved up to a position: what was asked for exactly there, or complete and beyond it. */
  historyTo(at: Position): History | null {
    for (const history of this.#histories) {
      const order = comparePositions(history.upTo, at);
      if (order === 0 || (order > 0 && !history.rows.truncated)) return history;
    }
    return null;
  }
}
