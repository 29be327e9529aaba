import { type IncidentMatch, matchCertainties } from '@gongjo/contract';

/** What a person is asked about first, then by how certain it is. */
export function inOrder(matches: readonly IncidentMatch[]): IncidentMatch[] {
  const rank = ({ state, certainty }: IncidentMatch) =>
    (state === 'proposed' ? 0 : matchCertainties.length) + matchCertainties.indexOf(certainty);
  return matches.toSorted((a, b) => rank(a) - rank(b) || a.other.localeCompare(b.other));
}
