import type { AlertGroup } from '@gongjo/contract';
import type { AlertFilter } from './asked.ts';

export type GroupState = 'open' | 'silenced' | 'handled' | 'withdrawn';

/** `withdrawn`: none of its alerts holds any more. A silenced group counts on and calls nobody. */
export function groupState({ count, open, silence }: Pick<AlertGroup, 'count' | 'open' | 'silence'>): GroupState {
  if (count === 0) return 'withdrawn';
  if (open === 0) return 'handled';
  return silence === null ? 'open' : 'silenced';
}

/** Groups of a filter, those to act on first, and of each the one with the newest alert first. */
export function groupsOf(groups: readonly AlertGroup[], filter: AlertFilter): AlertGroup[] {
  const stateRank: Readonly<Record<GroupState, number>> = { open: 0, silenced: 1, handled: 2, withdrawn: 3 };
  const rank = (group: AlertGroup) => 2 * stateRank[groupState(group)] + (group.urgency === 'act' ? 0 : 1);
  return groups
    .filter((group) => isShown(groupState(group), filter))
    .sort((a, b) => rank(a) - rank(b) || b.lastAt.localeCompare(a.lastAt) || a.id.localeCompare(b.id));
}

function isShown(state: GroupState, filter: AlertFilter): boolean {
  if (filter === 'all') return true;
  return filter === 'handled' ? state === 'handled' || state === 'withdrawn' : state === filter;
}

/** How many groups each filter shows. */
export function filterCounts(groups: readonly AlertGroup[]): Readonly<Record<AlertFilter, number>> {
  const count = (filter: AlertFilter) => groups.filter((group) => isShown(groupState(group), filter)).length;
  return { open: count('open'), silenced: count('silenced'), handled: count('handled'), all: groups.length };
}
