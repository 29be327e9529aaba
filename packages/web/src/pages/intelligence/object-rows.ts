import type { HeldObjectView } from '@gongjo/contract';

export const objectColumns = ['type', 'label', 'marking', 'origin', 'modified', 'added', 'sightings'] as const;
export type ObjectColumn = (typeof objectColumns)[number];

/** Sorts what is on the page by what its cells say; markings by how strict they are, for their names are in no order. */
export function sortObjects(
  objects: readonly HeldObjectView[],
  { by, descending }: { readonly by: ObjectColumn; readonly descending: boolean },
  cell: (object: HeldObjectView, column: ObjectColumn) => string | number,
): readonly HeldObjectView[] {
  const strictness = ['clear', 'green', 'amber', 'amber+strict', 'red'];
  const key = (it: HeldObjectView) => (by === 'marking' ? strictness.indexOf(it.tlp ?? '') : cell(it, by));
  const sign = descending ? -1 : 1;
  return objects.toSorted((one, other) => {
    const [a, b] = [key(one), key(other)];
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
    return sign * order || other.seq - one.seq;
  });
}
