import type { BlockHash, ChainId } from '@gongjo/contract';
import { invariant } from '../kernel/index.ts';
import { type Block, type Ledger, type Movement, storedAddress } from '../ledger/index.ts';
import { sha256Hex } from '../platform/index.ts';
import type { Heist, PlayedBlock, PlayedSpend, PlayedTx } from './heist/model.ts';

/** A block of a chain that nobody else has: its hash follows from the chain's name and the height. */
function blockOf(chain: ChainId, height: number, time: string, transactionCount: number): Block {
  const hash = (at: number) => {
    const digest = sha256Hex(`${chain} ${at}`);
    return (chain.includes('accounts') ? `0x${digest}` : digest) as BlockHash;
  };
  return { chain, height, hash: hash(height), parent: hash(height - 1), time, transactionCount };
}

/** Writes a block of an exercise into its own chain of the ledger; one that is there already is left. */
export async function playBlock(
  ledger: Ledger,
  heist: Heist,
  kind: 'accounts' | 'outputs',
  height: number,
  time: string,
): Promise<void> {
  const chain = heist.plan.chains[kind];
  const tip = (await ledger.coverage(chain))?.tip.height ?? -1;
  if (tip >= height) return;
  if (kind === 'accounts') await playAccounts(ledger, chain, height, time, heist.accounts[height]);
  else await playOutputs(ledger, chain, height, time, heist.outputs[height]);
}

async function playAccounts(
  ledger: Ledger,
  chain: ChainId,
  height: number,
  time: string,
  played: PlayedBlock<PlayedTx> | undefined,
): Promise<void> {
  invariant(played, `the heist has a block ${height} of accounts`);
  const movements = played.txs.flatMap(({ txid, moves }, txIndex) =>
    moves.map(({ from, to, asset, units, ...said }, ord): Movement => {
      const kind = said.kind ?? (asset.includes('/slip44:') ? 'native' : 'token');
      const call = said.call ?? (kind === 'native' && moves.length > 1);
      return { chain, height, txIndex, ord, txid, time, kind, from, to, asset, units, call };
    }),
  );
  const block = blockOf(chain, height, time, played.txs.length);
  await ledger.append([{ block, movements, internals: true }]);
}

async function playOutputs(
  ledger: Ledger,
  chain: ChainId,
  height: number,
  time: string,
  played: PlayedBlock<PlayedSpend> | undefined,
): Promise<void> {
  invariant(played, `the heist has a block ${height} of outputs`);
  const batch = await ledger.utxo.batch(chain);
  const units = Buffer.alloc(8);
  batch.block(blockOf(chain, height, time, played.txs.length));
  for (const { txid, inputs, outputs } of played.txs) {
    batch.transaction(hashed(txid), 0, inputs.length === 0);
    for (const input of inputs) batch.input(hashed(input.txid), 0, input.index);
    for (const output of outputs) {
      const stored = output.address === null ? nobody : storedAddress(chain, output.address);
      invariant(stored, 'addresses of an exercise are of its chain');
      units.writeBigUInt64LE(output.units);
      batch.output(units, 0, output.type ?? 'p2wpkh', stored, stored.length);
    }
  }
  await ledger.utxo.append(batch);
}

const nobody = new Uint8Array(0);

/** As the chain hashes it, which is not how it is written. */
function hashed(txid: string): Buffer {
  return Buffer.from(txid, 'hex').reverse();
}

/** Takes a chain of an exercise out of the ledger. */
export async function forgetBlocks(ledger: Ledger, chain: ChainId): Promise<void> {
  const coverage = await ledger.coverage(chain);
  if (coverage) await ledger.rollbackTo(chain, coverage.from - 1);
}
