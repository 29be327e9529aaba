import type { StoredHold } from './hold.store.ts';
import type { HoldTerms } from './progress.ts';

/** What the progress of a request depends on. */
export function termsOf({ facts, addressee, approvalsNeeded }: StoredHold): HoldTerms {
  return {
    amounts: facts.amounts,
    days: facts.days,
    courtesyDays: addressee.courtesyDays,
    endsOtherwise: addressee.ends !== null,
    approvalsNeeded: Math.max(1, approvalsNeeded),
  };
}
