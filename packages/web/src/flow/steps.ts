import type { Ribbon } from './layout.ts';

type Place = Pick<Ribbon, 'key' | 'column' | 'from' | 'to'>;
export type Direction = 'next' | 'previous' | 'up' | 'down';

/**
 * The step that an arrow key leads to: right and left go through all steps in time, up and down through those of one column
 * by where they arrive. At an end it stays.
 */
export function step<R extends Place>(ribbons: readonly R[], key: string | null, direction: Direction): R | undefined {
  const index = ribbons.findIndex((ribbon) => ribbon.key === key);
  const here = ribbons[index];
  if (here === undefined) return ribbons[0];
  if (direction === 'next') return ribbons[index + 1] ?? here;
  if (direction === 'previous') return ribbons[index - 1] ?? here;
  const column = ribbons.filter((ribbon) => ribbon.column === here.column).sort((a, b) => top(a) - top(b));
  return column[column.indexOf(here) + (direction === 'down' ? 1 : -1)] ?? here;
}

function top({ from, to }: Place): number {
  return (to ?? from).top;
}
