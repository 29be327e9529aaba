import type { EpochKeys, Published } from '../../overlap/index.ts';
import type { Log } from '../../platform/index.ts';
import type { PartnerContext } from '../inbox.ts';
import type { Calculator } from './calculator.ts';

/** What comparisons need beside what every work with partners needs. */
export interface OverlapContext extends PartnerContext {
  readonly overlap: OverlapParts;
  readonly log: Log;
  /** A page shows something else now. */
  readonly changed: () => void;
}

export interface OverlapParts {
  readonly calculator: Calculator;
  /** Where lists are kept, the own ones and those of partners. */
  readonly folder: string;
  /** From which the seed of each epoch's key is derived. */
  readonly secret: Uint8Array;
  /** What is in memory because it takes long to read or make; all of it can be made again. */
  readonly memory: {
    readonly keys: Map<number, EpochKeys>;
    published: Published | null;
    delta: { readonly name: string; readonly bytes: Uint8Array } | null;
    /** The end of what is being done with the own list: one thing after another. */
    turn: Promise<unknown>;
  };
}

export const noMemory = (): OverlapParts['memory'] => ({
  keys: new Map(),
  published: null,
  delta: null,
  turn: Promise.resolve(),
});
