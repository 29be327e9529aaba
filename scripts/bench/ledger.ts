import { existsSync, globSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { BlockHash, ChainId } from '@gongjo/contract';
import { addBlock } from '../../packages/desk/src/chain/bitcoin/batch-sink.ts';
import { checkBlock } from '../../packages/desk/src/chain/index.ts';
import { instant } from '../../packages/desk/src/kernel/index.ts';
import { type Ledger, openLedger } from '../../packages/desk/src/ledger/index.ts';
import { type Columns, openColumns } from '../../packages/desk/src/platform/index.ts';
import { blocksOf, type GeneratedChain } from './chain.ts';

export const regtestChain = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328' as ChainId;

export interface IngestedChain {
  readonly columns: Columns;
  readonly ledger: Ledger;
  /** Null where the ledger of an earlier run was there. */
  readonly ingestMs: number | null;
  readonly close: () => Promise<void>;
}

/** The chain in an embedded ledger beside its block files, ingested now or by an earlier run. */
export async function ingestedChain(chain: GeneratedChain, fresh: boolean): Promise<IngestedChain> {
  const folder = path.join(chain.folder, 'ledger');
  if (fresh) rmSync(folder, { recursive: true, force: true });
  const columns = await openColumns({ folder });
  const ledger = await openLedger(columns);
  const tip = (await ledger.coverage(regtestChain))?.tip.height ?? -1;
  let ingestMs: number | null = null;
  if (tip < chain.truth.tip.height) {
    if (tip >= 0) throw new Error(`${folder} holds a part of the chain; remove it`);
    const startedMs = performance.now();
    await ingest(chain, ledger);
    ingestMs = performance.now() - startedMs;
  }
  return { columns, ledger, ingestMs, close: () => columns.close() };
}

/** From block files to committed rows, through the desk's own code. */
async function ingest({ folder }: GeneratedChain, ledger: Ledger): Promise<void> {
  const outputsPerBatch = 500_000;
  let batch = await ledger.utxo.batch(regtestChain);
  let height = 0;
  for (const bytes of blocksOf(folder)) {
    const checked = checkBlock(bytes);
    const { hash, parent, timeS } = checked.header;
    const block = {
      chain: regtestChain,
      height,
      hash: hash as BlockHash,
      parent: parent as BlockHash,
      time: instant(timeS * 1000),
      transactionCount: checked.transactionCount,
    };
    addBlock(batch, block, checked);
    height += 1;
    if (batch.outputCount < outputsPerBatch) continue;
    await ledger.utxo.append(batch);
    batch = await ledger.utxo.batch(regtestChain);
  }
  await ledger.utxo.append(batch);
}

/** Bytes of the live parts of the ledger's tables for chains of outputs: what is left once merged parts are gone. */
export async function ledgerBytes({ columns }: IngestedChain): Promise<number> {
  const [row] = await columns.rows<{ bytes: string }>(
    "SELECT toString(sum(bytes_on_disk)) AS bytes FROM system.parts WHERE active AND startsWith(table, 'utxo_')",
  );
  return Number(row!.bytes);
}

export function folderBytes(folder: string): number {
  if (!existsSync(folder)) return 0;
  return globSync(path.join(folder, '**/*')).reduce((sum, file) => sum + statSync(file).size, 0);
}
