import type { ChainId } from '@gongjo/contract';
import { type Coverage, familyOf, type Ledger } from '../ledger/index.ts';
import type { Records } from '../platform/index.ts';
import { readMarks } from '../watch/index.ts';

/** A desk that catches up looks at this many blocks at once: their movements are held in memory. */
const blocksPerRoundMax = 200;

/** Of full blocks of outputs it looks at fewer: these have some 50,000 inputs and outputs, 30 MB in memory. */
const transactionsPerRoundMax = 10_000;

/** How far a round goes, and whether it screens what the blocks on the way touched. */
export interface Span {
  readonly last: number;
  readonly screened: boolean;
}

/**
 * A trace as of the tip says all that it says as of the blocks before. So a desk that is far behind on a chain of outputs –
 * some 800,000 blocks, where a node's history is read in – leaps to the tip and makes its traces again, instead of screening
 * each block. What no trace says is that a partner's indicator moved, or what somebody ordered to be watched; while one may,
 * every block is screened.
 */
export async function spanOf(
  { utxo }: Pick<Ledger, 'utxo'>,
  chain: ChainId,
  first: number,
  tip: number,
  /** Something is asked of every block that no trace answers. */
  everyBlock: boolean,
): Promise<Span> {
  const whole = Math.min(tip, first + blocksPerRoundMax - 1);
  if (first > tip || familyOf(chain) === 'account') return { last: whole, screened: true };
  let last = whole;
  const before = await utxo.numberAfter(chain, first - 1);
  while (last > first && (await utxo.numberAfter(chain, last)) - before > transactionsPerRoundMax)
    last = first + Math.floor((last - first) / 2);
  return last === tip || everyBlock ? { last, screened: true } : { last: tip, screened: false };
}

/** A branch is looked at again for no more blocks than these, however late a reorganisation is noticed. */
const branchBlocksMax = { account: blocksPerRoundMax, utxo: 12 } as const;

/** The first block of the new branch, as far as it is known where rounds ended on the old one. */
export async function branchedAt(
  { records, ledger }: { readonly records: Records; readonly ledger: Pick<Ledger, 'blockAt'> },
  { chain, from, tip }: Coverage,
): Promise<number> {
  const lowest = Math.max(from, tip.height - branchBlocksMax[familyOf(chain)] + 1);
  for (const { height, hash } of await readMarks(records, chain)) {
    if (height < lowest) break;
    if ((await ledger.blockAt(chain, height))?.hash === hash) return height + 1;
  }
  return lowest;
}
