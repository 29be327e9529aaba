import type { BlockHash } from '@gongjo/contract';
import { z } from 'zod';
import { GongjoError } from '../../kernel/index.ts';
import { isTooLarge, type Rpc, resultOf } from '../evm/rpc.client.ts';
import type { ChainReader } from '../reader.ts';
import { BLOCK_BYTES_MAX } from './check.ts';
import { BlockDamage } from './damage.ts';
import { type BitcoinNetwork, bitcoinNetwork } from './network.ts';
import { type RawBlock, rawBlock } from './raw-block.ts';

/** Aimed at in one answer: the node builds it in memory, and so do we. */
const ANSWER_BLOCK_BYTES = 16 * 1024 * 1024;
/** The first question, before the size of blocks is known. */
const BLOCKS_PER_CALL_FIRST = 4;
/** Blocks of the first years are so small that the number of questions counts. */
const BLOCKS_PER_CALL_MAX = 100;

/** `RPC_INVALID_PARAMETER` of Bitcoin Core: here, a height above the tip. */
const NO_SUCH_HEIGHT = -8;

const zHash = z.string().regex(/^[0-9a-f]{64}$/);
const zHeight = z.int().min(0);
const zChainInfo = z.object({ chain: z.string().max(64), blocks: zHeight, bestblockhash: zHash });

export interface BitcoinReaderOptions {
  readonly rpc: Rpc;
  /** The network that is expected; without it, the one that the node serves is taken. */
  readonly network?: BitcoinNetwork | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Connects to a node of Bitcoin Core. Blocks are read raw (`getblock` with verbosity 0) and checked here: they are the ones
 * asked for by hash, and whole.
 *
 * @throws GongjoError `chain-mismatch` when the node serves another network; `node-unreachable`, `node-answer-invalid`
 */
export async function bitcoinReader({
  rpc,
  network: wanted,
  signal,
}: BitcoinReaderOptions): Promise<ChainReader<RawBlock>> {
  const { url } = rpc;
  let blocksPerCall = BLOCKS_PER_CALL_FIRST;

  function invalid(method: string, detail: string): GongjoError {
    return new GongjoError('node-answer-invalid', { url, method, detail });
  }

  function parsed<T>(schema: z.ZodType<T>, value: unknown, method: string): T {
    const { success, data } = schema.safeParse(value);
    if (!success) throw invalid(method, 'the answer has another shape than that of Bitcoin Core');
    return data;
  }

  async function chainInfo(signal?: AbortSignal) {
    return parsed(zChainInfo, await rpc.call('getblockchaininfo', [], signal), 'getblockchaininfo');
  }

  /** The hashes of the main chain at these heights, up to the first that it does not reach. */
  async function hashes(from: number, to: number, signal?: AbortSignal): Promise<BlockHash[]> {
    const method = 'getblockhash';
    const heights = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    const answers = await rpc.batch(
      heights.map((height) => ({ method, params: [height] })),
      signal,
    );
    const end = answers.findIndex((answer) => !answer.ok && answer.code === NO_SUCH_HEIGHT);
    return answers
      .slice(0, end < 0 ? undefined : end)
      .map((answer) => parsed(zHash, resultOf(answer, url, method), method) as BlockHash);
  }

  async function someBlocks(from: number, to: number, signal?: AbortSignal): Promise<RawBlock[]> {
    const method = 'getblock';
    const asked = await hashes(from, to, signal);
    const answers = await rpc.batch(
      asked.map((hash) => ({ method, params: [hash, 0] })),
      signal,
    );
    return asked.map((hash, index) => {
      const block = decoded(resultOf(answers[index], url, method), from + index, hash);
      if (block.block.hash !== hash) throw invalid(method, `block ${block.block.hash} instead of ${hash}`);
      return block;
    });
  }

  function decoded(result: unknown, height: number, hash: string): RawBlock {
    if (typeof result !== 'string' || result.length > 2 * BLOCK_BYTES_MAX) {
      throw invalid('getblock', `block ${hash} is not given as hexadecimal text of at most ${BLOCK_BYTES_MAX} bytes`);
    }
    const bytes = Buffer.from(result, 'hex');
    if (bytes.length * 2 !== result.length) throw invalid('getblock', `block ${hash} is not hexadecimal text`);
    try {
      return rawBlock(bytes, height, network);
    } catch (error) {
      if (error instanceof BlockDamage) throw invalid('getblock', `block ${hash}: ${error.message}`);
      throw error;
    }
  }

  const served = (await chainInfo(signal)).chain;
  const known = bitcoinNetwork(served);
  const [genesis] = known === null ? [] : await hashes(0, 0, signal);
  if (known === null || genesis !== known.genesis || (wanted !== undefined && wanted !== known)) {
    const found = known === null || genesis !== known.genesis ? `${served} (${genesis ?? 'unknown'})` : known.chain;
    throw new GongjoError('chain-mismatch', { url, found, wanted: wanted?.chain ?? 'main, test, signet or regtest' });
  }
  const network = known;

  return {
    chain: network.chain,
    url,

    async tip(signal) {
      const { blocks, bestblockhash } = await chainInfo(signal);
      return { height: blocks, hash: bestblockhash as BlockHash };
    },

    async hashAt(height, signal) {
      return (await hashes(height, height, signal))[0] ?? null;
    },

    async blocks(from, to, signal) {
      const read: RawBlock[] = [];
      let bytes = 0;
      for (let next = from; next <= to && bytes < ANSWER_BLOCK_BYTES; ) {
        const last = Math.min(to, next + blocksPerCall - 1);
        const some = await someBlocks(next, last, signal).catch((error: unknown) => {
          if (isTooLarge(error) && last > next) return null;
          throw error;
        });
        if (some === null) {
          blocksPerCall = Math.ceil((last - next + 1) / 2);
          continue;
        }
        for (const block of some) {
          // A reorganisation between two answers: what follows belongs to another branch.
          const before = read.at(-1);
          if (before !== undefined && before.block.hash !== block.block.parent) return read;
          read.push(block);
        }
        const size = some.reduce((sum, block) => sum + block.bytes.length, 0);
        bytes += size;
        next += some.length;
        if (next <= last) break;
        blocksPerCall = Math.max(
          1,
          Math.min(BLOCKS_PER_CALL_MAX, Math.floor((ANSWER_BLOCK_BYTES * some.length) / size)),
        );
      }
      return read;
    },
  };
}
