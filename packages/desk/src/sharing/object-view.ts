import type { HeldObjectDetail } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { watchables } from '../stix/index.ts';
import { recipientsListed, versionsListed } from './listing.store.ts';
import { marksListed, marksOf } from './mark.store.ts';
import { type Effective, effectiveOf, markReader } from './marking.ts';
import { heldVersions, newestVersions } from './object.store.ts';
import { noHandling, type SharingContext } from './party.ts';
import { recallsOf } from './recall.store.ts';
import { relationsOf, sightingCounts } from './relation.store.ts';

/** How these objects are marked: by what they say, by what they were taken for, and by what was said of them here. */
export async function objectMarkings(
  db: Db,
  { handling = noHandling }: Pick<SharingContext, 'handling'>,
  ids: readonly string[],
): Promise<Map<string, Effective['tlp']>> {
  if (ids.length === 0) return new Map();
  const [newest, marks] = [await newestVersions(db, ids), await marksOf(db, ids)];
  const objects = newest.map(({ object }) => object);
  const reader = await markReader(db, handling.book, objects);
  return new Map(
    newest.map(({ id, object, given }) => [
      id,
      effectiveOf(object, { given, mark: marks.get(id) ?? null }, reader).tlp,
    ]),
  );
}

/** Everything that the desk knows of one object. Throws `object-unknown`. */
export async function objectDetail(
  db: Db,
  { handling = noHandling }: Pick<SharingContext, 'handling'>,
  id: string,
): Promise<HeldObjectDetail> {
  const [newest] = await heldVersions(db, id);
  if (!newest) throw new GongjoError('object-unknown', { id });
  const mark = (await marksOf(db, [id])).get(id) ?? null;
  const reader = await markReader(db, handling.book, [newest.object]);
  const { tlp, handling: carried } = effectiveOf(newest.object, { given: newest.given, mark }, reader);
  const watched =
    newest.type === 'indicator' ? watchables(String(newest.object.pattern), String(newest.object.pattern_type)) : null;
  return {
    id,
    type: newest.type,
    versions: await versionsListed(db, id),
    marking: { tlp, handling: [...carried], marks: await marksListed(db, id) },
    watched: watched && { subjects: [...watched.subjects], unwatchable: watched.reason },
    recipients: await recipientsListed(db, id),
    recalls: await recallsOf(db, id),
    relations: await relationsOf(db, id),
    sightings: (await sightingCounts(db, [id])).get(id) ?? 0,
  };
}
