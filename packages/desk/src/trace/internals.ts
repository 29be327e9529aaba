import type { Coverage } from '../ledger/index.ts';

/** Whether what contracts sent on in the block at a height is among the ledger's movements. */
export function knowsInternals({ internals }: Pick<Coverage, 'internals'>, height: number): boolean {
  let low = 0;
  let high = (internals?.length ?? 0) - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const span = internals?.[middle];
    if (span === undefined) return false;
    if (height < span.from) high = middle - 1;
    else if (height > span.to) low = middle + 1;
    else return true;
  }
  return false;
}
