import { recordAudit } from '../audit/index.ts';
import { instant } from '../kernel/index.ts';
import type { Db, Records } from '../platform/index.ts';
import { type AdmittedFrom, admitFrom } from './admit.ts';
import { deleteFromCollection, nextForCollection, noteDecided, readableIds, widerFor } from './collection.store.ts';
import { type Asked, decideFor } from './decide.ts';
import type { Source } from './examine.ts';
import { type HeldObject, heldObjects } from './object.store.ts';
import { basisOf, type Party, type SharingContext } from './party.ts';
import type { VersionMatch } from './readable.store.ts';

/** What a collection holds of all that is here; null: any. */
export interface Selection {
  readonly types: readonly string[] | null;
  /** Whom an object came from: a desk's id, `account:NAME`, `feed:NAME`, `file:LABEL`. */
  readonly origins: readonly string[] | null;
  readonly incidents: readonly string[] | null;
}

/** How far a collection has been filled, and on which basis. */
export interface Filled {
  readonly to: number;
  readonly basis: string;
}

/** Decided in one transaction of a fraction of a second. */
const objectsPerFillMax = 500;

const asked: Asked = { purpose: 'investigation' };

/**
 * Takes the next objects that have come in since a collection was last filled, decides which of them it may hold, and records
 * it, in the caller's transaction. What was released stays released, and follows as a wider copy where more of it has come in and
 * may go; what was refused is asked again on a new basis.
 */
export async function fillCollection(
  tx: Db,
  context: SharingContext,
  collection: Party,
  selection: Selection,
  filled: Filled,
): Promise<{ readonly filled: Filled; readonly more: boolean; readonly released: number }> {
  const basis = basisOf(context, collection);
  const from = filled.basis === basis ? filled.to : 0;
  const { objects, to, more } = await nextForCollection(tx, collection.id, selection, from, objectsPerFillMax);
  const wider = await widerFor(tx, collection.id, objectsPerFillMax);
  const due = [...(await withRevoked(tx, collection, objects)), ...wider];
  const decided = await decideFor(tx, context, collection, due, asked);
  await noteDecided(tx, collection.id, basis, wider);
  return { filled: { to, basis }, more, released: decided.filter(({ released }) => released).length };
}

/** That an object was revoked is told to those who can read it, and to nobody else. */
async function withRevoked(tx: Db, { id }: Party, objects: readonly HeldObject[]): Promise<HeldObject[]> {
  const revoked = objects.filter((it) => it.revoked).map((it) => it.id);
  const told = revoked.length === 0 ? new Set<string>() : await readableIds(tx, id, revoked);
  return objects.map((it) => (it.revoked && told.has(it.id) ? { ...it, revoked: false } : it));
}

/**
 * Admits what an account writes into a collection, each object on its own, and decides at once what of it the collection may
 * hold. Whoever adds an object again that was deleted there wants it there: it is decided about anew. A crash between the two
 * leaves the request unanswered, and its repetition does the rest.
 */
export async function addToCollection(
  records: Records,
  context: SharingContext,
  source: Omit<Source, 'delivery' | 'via'>,
  collection: Party,
  json: unknown,
): Promise<AdmittedFrom> {
  const origin = source.party.id;
  const admitted = await admitFrom(records, context, { ...source, via: 'account', by: origin }, json);
  const refs = admitted.results.flatMap(({ id, modified, rejected }) =>
    rejected || id === null ? [] : [{ id, modified: modified ?? '', origin }],
  );
  for (let at = 0; at < refs.length; at += objectsPerFillMax)
    await records.transaction(async (tx) => {
      const held = await heldObjects(tx, refs.slice(at, at + objectsPerFillMax));
      await decideFor(tx, context, collection, await withRevoked(tx, collection, held), { ...asked, again: true });
    });
  return admitted;
}

/** Takes versions of an object out of one collection. Whoever else holds them keeps them. Answers how many there were. */
export async function withdrawFromCollection(
  tx: Db,
  { clock }: SharingContext,
  collection: string,
  { id, versions, by }: { readonly id: string; readonly versions: VersionMatch; readonly by: string },
): Promise<number> {
  const withdrawn = await deleteFromCollection(tx, collection, id, versions, instant(clock.now()));
  if (withdrawn.length > 0)
    await recordAudit(tx, clock, {
      actor: by,
      action: 'taxii.deleted',
      subject: id,
      details: { collection, versions: withdrawn },
    });
  return withdrawn.length;
}
