import type { Address, ChangeHeuristic, ChangeSuggestion, Seen } from '@gongjo/contract';
import type { ChangeFacts } from '../change/heuristics.ts';
import { changeTable } from '../change/suggest.ts';
import type { TxNumber, UtxoTransaction } from '../model.ts';
import { coinJoinVerdict } from '../verdict/coinjoin.ts';
import type { CoinJoinVerdict } from '../verdict/shape.ts';

/** What one transaction says about who belongs together. */
export interface Judgement extends Seen {
  readonly number: TxNumber;
  /** The addresses of its inputs, sorted. */
  readonly spenders: readonly Address[];
  /** It joins nobody for this reason; null where it may join. */
  readonly refused: CoinJoinVerdict | { readonly kind: 'cut'; readonly reason: string } | null;
  /** Those of the chosen heuristics, unless they contradict each other. */
  readonly change: readonly ChangeSuggestion[];
  readonly contradiction: readonly ChangeSuggestion[];
}

export function judge(
  tx: UtxoTransaction,
  cuts: ReadonlyMap<string, string>,
  names: readonly ChangeHeuristic[],
  facts: ChangeFacts,
): Judgement {
  const { number, txid, height, time } = tx;
  const spenders = new Set<Address>();
  for (const { address } of tx.inputs) if (address !== null) spenders.add(address);
  const table = names.length === 0 ? null : changeTable(tx, facts, names);
  const suggestions = spenders.size === 0 ? [] : (table?.suggestions ?? []);
  const reason = cuts.get(txid);
  return {
    number,
    txid,
    height,
    time,
    spenders: [...spenders].sort(),
    // A CoinJoin joins nobody by itself, so a cut of it would change nothing and is not shown.
    refused: coinJoinVerdict(tx) ?? (reason === undefined ? null : { kind: 'cut', reason }),
    change: table?.contradiction ? [] : suggestions,
    contradiction: table?.contradiction ? suggestions : [],
  };
}

/** Everyone whom it would join; of one address it joins nobody. */
export function wouldJoin({ spenders, change }: Judgement): ReadonlySet<Address> {
  return new Set([...spenders, ...change.map(({ address }) => address)]);
}
