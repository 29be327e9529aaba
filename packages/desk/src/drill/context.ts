import type { ChainId, Topic } from '@gongjo/contract';
import type { MeasureContext } from '../cases/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Clock, Db, Random, Records } from '../platform/index.ts';
import type { Party, SharingContext } from '../sharing/index.ts';

/** What exercises need of the desk that they are played on. */
export interface DrillContext {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly random: Random;
  readonly sharing: SharingContext;
  readonly measures: MeasureContext;
  readonly partners: (db: Db) => Promise<Party[]>;
  /** There is a new block on a chain. */
  readonly wakeRound: (chain: ChainId) => void;
  /** Lets the step at hand along a chain finish, and forgets what is remembered of the chain. */
  readonly leaveChain: (chain: ChainId) => Promise<void>;
  readonly wakeCouriers: () => Promise<void>;
  readonly changed: (...topics: Topic[]) => void;
}
