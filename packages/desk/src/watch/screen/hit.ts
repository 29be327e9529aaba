import type { Address, Watch } from '@gongjo/contract';
import type { Touch } from '../../ledger/index.ts';

export const hitSources = ['trace', 'indicator', 'address', 'list', 'category'] as const;
export type HitSource = (typeof hitSources)[number];

/** A watched address at one end of what happened, and on whose account it is watched. */
export interface Hit {
  readonly source: HitSource;
  /** Of `trace` and `indicator`. */
  readonly incident: string | null;
  /** Of the other sources. */
  readonly watch: Watch | null;
  readonly address: Address;
  readonly movement: Touch;
}

/** On whose account an address is watched. */
export type Account = Pick<Hit, 'source' | 'incident' | 'watch'>;

/** One hit per movement, end and account; a transfer to oneself has one end. */
export function hitsOf(movements: readonly Touch[], watched: ReadonlyMap<Address, readonly Account[]>): Hit[] {
  return movements.flatMap((movement) =>
    [movement.from, movement.to === movement.from ? null : movement.to].flatMap((address) =>
      address ? (watched.get(address) ?? []).map((account) => ({ ...account, address, movement })) : [],
    ),
  );
}
