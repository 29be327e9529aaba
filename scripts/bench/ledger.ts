import { rmSync } from 'node:fs';
import path from 'node:path';
import type { ChainId } from '@gongjo/contract';
import { type Ledger, openLedger } from '../../packages/desk/src/ledger/index.ts';
import { ingestBitcoin } from '../../packages/desk/src/main/bitcoin.ts';
import { type Columns, openColumns, systemClock } from '../../packages/desk/src/platform/index.ts';
import type { GeneratedChain } from './chain.ts';

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

/** From block files to committed rows, as `gongjo ingest bitcoin --blocks` does it. */
async function ingest({ folder, truth }: GeneratedChain, ledger: Ledger): Promise<void> {
  const { progress } = await ingestBitcoin({
    source: { blocks: folder },
    ledger,
    clock: systemClock,
    from: 0,
    follow: false,
    signal: new AbortController().signal,
    reserve: () => () => {},
    onProgress: () => {},
    onState: () => {},
    onReorg: () => {},
    onIndexed: () => {},
  });
  if (progress?.height !== truth.tip.height) throw new Error(`ingested up to block ${progress?.height}`);
}

/** Bytes of the live parts of the ledger's tables for chains of outputs: what is left once merged parts are gone. */
export async function ledgerBytes({ columns }: IngestedChain): Promise<number> {
  const [row] = await columns.rows<{ bytes: string }>(
    "SELECT toString(sum(bytes_on_disk)) AS bytes FROM system.parts WHERE active AND startsWith(table, 'utxo_')",
  );
  return Number(row!.bytes);
}
