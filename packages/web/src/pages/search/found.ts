import type { SearchAnswer } from '@gongjo/contract';

/** How many things of all kinds were found; what only looks like an address was not. */
export function foundCount({
  things,
  incidents,
  cases,
  holds,
  objects,
  entries,
  partners,
}: Omit<SearchAnswer, 'thingsMore'>): number {
  const known = things.filter(({ as }) => as !== 'fault');
  return [known, incidents, cases, holds, objects, entries, partners].reduce((all, { length }) => all + length, 0);
}

/** There is nothing to show, not even an address with a fault. */
export function isNothing(answer: SearchAnswer): boolean {
  return answer.things.length === 0 && foundCount(answer) === 0;
}
