import type { UtxoTransaction } from '../../ledger/index.ts';

/** One side of a transaction as a line of units: its lots one after the other, none or many units each. */
export interface Lots {
  readonly sizes: readonly bigint[];
  readonly total: bigint;
}

/** A transaction as two lines of the same length: whatever stands on the one left, stands on the other arrived. */
export interface Sides {
  /**
   * Slot by slot the inputs. Of a coinbase: slot 0 the new coins and, where fees are followed, slot 1 + i the fee of the
   * block's transaction i. Behind the inputs one more lot where the outputs exceed them all.
   */
  readonly inputs: Lots;
  /** Slot by slot the outputs, then the fee; of a coinbase, then what it left unclaimed. */
  readonly outputs: Lots;
  /** Some input is not known, so its size was inferred: what the outputs lack otherwise. */
  readonly unknown: boolean;
}

/**
 * The two sides of a transaction; `fees` is what each transaction of its block paid, in order, where that matters (the
 * block's coinbase with fees followed). Of several unknown inputs the first counts as holding all that is lacking.
 */
export function sidesOf(tx: UtxoTransaction, fees: readonly bigint[] | null): Sides {
  // Arrays are made in their final size: there are a dozen a transaction, and growing ones would be mostly empty.
  const outputCount = tx.outputs.length;
  const outputs = new Array<bigint>(outputCount + 1);
  let paid = 0n;
  for (let slot = 0; slot < outputCount; slot += 1) {
    const units = tx.outputs[slot]?.units ?? 0n;
    outputs[slot] = units;
    paid += units;
  }
  if (tx.coinbase) {
    const claimable = (fees ?? []).reduce((sum, fee) => sum + fee, 0n);
    const fresh = paid > claimable ? paid - claimable : 0n;
    outputs[outputCount] = fresh + claimable - paid;
    const total = fresh + claimable;
    return { inputs: { sizes: [fresh, ...(fees ?? [])], total }, outputs: { sizes: outputs, total }, unknown: false };
  }
  const inputCount = tx.inputs.length;
  const inputs = new Array<bigint>(inputCount);
  let brought = 0n;
  let firstUnknown = -1;
  for (let slot = 0; slot < inputCount; slot += 1) {
    const units = tx.inputs[slot]?.units ?? null;
    if (units !== null) brought += units;
    else if (firstUnknown === -1) firstUnknown = slot;
    inputs[slot] = units ?? 0n;
  }
  const lacking = paid > brought ? paid - brought : 0n;
  if (firstUnknown !== -1) inputs[firstUnknown] = lacking;
  else if (lacking > 0n) inputs.push(lacking);
  const total = brought + lacking;
  outputs[outputCount] = total - paid;
  const unknown = firstUnknown !== -1 || lacking > 0n;
  return { inputs: { sizes: inputs, total }, outputs: { sizes: outputs, total }, unknown };
}
