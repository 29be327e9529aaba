import type { OverlapItem } from '@gongjo/contract';
import type { Db } from '../../platform/index.ts';
import { matchesAbout } from './known.store.ts';
import { itemOf, oneEach } from './view.ts';

/** A partner that works on the same as an entry of this desk's. */
export interface OverlapAbout {
  readonly desk: string;
  readonly item: OverlapItem;
  readonly theirNote: { readonly contact: string; readonly reference: string | null } | null;
}

/**
 * Which partners work on what these references – incidents, say – have on the list. Only of what a partner knows that this desk has
 * it, too: an offer would tell it of a silent entry.
 */
export async function overlapsAbout(db: Db, references: readonly string[]): Promise<OverlapAbout[]> {
  if (references.length === 0) return [];
  const told = (await matchesAbout(db, references)).filter((it) => it.told !== null);
  return oneEach(told).map(({ desk, identifier, theirNote }) => ({ desk, item: itemOf(identifier), theirNote }));
}
