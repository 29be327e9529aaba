import type { Address, Instant, OutputType, TxId } from '@gongjo/contract';
import type { UtxoInput, UtxoOutput, UtxoTransaction } from './model.ts';

export type DrawnOutput = readonly [address: string | null, units: bigint | number, type?: OutputType];
/** Null: an input whose transaction the ledger does not hold. */
export type DrawnInput = readonly [address: string, units: bigint | number] | null;

export const address = (name: string): Address => name as Address;
export const txid = (name: string | number): TxId => String(name).padStart(64, '0') as TxId;
export const time = (minute: number): Instant =>
  new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString() as unknown as Instant;

/** One transaction by itself: amounts and owners as drawn, everything else made up. */
export function drawnTransaction(
  inputs: readonly DrawnInput[],
  outputs: readonly DrawnOutput[],
  number = 1_000,
): UtxoTransaction {
  return {
    number,
    txid: txid(number),
    height: 100,
    index: 1,
    time: time(100),
    coinbase: false,
    inputs: inputs.map((input, index) => drawnInput(input, index)),
    outputs: outputs.map((output) => drawnOutput(output)),
  };
}

function drawnInput(input: DrawnInput, index: number): UtxoInput {
  if (input === null) return { of: null, units: null, address: null };
  return { of: { tx: index, index: 0 }, units: BigInt(input[1]), address: address(input[0]) };
}

function drawnOutput([name, units, type = 'p2wpkh']: DrawnOutput): UtxoOutput {
  return { units: BigInt(units), type, address: name === null ? null : address(name), spentBy: null };
}
