import type { Address } from '@gongjo/contract';
import type { TxNumber, UtxoTransaction } from '../../ledger/index.ts';
import type { Sides } from './lots.ts';
import type { End } from './model.ts';
import type { Part } from './part.ts';

/** Where a part goes on: into a slot of another transaction's incoming side; slot -1 is its fee. */
export interface Onward {
  readonly step: Step;
  readonly slot: number;
}

/** An address and whether value ends there: asked for once and then shared by all transactions that pay or spend it. */
export class Place {
  readonly address: Address;
  /** Undefined until it is known; null where value does not end. */
  end: End | null | undefined = undefined;
  /** Outputs that paid it, counted up to one more than makes a hub. */
  used = 0;
  /** Steps that wait to know. */
  waiting: Step[] | null = null;

  constructor(address: Address) {
    this.address = address;
  }
}

/** Where whatever leaves by a slot goes: it ends, goes on, or nobody knows before the place is known. */
export type Route = End | Onward | Place;

// Most steps begin with nothing; so they share it.
const unreached: (Part | undefined)[] = [];
const unrouted: (Route | undefined)[] = [];
Object.freeze(unreached);
Object.freeze(unrouted);

/** A transaction as the trace knows it: what traced value reached it, and what its last execution made of that. */
export class Step {
  readonly number: TxNumber;
  /** Its place in the order of the trace: transactions that it passes value to have a higher one. */
  rank: number;
  tx: UtxoTransaction | null = null;
  /** Known to be a coinbase that collects fees, before anything else is known of it. */
  collects = false;
  /** Known once it can be executed. */
  sides: Sides | null = null;
  /** What reached it, by slot of the side where value comes in: inputs forwards, outputs backwards. */
  parts: (Part | undefined)[] = unreached;
  /** Backwards: the part of its fee that the block's coinbase paid out. */
  feePart: Part | undefined = undefined;
  /** Outputs at which the trace starts; `sure`: followed whatever tags their address has. */
  leads: Map<number, 'plain' | 'sure'> | null = null;
  /** Value that reaches it is not followed through it. */
  blocked: 'coinjoin' | 'hub' | null = null;
  /** What left it, by slot of the other side; the last execution's. */
  passed: readonly (Part | undefined)[] = unreached;
  /** By slot of that side, as far as known. */
  routes: (Route | undefined)[] = unrouted;
  /** Hops of the last execution, at most. */
  pairs = 0;
  /** Pieces of the last execution. */
  pieces = 0;
  /** Something reached it since it was last executed. */
  changed = true;
  /** It is to be executed. */
  due = false;
  /** It stands in the trace and is counted against the bounds. */
  counted = false;
  /** It is in the run's list. */
  listed = false;

  /** Takes what reaches it by a slot. */
  take(slot: number, part: Part | undefined): void {
    if (this.parts !== unreached) this.parts[slot] = part;
    else if (slot === 0) this.parts = [part];
    else {
      this.parts = new Array(slot + 1);
      this.parts[slot] = part;
    }
  }

  constructor(number: TxNumber, rank: number) {
    this.number = number;
    this.rank = rank;
  }
}
