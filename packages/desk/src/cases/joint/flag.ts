import type { CaseFlag, Conversion } from '@gongjo/contract';
import type { HeldRevision } from './revision.ts';
import { hasSeen } from './seen.ts';

/**
 * What a fact counts as. It is evidence only where every head says so, and none of them made evidence silently of what was
 * intelligence in a revision that it had seen: that takes a conversion, which names the legal basis.
 */
export function flagOf(heads: readonly HeldRevision[], revisions: readonly HeldRevision[]): CaseFlag {
  return heads.length > 0 && heads.every((head) => isEvidence(head, revisions)) ? 'evidence' : 'intelligence';
}

function isEvidence(head: HeldRevision, revisions: readonly HeldRevision[]): boolean {
  if (head.about.flag !== 'evidence') return false;
  if (head.about.conversion) return true;
  return !revisions.some((it) => it.about.flag === 'intelligence' && hasSeen(head.seen, it));
}

/** The flag of a revision that takes the place of these heads: a person chooses among words, and never so makes evidence. */
export function flagAfter(
  heads: readonly HeldRevision[],
  revisions: readonly HeldRevision[],
): { readonly flag: CaseFlag; readonly conversion?: Conversion } {
  if (flagOf(heads, revisions) !== 'evidence') return { flag: 'intelligence' };
  const conversion = heads.flatMap(({ about }) => about.conversion ?? [])[0];
  return { flag: 'evidence', ...(conversion ? { conversion } : {}) };
}
