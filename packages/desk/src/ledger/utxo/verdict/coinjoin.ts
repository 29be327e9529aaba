import type { UtxoTransaction } from '../model.ts';
import { equalOutput } from './equal-output.ts';
import { type CoinJoinVerdict, shapeOf } from './shape.ts';
import { wasabi1, wasabi2 } from './wasabi.ts';
import { whirlpool } from './whirlpool.ts';

/** No rule knows a CoinJoin of fewer; most transactions, and every coinbase, end here. */
const inputsMin = 2;
const outputsMin = 4;

/**
 * Whether a transaction looks as if strangers made it together, so that its inputs have no common owner and its outputs no
 * common payer; null where it does not. The most specific kind that fits. Depends on nothing but the transaction: neither on
 * the names of its addresses nor, except for Wasabi 2, on the order of its inputs and outputs. Heights are not looked at, so
 * the rules hold on test networks too. What each kind demands and how it fails stands beside its rule.
 */
export function coinJoinVerdict(tx: UtxoTransaction): CoinJoinVerdict | null {
  if (tx.inputs.length < inputsMin || tx.outputs.length < outputsMin) return null;
  const shape = shapeOf(tx);
  return whirlpool(tx, shape) ?? wasabi2(tx, shape) ?? wasabi1(tx, shape) ?? equalOutput(tx, shape);
}
