import type { EvidenceFindingCode, EvidenceKeyUse, EvidenceNoteCode, PublicKey, Trace } from '@gongjo/contract';
import { type BlockHeader, isMined, readHeader, rootOfBranch } from '../../chain/index.ts';
import { instant } from '../../kernel/index.ts';
import { familyOf } from '../../ledger/index.ts';
import type { BlocksFile } from '../content.ts';
import type { RowsFile } from '../rows/model.ts';

export interface Found {
  readonly findings: readonly { readonly code: EvidenceFindingCode; readonly detail: string }[];
  readonly counts: Readonly<Record<string, number>>;
  readonly notes: readonly { readonly code: EvidenceNoteCode; readonly count: number }[];
  /** The keys whose signatures hold. */
  readonly keys?: readonly { readonly desk: string; readonly key: PublicKey; readonly use: EvidenceKeyUse }[];
}

type Block = BlocksFile['blocks'][number];

/** Blocks that a package proves: a trace of more stands in weeks of blocks, and each takes a read of the ledger. */
export const provedBlocksMax = 2000;

/** What is proved of the blocks of a chain's family. */
export const proofsOf = (chain: Trace['chain']): BlocksFile['proofs'] =>
  familyOf(chain) === 'utxo' ? 'merkle' : 'none';

/**
 * Whether the blocks are of the trace's chain and stand in it one after the other, each header is that of its block and was
 * mined, times are those of the header and of the rows, and each transaction of the trace stands in its block.
 */
export function checkBlocks({ chain, proofs, blocks }: BlocksFile, trace: Trace, rows: RowsFile): Found {
  const findings: { code: EvidenceFindingCode; detail: string }[] = [];
  const find = (code: EvidenceFindingCode, detail: string | number) =>
    void findings.push({ code, detail: String(detail) });
  if (chain !== trace.chain || proofs !== proofsOf(trace.chain)) find('blocks-of-other-chain', chain);
  for (const height of unlinked([...blocks, rows.coverage.tip])) find('block-unlinked', height);
  const known = new Map(blocks.map((block) => [block.height, block]));
  for (const height of wrongTimes(rows, trace, known)) find('block-time-wrong', height);
  const places = new Map<string, number>();
  let headers = 0;
  let transactions = 0;
  for (const block of blocks) {
    const { tip } = rows.coverage;
    if (block.height > tip.height || (block.height === tip.height && block.hash !== tip.hash))
      find('block-other', block.height);
    for (const { txid } of block.transactions) {
      if (places.has(txid)) find('transaction-unplaced', txid);
      places.set(txid, block.height);
    }
    if (block.header === null) continue;
    const header = readHeader(Buffer.from(block.header, 'hex'));
    if (header.hash !== block.hash || header.parent !== block.parent) {
      find('block-hash-wrong', block.height);
      continue;
    }
    if (instant(header.timeS * 1000) !== block.time) find('block-time-wrong', block.height);
    if (!isMined(header)) find('block-not-mined', block.height);
    headers += 1;
    for (const it of block.transactions) {
      if (isIn(block, header, it)) transactions += 1;
      else find('branch-wrong', it.txid);
    }
  }
  for (const txid of otherPlaces(rows, known)) find('branch-wrong', txid);
  const unplaced = new Set<string>();
  for (const { txid, height } of trace.hops) {
    const at = places.get(txid);
    if (at === undefined) unplaced.add(txid);
    else if (at !== height) find('transaction-unplaced', txid);
  }
  const isFull = blocks.length >= provedBlocksMax;
  if (!isFull) for (const txid of unplaced) find('transaction-unplaced', txid);
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

/**
 * Whether the branch leads from the transaction to the header. It is as long as a tree of so many transactions is high: a
 * shorter one could begin at an inner node, which would pass for a transaction.
 */
function isIn(
  { transactionCount }: Block,
  { merkleRoot }: BlockHeader,
  { txid, branch }: Block['transactions'][number],
): boolean {
  return (
    branch !== null &&
    branch.index < transactionCount &&
    branch.hashes.length === Math.ceil(Math.log2(transactionCount)) &&
    rootOfBranch(txid, branch) === merkleRoot
  );
}

/** Heights that do not follow on the one before, or where the next block names another parent. */
function* unlinked(blocks: readonly Pick<Block, 'height' | 'hash' | 'parent'>[]): Generator<number> {
  for (const [n, block] of blocks.entries()) {
    const before = blocks[n - 1];
    // The last is the newest that the ledger held, which may be among the others.
    if (!before || (n === blocks.length - 1 && before.height >= block.height)) continue;
    if (block.height <= before.height || (block.height === before.height + 1 && block.parent !== before.hash))
      yield block.height;
  }
}

/** Heights of blocks whose time is another than the rows or the trace say. */
function wrongTimes(rows: RowsFile, { hops }: Trace, known: ReadonlyMap<number, Block>): Set<number> {
  const told =
    rows.family === 'utxo'
      ? rows.transactions
      : [...rows.transactions, ...rows.accounts, ...rows.histories].flatMap(({ movements }) => movements);
  const wrong = new Set<number>();
  for (const { height, time } of [...hops, ...told, rows.coverage.tip]) {
    const block = known.get(height);
    if (block && block.time !== time) wrong.add(height);
  }
  return wrong;
}

/** Transactions that the rows have at another place of the block than their branch. */
function* otherPlaces(rows: RowsFile, known: ReadonlyMap<number, Block>): Generator<string> {
  if (rows.family !== 'utxo') return;
  const indexes = new Map<string, number>();
  for (const { transactions } of known.values())
    for (const { txid, branch } of transactions) if (branch) indexes.set(txid, branch.index);
  for (const { txid, index } of rows.transactions) if ((indexes.get(txid) ?? index) !== index) yield txid;
}
