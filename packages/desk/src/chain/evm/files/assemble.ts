/**
 * The parts of one block, from whichever files, put together: to what a node would have answered, and so to the ledger's
 * entry. It fails closed: without every receipt nothing says which transactions failed, and without every log some tokens
 * would seem not to have moved, so such a block is refused. Only the execution may be absent, and the entry says so.
 */
import type { ChainId } from '@gongjo/contract';
import { GongjoError } from '../../../kernel/index.ts';
import type { BlockEntry } from '../../../ledger/index.ts';
import { decodeBlock, type Execution } from '../decode.ts';
import type { Frame } from '../frames.ts';
import type { EvmLog, EvmReceipt, EvmTransaction } from '../schema.ts';
import { TRANSFER } from '../tokens.ts';
import type { Reward } from '../trace-block.ts';
import { logsBloom } from './bloom.ts';
import type { FileBlock, FileReceipt, Piece, TokenTransferRow } from './pieces.ts';

export interface Assembled {
  readonly entry: BlockEntry;
  /** How many token transfers the export lists for this block; each of them is in the logs. */
  readonly listed: number;
}

/** Why a block cannot be put together. */
export class Incomplete extends Error {}

type Sorted = ReturnType<typeof sorted>;

export interface Parts {
  readonly chain: ChainId;
  readonly hash: string;
  /** Of the block's height; those of other blocks at that height are left out. */
  readonly pieces: readonly Piece[];
  /** The files tell executions: of a block without transactions, that there was none. */
  readonly traced: boolean;
}

/** @throws Incomplete */
export function assemble({ chain, hash, pieces, traced }: Parts): Assembled {
  const parts = sorted(hash, pieces);
  const { block } = parts;
  if (block === null) throw new Incomplete('the block itself is missing');
  const transactions = transactionsOf(block, parts);
  const receipts = receiptsOf(block, transactions, parts);
  checkSums(block, receipts);
  try {
    const entry = decodeBlock({
      chain,
      block: { ...block, transactions: [...transactions] },
      receipts,
      execution: executionOf(transactions, parts, traced),
      url: 'files',
    });
    return { entry, listed: checkListed(receipts, parts.transfers) };
  } catch (error) {
    if (error instanceof GongjoError) throw new Incomplete(error.message);
    throw error;
  }
}

function sorted(hash: string, pieces: readonly Piece[]) {
  let block: FileBlock | null = null;
  const transactions = new Map<number, EvmTransaction>();
  const receipts = new Map<string, FileReceipt>();
  const logs = new Map<string, Map<number, EvmLog>>();
  const traces = new Map<string, { frames: Frame[]; subtraces: number | null }>();
  const rewards: Reward[] = [];
  const transfers: TokenTransferRow[] = [];
  for (const piece of pieces) {
    if (piece.hash !== null && piece.hash !== hash) continue;
    switch (piece.kind) {
      case 'block':
        // One that brings its transactions tells more.
        if (block === null || block.transactions == null) block = piece.block;
        break;
      case 'transaction':
        transactions.set(piece.transaction.transactionIndex, piece.transaction);
        if (piece.receipt !== null) receipts.set(piece.transaction.hash, piece.receipt);
        break;
      case 'receipt': {
        // A receipt with its logs is better than one without.
        const held = receipts.get(piece.receipt.transactionHash);
        if (held?.logs == null) receipts.set(piece.receipt.transactionHash, piece.receipt);
        break;
      }
      case 'log': {
        const own = logs.get(piece.txid ?? '') ?? new Map<number, EvmLog>();
        own.set(piece.log.logIndex, piece.log);
        logs.set(piece.txid ?? '', own);
        break;
      }
      case 'trace':
        addTrace(traces, rewards, piece);
        break;
      case 'token-transfer':
        transfers.push(piece.transfer);
        break;
      case 'token':
      case 'contract':
        break;
    }
  }
  return { block, transactions, receipts, logs, traces, rewards, transfers };
}

function addTrace(
  traces: Map<string, { frames: Frame[]; subtraces: number | null }>,
  rewards: Reward[],
  { txid, frames, subtraces, reward }: Extract<Piece, { kind: 'trace' }>,
): void {
  if (reward !== null) rewards.push(reward);
  if (txid === null || frames.length === 0) return;
  const held = traces.get(txid);
  if (held === undefined || subtraces === null) traces.set(txid, { frames: [...frames], subtraces });
  else if (held.subtraces !== null) {
    for (const frame of frames) held.frames.push(frame);
    held.subtraces += subtraces;
  }
}

