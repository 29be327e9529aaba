import type { Party } from '../sharing/index.ts';

/** An account or a feed as what objects come from: it signs nothing and is nobody's partner. */
export function sourceParty(id: string, country: string, agreement: string | null): Party {
  return {
    id,
    kind: 'source',
    name: { en: id, ko: id },
    country,
    agreement,
    roles: [],
    communities: [],
    markFloor: 'clear',
  };
}
