import type { SortOrder } from './SortHead.tsx';

/** What a row is sorted by; null stands below everything, whichever way is asked for. */
export type Key = string | number | null;

/** The rows in the order that the reader asked for; equal ones stay as they stood. */
export function sortRows<T, K extends string>(
  rows: readonly T[],
  { by, descending }: SortOrder<K>,
  keyOf: (row: T, column: K) => Key,
): T[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [keyOf(one, by), keyOf(other, by)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (typeof a === 'string' && typeof b === 'string') return sign * a.localeCompare(b);
    return sign * (Number(a) - Number(b));
  });
}
