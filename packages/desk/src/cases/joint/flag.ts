import type { CaseFlag, Conversion } from '@gongjo/contract';
import { canonicalJson } from '../../kernel/index.ts';
import type { HeldRevision } from './revision.ts';
import { hasSeen, unseenOf } from './seen.ts';

/**
 * What a fact counts as. It is evidence only where every head says so, and none of them made evidence silently of what was
 * intelligence in a revision that it had seen: that takes a conversion, which names the legal basis.
 */
export function flagOf(heads: readonly HeldRevision[], revisions: readonly HeldRevision[]): CaseFlag {
  return heads.length > 0 && heads.every((head) => isEvidence(head, revisions)) ? 'evidence' : 'intelligence';
}

function isEvidence(head: HeldRevision, revisions: readonly HeldRevision[]): boolean {
  if (head.about.flag !== 'evidence') return false;
  if (head.about.conversion) return isActKnown(head, head.about.conversion, revisions);
  return !revisions.some((it) => it.about.flag === 'intelligence' && hasSeen(head.seen, it));
}

/**
 * Whether the act that a revision names is its own, or one that it had seen. Where everything is here that it had seen of the desk
 * that acted, the act is among it; what that desk keeps to itself cannot be looked at.
 */
function isActKnown(head: HeldRevision, conversion: Conversion, revisions: readonly HeldRevision[]): boolean {
  const { desk, at } = conversion;
  if (desk === head.desk && at === head.at) return true;
  const theirs = revisions.filter((it) => it.desk === desk);
  if (unseenOf(head.seen, desk, new Set(theirs.map(({ n }) => n))) !== null) return true;
  const named = canonicalJson(conversion);
  return theirs.some(({ about }) => about.conversion?.desk === desk && canonicalJson(about.conversion) === named);
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
