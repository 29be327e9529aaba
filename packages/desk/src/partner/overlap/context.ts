import type { EpochKeys, List, Published } from '../../overlap/index.ts';
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
    /** Entries came or went since the list was made. */
    isStale: boolean;
    /** The list of a partner that was compared with last. */
    theirs: { readonly file: string; readonly list: List } | null;
    /** Before when a partner wants to be asked nothing, in milliseconds. */
    readonly later: Map<string, number>;
    /** The end of the sessions with each partner: one after another. */
    readonly turns: Map<string, Promise<unknown>>;
    /** Which list of each partner all that is known was compared with. */
    readonly compared: Map<string, string>;
    delta: { readonly name: string; readonly bytes: Uint8Array } | null;
  };
}

export const noMemory = (): OverlapParts['memory'] => ({
  keys: new Map(),
  published: null,
  isStale: true,
  theirs: null,
  later: new Map(),
  turns: new Map(),
  compared: new Map(),
  delta: null,
});

/** Entries came or went: the list is made anew when it is asked for next. */
export function entriesChanged({ overlap }: OverlapContext): void {
  overlap.memory.isStale = true;
  overlap.memory.compared.clear();
}
