import { type Asset, type AssetId, type ChainId, zChainId } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';
import type { BlockEntry } from '../../ledger/index.ts';
import type { AccountReader } from '../reader.ts';
import { contractOf, ETHER, nativeAsset } from './assets.ts';
import { decodeBlock } from './decode.ts';
import { DECIMALS_CALL, decimalsIn, SYMBOL_CALL, symbolIn } from './describe.ts';
import { isTooLarge, lacksMethod, type Rpc, type RpcCall, resultOf, saysTooLarge } from './rpc.client.ts';
import { blockOf, chainNumberOf, type EvmBlock, type EvmReceipt, headerOf, receiptOf, receiptsOf } from './schema.ts';
import { nodeTraces } from './traces.client.ts';

/** Sixteen full blocks of Ethereum with receipts stay near 20 MB; Geth answers a batch with at most 25 MB. */
const BLOCKS_PER_CALL = 16;

/** Enough for any honest `symbol()`, also behind proxies; keeps what a hostile contract can return near a megabyte. */
const DESCRIBE_GAS = '0xf4240';
/** Two calls each; even if every contract is hostile, the answer stays below what we read. */
const DESCRIBE_TOKENS_PER_CALL = 25;

export interface EvmReaderOptions {
  readonly rpc: Rpc;
  /** The chain that is expected; without it, the one that the node serves is taken. */
  readonly chain?: ChainId | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Connects to an EVM node.
 *
 * @throws GongjoError `chain-mismatch` when the node serves another chain; `node-unreachable`, `node-answer-invalid`
 */
export async function evmReader({ rpc, chain: wanted, signal }: EvmReaderOptions): Promise<AccountReader> {
  const { url } = rpc;
  const chain = zChainId.parse(`eip155:${chainNumberOf(await rpc.call('eth_chainId', [], signal), url)}`);
  if (wanted !== undefined && wanted !== chain) throw new GongjoError('chain-mismatch', { url, found: chain, wanted });

  let receiptsByBlock = true;
  let blocksPerCall = BLOCKS_PER_CALL;
  const traces = nodeTraces(rpc);
  let tipHeight = 0;

  async function headerAt(at: number | 'latest', signal?: AbortSignal) {
    const place = at === 'latest' ? at : hex(at);
    return headerOf(await rpc.call('eth_getBlockByNumber', [place, false], signal), url);
  }

  /** One round trip; null where the node says that the answer would be too large. */
  async function someBlocks(from: number, to: number, signal?: AbortSignal): Promise<BlockEntry[] | null> {
    const heights = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    const asked = heights.flatMap((height): RpcCall[] => {
      const block = { method: 'eth_getBlockByNumber', params: [hex(height), true] };
      return receiptsByBlock ? [block, { method: 'eth_getBlockReceipts', params: [hex(height)] }] : [block];
    });
    const answers = await rpc.batch(asked, signal);
    if (answers.some(saysTooLarge) && heights.length > 1) return null;
    if (receiptsByBlock && answers.some((answer, index) => index % 2 === 1 && lacksMethod(answer))) {
      receiptsByBlock = false;
      return someBlocks(from, to, signal);
    }

    const read: { block: EvmBlock; receipts: EvmReceipt[] }[] = [];
    const step = receiptsByBlock ? 2 : 1;
    for (const [index, height] of heights.entries()) {
      const block = blockOf(resultOf(answers[index * step], url, 'eth_getBlockByNumber'), url);
      if (block === null) break;
      if (block.number !== height) throw invalid('eth_getBlockByNumber', `block ${block.number} instead of ${height}`);
      // A reorganisation between two answers of one batch: what follows belongs to another branch.
      const before = read.at(-1);
      if (before !== undefined && before.block.hash !== block.parentHash) break;
      const receipts = receiptsByBlock
        ? receiptsOf(resultOf(answers[index * step + 1], url, 'eth_getBlockReceipts'), url)
        : await receiptsOneByOne(block, signal);
      if (receipts === null || !belongTogether(block, receipts)) {
        if (await stillThere(block, signal)) throw invalid('eth_getBlockReceipts', `no receipts of block ${height}`);
        break;
      }
      read.push({ block, receipts });
    }
    const blocks = read.map(({ block }) => block);
    const executions = await traces.of(blocks, Math.max(tipHeight, to), signal);
    // What was replaced meanwhile belongs to another branch.
    return read
      .slice(0, executions.length)
      .map(({ block, receipts }, index) =>
        decodeBlock({ chain, block, receipts, execution: executions[index] ?? null, url }),
      );
  }

  async function receiptsOneByOne(block: EvmBlock, signal?: AbortSignal): Promise<EvmReceipt[] | null> {
    const method = 'eth_getTransactionReceipt';
    const asked = block.transactions.map(({ hash }) => ({ method, params: [hash] }));
    const answers = await rpc.batch(asked, signal);
    const receipts = answers.map((answer) => receiptOf(resultOf(answer, url, method), url));
    return receipts.every((receipt) => receipt !== null) ? receipts : null;
  }

  async function stillThere(block: EvmBlock, signal?: AbortSignal): Promise<boolean> {
    return (await headerAt(block.number, signal))?.hash === block.hash;
  }

  function invalid(method: string, detail: string): GongjoError {
    return new GongjoError('node-answer-invalid', { url, method, detail });
  }

  /** `symbol()` and `decimals()` of each contract; null where it did not answer. Never fails because of a contract. */
  async function selfDescriptions(contracts: readonly string[], signal?: AbortSignal): Promise<(string | null)[]> {
    const asked = contracts.flatMap((to) =>
      [SYMBOL_CALL, DECIMALS_CALL].map((data) => ({
        method: 'eth_call',
        params: [{ to, data, gas: DESCRIBE_GAS }, 'latest'],
      })),
    );
    try {
      const answers = await rpc.batch(asked, signal);
      return answers.map((answer) => (answer.ok && typeof answer.result === 'string' ? answer.result : null));
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      if (contracts.length === 1) return [null, null];
      // One contract returns too much: halving finds it, and the others keep their names.
      const half = Math.ceil(contracts.length / 2);
      return [
        ...(await selfDescriptions(contracts.slice(0, half), signal)),
        ...(await selfDescriptions(contracts.slice(half), signal)),
      ];
    }
  }

  return {
    chain,
    url,

    async tip(signal) {
      const header = await headerAt('latest', signal);
      if (header === null) throw invalid('eth_getBlockByNumber', 'the node has no latest block');
      tipHeight = header.number;
      return { height: header.number, hash: header.hash };
    },

    async hashAt(height, signal) {
      return (await headerAt(height, signal))?.hash ?? null;
    },

    async blocks(from, to, signal) {
      const entries: BlockEntry[] = [];
      for (let next = from; next <= to; ) {
        const last = Math.min(to, next + blocksPerCall - 1);
        const some = await someBlocks(next, last, signal).catch((error: unknown) => {
          if (isTooLarge(error) && last > next) return null;
          throw error;
        });
        if (some === null) {
          blocksPerCall = Math.ceil((last - next + 1) / 2);
          continue;
        }
        const before = entries.at(-1);
        const [first] = some;
        if (before !== undefined && first !== undefined && before.block.hash !== first.block.parent) break;
        entries.push(...some);
        next += some.length;
        if (next <= last) break;
      }
      return entries;
    },

    async describe(assets, signal) {
      const contracts = assets.map(contractOf).filter((contract) => contract !== null);
      const said = new Map<string, { symbol: string; decimals: number }>();
      for (let at = 0; at < contracts.length; at += DESCRIBE_TOKENS_PER_CALL) {
        const some = contracts.slice(at, at + DESCRIBE_TOKENS_PER_CALL);
        const answers = await selfDescriptions(some, signal);
        some.forEach((contract, index) => {
          const symbol = symbolIn(answers[2 * index] ?? null);
          said.set(contract, { symbol, decimals: decimalsIn(answers[2 * index + 1] ?? null) });
        });
      }
      const native = nativeAsset(chain);
      return assets.map((id: AssetId): Asset => {
        const claim = said.get(contractOf(id) ?? '');
        return { id, ...(claim ?? (id === native ? ETHER : { symbol: symbolIn(null), decimals: 0 })) };
      });
    },
  };
}

/** Whether these can be the block's receipts. An empty list is what a sibling block without transactions has. */
function belongTogether(block: EvmBlock, receipts: readonly EvmReceipt[]): boolean {
  if (receipts.length === 0) return block.transactions.length === 0;
  return receipts.every((receipt) => receipt.blockHash === block.hash);
}

function hex(height: number): string {
  return `0x${height.toString(16)}`;
}
