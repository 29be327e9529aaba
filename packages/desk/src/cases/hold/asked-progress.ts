import type { HoldAsked, HoldProgress, HoldWord } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';
import { happenedOf } from './answer.ts';
import type { StoredAsked, StoredWord } from './asked.store.ts';
import { afterHappening, type HoldTerms, notBegun } from './progress.ts';
import { mayHappen } from './states.ts';

/** Where a partner's request stands by what was said here: pure functions of the request and the words. */

/** Of the events of the table those that the side that is asked may say. */
const ourEvents: ReadonlySet<string> = new Set([
  'acknowledge',
  'hold-part',
  'hold-full',
  'extend',
  'release',
  'refuse',
]);

/** What can be said to it as it stands. */
export const mayTell = ({ state }: HoldProgress) => mayHappen(state).filter((event) => ourEvents.has(event));

export const termsOfAsked = ({ facts }: HoldAsked): HoldTerms => ({
  amounts: facts.amounts,
  days: facts.days,
  courtesyDays: null,
  // What ends is what this desk says.
  endsOtherwise: true,
  approvalsNeeded: 1,
});

/**
 * Where a request stands by this desk's words, those left out that the other side has refused, and those that nothing is left to
 * stand on without them.
 */
export function standingOfAsked({ asked, receivedAt }: StoredAsked, words: readonly StoredWord[]): HoldProgress {
  const terms = termsOfAsked(asked);
  let progress: HoldProgress = { ...notBegun, state: 'sent', sentAt: receivedAt };
  for (const { told, problem } of words) {
    if (problem !== null || told.round !== asked.round || told.what.event === 'file') continue;
    const at = told.at < receivedAt ? receivedAt : told.at;
    progress = afterWordIf(progress, terms, told.what, { at, by: told.desk });
  }
  return progress;
}

/** What it is after a word; as it was, where that word has no place. */
function afterWordIf(
  before: HoldProgress,
  terms: HoldTerms,
  what: Exclude<HoldWord, { event: 'file' }>,
  saying: { readonly at: string; readonly by: string },
): HoldProgress {
  try {
    return afterHappening(before, terms, happenedOf(terms, what, saying));
  } catch (thrown) {
    if (thrown instanceof GongjoError) return before;
    throw thrown;
  }
}
