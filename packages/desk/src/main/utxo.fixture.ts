import type { Address, BlockHash, ChainId, TxId } from '@gongjo/contract';
import { addressText, type Ledger, storedAddress } from '../ledger/index.ts';

/** A hand-made ledger of outputs for tests that drive a whole desk. */

export const txid = (n: number) => n.toString(16).padStart(64, '0') as TxId;
/** A P2PKH address of the chain. */
export const owner = (chain: ChainId, n: number): Address => {
  const key = Buffer.alloc(20);
  key.writeUInt32BE(n, 16);
  return addressText(chain, Buffer.concat([Buffer.from([0]), key]));
};

/** Inputs are `[tx, output]`; none makes new coins. Outputs are `[owner, units]`. */
export interface Payment {
  readonly tx: number;
  readonly inputs: readonly (readonly [tx: number, output: number])[];
  readonly outputs: readonly (readonly [owner: number, units: number])[];
}

export const mined = (tx: number, ...outputs: Payment['outputs']): Payment => ({ tx, inputs: [], outputs });
export const paid = (tx: number, inputs: Payment['inputs'], ...outputs: Payment['outputs']): Payment => ({
  tx,
  inputs,
  outputs,
});

/** Appends blocks of a branch (`fork`) that leaves the branch `parentFork` where they begin. */
export async function appendOutputs(
  ledger: Ledger,
  chain: ChainId,
  from: number,
  blocks: readonly (readonly Payment[])[],
  fork = 0,
  parentFork = fork,
): Promise<void> {
  const hash = (height: number, branch: number) =>
    (height * 100 + branch + 1).toString(16).padStart(64, '0') as BlockHash;
  const internal = (n: number) => Buffer.from(txid(n), 'hex').reverse();
  const batch = await ledger.utxo.batch(chain);
  for (const [at, payments] of blocks.entries()) {
    const height = from + at;
    batch.block({
      chain,
      height,
      hash: hash(height, fork),
      parent: hash(height - 1, at === 0 ? parentFork : fork),
      time: new Date(1_700_000_000_000 + height * 600_000 + fork * 1000).toISOString(),
      transactionCount: payments.length,
    });
    for (const { tx, inputs, outputs } of payments) {
      batch.transaction(internal(tx), 0, inputs.length === 0);
      for (const [of, output] of inputs) batch.input(internal(of), 0, output);
      for (const [to, units] of outputs) {
        const bytes = Buffer.alloc(8);
        bytes.writeBigUInt64LE(BigInt(units));
        const stored = storedAddress(chain, owner(chain, to)) ?? Buffer.alloc(0);
        batch.output(bytes, 0, 'p2pkh', stored, stored.length);
      }
    }
  }
  await ledger.utxo.append(batch);
}