function transactionsOf(block: FileBlock, { transactions: apart }: Sorted): EvmTransaction[] {
  const own = block.transactions;
  const whole = own?.filter((one) => typeof one === 'object');
  if (own != null && whole?.length === own.length) return whole;
  const count = own?.length ?? block.transactionCount ?? null;
  if (count === null) throw new Incomplete('nothing says how many transactions it has');
  const found: EvmTransaction[] = [];
  for (let index = 0; index < count; index += 1) {
    const transaction = apart.get(index);
    if (transaction === undefined) throw new Incomplete(`transaction ${index} of ${count} is missing`);
    const named = own?.[index];
    if (named !== undefined && named !== transaction.hash) throw new Incomplete(`transaction ${index} is another one`);
    found.push(transaction);
  }
  if (apart.size > count) throw new Incomplete(`${apart.size} transactions instead of ${count}`);
  return found;
}

function receiptsOf(block: FileBlock, transactions: readonly EvmTransaction[], parts: Sorted): EvmReceipt[] {
  let apart = false;
  const receipts = transactions.map(({ hash }, index): EvmReceipt => {
    const receipt = parts.receipts.get(hash);
    if (receipt === undefined) throw new Incomplete(`the receipt of transaction ${index} is missing`);
    if (receipt.logs != null) return { ...receipt, logs: receipt.logs };
    apart = true;
    const logs = [...(parts.logs.get(hash)?.values() ?? [])].sort((a, b) => a.logIndex - b.logIndex);
    return { ...receipt, logs };
  });
  if (block.logsBloom != null) {
    const logs = receipts.flatMap((receipt) => receipt.logs);
    if (logsBloom(logs) !== block.logsBloom) throw new Incomplete('its logs are not all there (logsBloom)');
  } else if (apart) throw new Incomplete('nothing shows that its logs are all there (logsBloom)');
  return receipts;
}

function checkSums(block: FileBlock, receipts: readonly EvmReceipt[]): void {
  const used = receipts.reduce((sum, { gasUsed }) => sum + gasUsed, 0n);
  if (block.gasUsed != null && block.gasUsed !== used)
    throw new Incomplete(`its receipts are of ${used} gas, the block of ${block.gasUsed}`);
}

/** Null where the files do not tell what every transaction executed. */
function executionOf(
  transactions: readonly EvmTransaction[],
  { traces, rewards }: Sorted,
  traced: boolean,
): Execution | null {
  if (!traced) return null;
  const frames: Frame[][] = [];
  for (const { hash } of transactions) {
    const told = traces.get(hash);
    if (told === undefined) return null;
    if (told.subtraces !== null && told.subtraces !== told.frames.length - 1) return null;
    // Exports are written by several threads at once, so the order of the rows is not that of the execution.
    frames.push(told.subtraces === null ? told.frames : told.frames.sort(comparePaths));
  }
  return { frames, rewards };
}

function comparePaths({ path: a }: Frame, { path: b }: Frame): number {
  for (let level = 0; level < a.length && level < b.length; level += 1) {
    const difference = (a[level] ?? 0) - (b[level] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Every transfer that an export lists must be in the logs, word for word. */
function checkListed(receipts: readonly EvmReceipt[], transfers: readonly TokenTransferRow[]): number {
  if (transfers.length === 0) return 0;
  const logs = new Map(receipts.flatMap((receipt) => receipt.logs.map((log) => [log.logIndex, log] as const)));
  for (const { logIndex, token, from, to, value } of transfers) {
    const log = logs.get(logIndex);
    const words = log && [...log.topics, ...(log.data.slice(2).match(/.{64}/g) ?? []).map((word) => `0x${word}`)];
    const [event, sender = '', receiver = '', amount = '0x'] = words ?? [];
    const agrees =
      log?.address === token &&
      event === TRANSFER &&
      sender.endsWith(from.slice(2)) &&
      receiver.endsWith(to.slice(2)) &&
      amount !== '0x' &&
      BigInt(amount) === value;
    if (!agrees) throw new Incomplete(`the token transfer listed for log ${logIndex} is not in its logs`);
  }
  return transfers.length;
}
