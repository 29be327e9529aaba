import type { OverlapItem, OverlapMatchView } from '@gongjo/contract';
import type { Db } from '../../platform/index.ts';
import { entriesNamed } from './entry.store.ts';
import { matchesWith } from './known.store.ts';
import { itemOf } from './view.ts';

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
  const told = (await matchesWith(db, null)).filter((it) => it.told !== null);
  const entries = await entriesNamed(db, [...new Set(told.map(({ entry }) => entry))]);
  const about = new Map(
    entries.filter((it) => it.reference !== null && references.includes(it.reference)).map((it) => [it.id, it]),
  );
  return told.flatMap(({ desk, entry, theirNote }) => {
    const known = about.get(entry);
    return known ? [{ desk, item: itemOf(known.identifier), theirNote }] : [];
  });
}

/** What comparisons with partners found of one address or transaction, whatever its chain; clusters by the address that stands for them. */
export async function overlapsOn(db: Db, text: string): Promise<OverlapMatchView[]> {
  const matches = await matchesWith(db, null);
  const entries = new Map(
    (await entriesNamed(db, [...new Set(matches.map(({ entry }) => entry))]))
      .filter(({ identifier }) => identifier.text.endsWith(`:${text}`))
      .map((it) => [it.id, it]),
  );
  return matches.flatMap(({ desk, entry, found, told, theirNote, firstAt }) => {
    const own = entries.get(entry);
    if (own === undefined) return [];
    const { reference } = own;
    return [{ desk, item: itemOf(own.identifier), found, told: told !== null, theirNote, reference, firstAt }];
  });
}
