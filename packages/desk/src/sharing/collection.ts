import type { Tlp } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { instant } from '../kernel/index.ts';
import { type Db, sha256Hex } from '../platform/index.ts';
import { deleteFromCollection, nextForCollection } from './collection.store.ts';
import { decideFor } from './collection-decide.ts';
import type { VersionMatch } from './readable.store.ts';
import type { SharingContext } from './release.ts';

/** What a collection holds of all that is here; null: any. */
export interface Selection {
  readonly types: readonly string[] | null;
  /** Whom an object came from: a desk's id, `account:NAME`, `feed:NAME`, `file:LABEL`. */
  readonly origins: readonly string[] | null;
  readonly incidents: readonly string[] | null;
}

/** A TAXII collection as a recipient: it stands for everybody who may read it. */
export interface CollectionRecipient {
  readonly alias: string;
  readonly country: string;
  readonly agreement: string | null;
  readonly roles: readonly string[];
  readonly communities: readonly string[];
  /** The least strict marking that its copies may carry; null: as they are. */
  readonly markFloor: Tlp | null;
  readonly selection: Selection;
  /** The level that an addition without a marking gets. */
  readonly unmarked: Tlp | 'refuse';
}

/** The name under which decisions about a collection are kept. */
export const recipientOf = (alias: string) => `collection:${alias}`;

/** How far a collection has been filled, and on which basis. */
export interface Filled {
  readonly to: number;
  readonly basis: string;
}

/** Decided in one transaction of a fraction of a second. */
const objectsPerFillMax = 500;

/** What refusals rest on besides the object: when it changes, the collection is gone through again. */
export function collectionBasis({ policies }: SharingContext, { selection: _, ...facts }: CollectionRecipient): string {
  return sha256Hex(JSON.stringify([policies.sha256, facts]));
}

/**
 * Takes the next objects that have come in since the collection was last filled, decides which of them it may hold, and
 * records it, in the caller's transaction. What was released stays released; what was refused is asked again on a new basis.
 */
export async function fillCollection(
  tx: Db,
  context: SharingContext,
  collection: CollectionRecipient,
  filled: Filled,
): Promise<{ readonly filled: Filled; readonly more: boolean; readonly released: number }> {
  const basis = collectionBasis(context, collection);
  const from = filled.basis === basis ? filled.to : 0;
  const { objects, to, more } = await nextForCollection(tx, collection, from, objectsPerFillMax);
  const released = await decideFor(tx, context, collection, objects, basis);
  return { filled: { to, basis }, more, released };
}

/** Takes versions of an object out of one collection. Whoever else holds them keeps them. Answers how many there were. */
export async function withdrawFromCollection(
  tx: Db,
  { clock }: SharingContext,
  alias: string,
  { id, versions, by }: { readonly id: string; readonly versions: VersionMatch; readonly by: string },
): Promise<number> {
  const withdrawn = await deleteFromCollection(tx, recipientOf(alias), id, versions, instant(clock.now()));
  if (withdrawn.length > 0)
    await recordAudit(tx, clock, {
      actor: by,
      action: 'taxii.deleted',
      subject: id,
      details: { collection: alias, versions: withdrawn },
    });
  return withdrawn.length;
}
