import type { Verdict } from '@gongjo/contract';
import type { TxNumber, UtxoTransaction } from '../model.ts';
import { reason } from './shape.ts';

/** "Much smaller" has no number in the literature; a tenth keeps out payments whose change is of their own order. */
const smallerBy = 10n;
const inputsMax = 2;
/** Steps followed in each direction; a longer chain is as sure as this one. */
const stepsMax = 1_000;

export interface Peel {
  /** Index of the output that was peeled off, and of the one that remains. */
  readonly peeled: number;
  readonly remainder: number;
}

/** The shape of one step: one or two inputs, two spendable outputs to different addresses, one a tenth of the other or less. */
export function peelOf(tx: UtxoTransaction): Peel | null {
  const [first, second] = tx.outputs;
  if (tx.coinbase || tx.outputs.length !== 2 || first === undefined || second === undefined) return null;
  if (tx.inputs.length < 1 || tx.inputs.length > inputsMax) return null;
  if (first.address === null || second.address === null || first.address === second.address) return null;
  const peeled = first.units < second.units ? 0 : 1;
  const [small, rest] = peeled === 0 ? [first.units, second.units] : [second.units, first.units];
  if (small === 0n || small * smallerBy > rest) return null;
  return { peeled, remainder: 1 - peeled };
}

/**
 * Whether a transaction looks like a step of a peeling chain: a large coin of which a small part is paid and the rest goes
 * on, again and again. `around` are the transactions known before and after it, in any order; where its remainder goes into
 * another step, or it spends a step's remainder, the verdict says how many follow each other. Meiklejohn, Pomarole, Jordan,
 * Levchenko, McCoy, Voelker, Savage, "A Fistful of Bitcoins", 2013; Kappos, Yousaf, Stütz, Rollet, Haslhofer, Meiklejohn,
 * "How to Peel a Million", 2022.
 *
 * Fails: a payment with large change is a step by itself, so without `around` it says little; services pay out this way too;
 * peels of more than a tenth are not seen.
 */
export function peelingVerdict(tx: UtxoTransaction, around: readonly UtxoTransaction[] = []): Verdict | null {
  const peel = peelOf(tx);
  if (peel === null) return null;
  const known = new Map(around.map((each) => [each.number, each]));
  const steps = stepsBefore(tx, known) + 1 + stepsAfter(tx, known);
  return {
    kind: 'peeling',
    certainty: 'heuristic',
    reasons: [
      reason('peel-inputs', { count: tx.inputs.length }),
      reason('peel-small', amountsOf(tx, peel)),
      ...(steps > 1 ? [reason('peel-chain', { count: steps })] : []),
    ],
  };
}

export function amountsOf(tx: UtxoTransaction, peel: Peel): { units: bigint; restUnits: bigint } {
  return { units: tx.outputs[peel.peeled]?.units ?? 0n, restUnits: tx.outputs[peel.remainder]?.units ?? 0n };
}

type Known = ReadonlyMap<TxNumber, UtxoTransaction>;

function stepsBefore(tx: UtxoTransaction, known: Known): number {
  let steps = 0;
  for (let at = tx; steps < stepsMax; steps += 1) {
    const before = at.inputs
      .map(({ of }) => (of === null ? undefined : { tx: known.get(of.tx), index: of.index }))
      .find(
        (each) => each?.tx !== undefined && each.tx.number < at.number && peelOf(each.tx)?.remainder === each.index,
      );
    if (before?.tx === undefined) break;
    at = before.tx;
  }
  return steps;
}

function stepsAfter(tx: UtxoTransaction, known: Known): number {
  let steps = 0;
  for (let at = tx; steps < stepsMax; steps += 1) {
    const spent = at.outputs[peelOf(at)?.remainder ?? 0]?.spentBy;
    const after = spent ? known.get(spent.tx) : undefined;
    if (after === undefined || after.number <= at.number || peelOf(after) === null) break;
    at = after;
  }
  return steps;
}
