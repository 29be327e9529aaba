import { type HeldObjectView, tlpLevels } from '@gongjo/contract';
import type { SortOrder } from '../../parts/SortHead.tsx';
import { sortRows } from '../../parts/sort-rows.ts';

export const objectColumns = ['type', 'label', 'marking', 'origin', 'modified', 'added', 'sightings'] as const;
export type ObjectColumn = (typeof objectColumns)[number];

/**
 * Sorts what is on the page by what its cells say, equal ones newest first; markings by how strict they are, for their names
 * are in no order.
 */
export function sortObjects(
  objects: readonly HeldObjectView[],
  order: SortOrder<ObjectColumn>,
  cell: (object: HeldObjectView, column: ObjectColumn) => string | number,
): readonly HeldObjectView[] {
  const strictness = ({ tlp }: HeldObjectView) => (tlp === null ? -1 : tlpLevels.indexOf(tlp));
  const newestFirst = objects.toSorted((one, other) => other.seq - one.seq);
  return sortRows(newestFirst, order, (it, by) => (by === 'marking' ? strictness(it) : cell(it, by)));
}
