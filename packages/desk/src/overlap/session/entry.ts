import { type Disclosure, disclosures } from '@gongjo/contract';
import { nameOf } from '../identifier/identifier.ts';
import type { Identifier } from '../identifier/kinds.ts';

/** What one desk works on and compares. */
export interface Entry {
  /** The desk's own name for it, which never leaves. */
  readonly id: string;
  readonly identifier: Identifier;
  readonly disclosure: Disclosure;
  /** The officer to ask for. */
  readonly contact: string;
  /** The number of the case or incident, as other agencies may cite it. */
  readonly reference: string | null;
}

/** What is told of an overlap. */
export interface Note {
  readonly contact: string;
  readonly reference: string | null;
}

/** Null for a silent entry, as for none. */
export function noteOf({ disclosure, contact, reference }: Entry): Note | null {
  if (disclosure === 'silent') return null;
  return { contact, reference: disclosure === 'open' ? reference : null };
}

export const isListed = ({ disclosure }: Entry): boolean => disclosure !== 'silent';

/**
 * One entry for each identifier: where several people of a desk work on the same, the one who says least decides, because what
 * has been told cannot be taken back.
 */
export function strictestEach<E extends Entry>(entries: Iterable<E>): E[] {
  const each = new Map<string, E>();
  for (const entry of entries) {
    const name = nameOf(entry.identifier);
    const known = each.get(name);
    if (known === undefined || disclosures.indexOf(entry.disclosure) > disclosures.indexOf(known.disclosure))
      each.set(name, entry);
  }
  return [...each.values()];
}

/**
 * One entry for each identifier, as `strictestEach`, telling no more than any of `about` lets be told of the same: what one person
 * asks must not say what another keeps silent.
 */
export function asMarked(entries: readonly Entry[], about: readonly Entry[]): Entry[] {
  const marks = new Map(
    strictestEach([...entries, ...about]).map(({ identifier, disclosure }) => [nameOf(identifier), disclosure]),
  );
  return strictestEach(entries).map((entry) => ({
    ...entry,
    disclosure: marks.get(nameOf(entry.identifier)) ?? entry.disclosure,
  }));
}
