import type { EvidenceFindingCode, EvidenceNoteCode, Trace } from '@gongjo/contract';
import { isMined, readHeader, rootOfBranch } from '../../chain/index.ts';
import type { BlocksFile } from '../content.ts';
import type { RowsFile } from '../rows/model.ts';

export interface Found {
  readonly findings: readonly { readonly code: EvidenceFindingCode; readonly detail: string }[];
  readonly counts: Readonly<Record<string, number>>;
  readonly notes: readonly { readonly code: EvidenceNoteCode; readonly count: number }[];
}

/** Blocks that a package proves: a trace of more stands in weeks of blocks, and each takes a read of the ledger. */
export const provedBlocksMax = 2000;

/** Whether each header is that of its block and was mined, and each transaction of the trace stands in its block. */
export function checkBlocks({ proofs, blocks }: BlocksFile, trace: Trace, rows: RowsFile): Found {
  const findings: { code: EvidenceFindingCode; detail: string }[] = [];
  const places = new Map<string, number>();
  let headers = 0;
  let transactions = 0;
  for (const block of blocks) {
    const tip = rows.coverage.tip;
    if (block.height === tip.height && block.hash !== tip.hash)
      findings.push({ code: 'block-other', detail: String(block.height) });
    for (const { txid } of block.transactions) places.set(txid, block.height);
    if (block.header === null) continue;
    const header = readHeader(Buffer.from(block.header, 'hex'));
    if (header.hash !== block.hash || header.parent !== block.parent) {
      findings.push({ code: 'block-hash-wrong', detail: String(block.height) });
      continue;
    }
    if (!isMined(header)) findings.push({ code: 'block-not-mined', detail: String(block.height) });
    headers += 1;
    for (const { txid, branch } of block.transactions) {
      const isIn =
        branch !== null && branch.index < block.transactionCount && rootOfBranch(txid, branch) === header.merkleRoot;
      if (isIn) transactions += 1;
      else findings.push({ code: 'branch-wrong', detail: txid });
    }
  }
  const unplaced = new Set<string>();
  for (const { txid, height } of trace.hops) {
    const at = places.get(txid);
    if (at === undefined) unplaced.add(txid);
    else if (at !== height) findings.push({ code: 'transaction-unplaced', detail: txid });
  }
  const isFull = blocks.length >= provedBlocksMax;
  if (!isFull) for (const txid of unplaced) findings.push({ code: 'transaction-unplaced', detail: txid });
  const missing = blocks.filter(({ header }) => header === null).length;
  return {
    findings,
    counts: { 'blocks-proved': headers, 'transactions-proved': transactions },
    notes: [
      ...(proofs === 'none' ? [{ code: 'chain-without-proofs' as const, count: blocks.length }] : []),
      ...(proofs === 'merkle' && missing > 0 ? [{ code: 'headers-missing' as const, count: missing }] : []),
      ...(transactions > 0 ? [{ code: 'raw-transactions-not-held' as const, count: transactions }] : []),
      ...(isFull && unplaced.size > 0 ? [{ code: 'blocks-beyond-bound' as const, count: unplaced.size }] : []),
    ],
  };
}
