import type { BlockHash } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';
import type { ChainReader } from '../reader.ts';
import { u32At } from './cursor.ts';
import { BlockDamage } from './damage.ts';
import { type BlockFolder, blockFolder, unreadable } from './folder.client.ts';
import { HeaderIndex } from './header-index.ts';
import { namedHeight } from './height.ts';
import { type BitcoinNetwork, bitcoinNetworks } from './network.ts';
import { type RawBlock, rawBlock } from './raw-block.ts';
import { type BlockFile, records } from './records.ts';

/** Bytes of a block file that are no block, or a block that is damaged: where, and what is wrong. */
export interface FileDamage {
  readonly file: string;
  readonly offset: number;
  readonly detail: string;
}

/** The main chain in a folder of block files, as a reader like the one of a node. */
export interface BlockFiles extends ChainReader<RawBlock> {
  /** The height of the lowest block of the chain: 0, or more where a node has pruned the older files. */
  readonly lowest: number;
  /** Blocks in the files, those of them that lie on branches beside the chain, and those that no known block leads to. */
  readonly blockCount: number;
  readonly staleCount: number;
  readonly unlinkedCount: number;
  /** In the order of finding, while indexing and while reading; each place once, the first `DAMAGE_MAX`. */
  readonly damage: readonly FileDamage[];
}

export interface BlockFilesOptions {
  /** The folder `blocks` of a node. */
  readonly folder: string;
  /** The network that is expected; without it, the one that the files are of. */
  readonly network?: BitcoinNetwork | undefined;
  readonly signal?: AbortSignal | undefined;
  /** After each file of the first pass. */
  readonly onIndexed?: ((files: number, of: number) => void) | undefined;
}

/** A folder with more damage than this is beyond telling where. */
export const DAMAGE_MAX = 1000;

/** One answer to `blocks`: what the ledger writes at once. Two of them, read and being written, stay within some hundred megabytes. */
const ANSWER_BYTES_MAX = 48 * 1024 * 1024;

/**
 * Reads the folder in which Bitcoin Core keeps blocks (`blk*.dat`, `xor.dat`), in two passes: all headers first, of which the
 * chain with most work is chosen (of two with equal work, the one found first); then, by `blocks`, full blocks in the order of
 * that chain.
 *
 * Where the chain begins: at the genesis block if the files hold it; otherwise (a pruned node) at the lowest block from
 * which the branch with most work descends. Its height is then the one that its coinbase names (BIP 34), provided that the
 * network demands the name at that height; every later block must name the next one, or counts as damaged.
 *
 * Damage never stops the reading of what is good: a block that cannot be read is told in `damage`, another copy of it is
 * used where there is one, and without one the chain ends below it: `tip` says so from then on.
 *
 * @throws GongjoError `block-files-unreadable` where the folder or a file cannot be read or holds no block of the network,
 * `chain-mismatch` where it holds another network's, `block-files-start-unknown` where the height cannot be told
 */
export async function blockFiles(options: BlockFilesOptions): Promise<BlockFiles> {
  const { signal } = options;
  const folder = await blockFolder(options.folder);
  const network = await networkOfFiles(folder, options.network);
  const damage: FileDamage[] = [];
  const told = (file: number, offset: number, detail: string) => {
    const name = folder.files[file] ?? '';
    const known = damage.some((it) => it.file === name && it.offset === offset);
    if (!known && damage.length < DAMAGE_MAX) damage.push({ file: name, offset, detail });
  };

  const index = new HeaderIndex();
  for (let file = 0; file < folder.files.length; file += 1) {
    await folder.reading(async (open) => {
      for await (const record of records(await open(file), network)) {
        signal?.throwIfAborted();
        if ('damage' in record) told(file, record.offset, record.damage);
        else if (!index.add(record.header, { file, offset: record.offset, bytes: record.bytes })) {
          throw unreadable(folder.path, `there are more than ${index.count} blocks in it`);
        }
      }
    });
    options.onIndexed?.(file + 1, folder.files.length);
  }
  const { blocks: chain, staleCount, unlinkedCount } = index.bestChain(network.genesis);
  if (chain.length === 0) throw unreadable(folder.path, `it holds no block of the network ${network.name}`);

  /** The block, from the first of its copies that is whole; null where none is. */
  async function read(open: OpenFile, block: number, height: number): Promise<RawBlock | null> {
    for (const { file, offset, bytes } of index.placesOf(block)) {
      const some = await (await open(file)).read(offset, bytes);
      try {
        const whole = rawBlock(some, height, network);
        if (whole.block.hash === index.hashOf(block)) return whole;
        told(file, offset, 'the file has changed since its headers were read');
      } catch (error) {
        if (!(error instanceof BlockDamage)) throw error;
        told(file, offset + error.offset, error.detail);
      }
    }
    return null;
  }

  async function heightOf(root: number): Promise<number> {
    const hash = index.hashOf(root);
    const parent = index.parentOf(root);
    if (hash === network.genesis) return 0;
    if (parent === network.genesis) return 1;
    // At height 0 no name is demanded; the one that is found is the question.
    const block = await folder.reading((open) => read(open, root, 0));
    const named = block === null ? null : namedHeight(block);
    if (named === null || network.namedHeightsFrom === null || named < network.namedHeightsFrom) {
      throw new GongjoError('block-files-start-unknown', { folder: folder.path, block: hash, parent });
    }
    return named;
  }

  const lowest = await heightOf(chain[0] as number);
  let tip = lowest + chain.length - 1;

  return {
    chain: network.chain,
    url: folder.path,
    lowest,
    blockCount: index.count,
    staleCount,
    unlinkedCount,
    damage,

    async tip() {
      if (tip < lowest) throw unreadable(folder.path, `block ${lowest}, the first of the chain, is damaged`);
      return { height: tip, hash: index.hashOf(chain[tip - lowest] as number) as BlockHash };
    },

    async hashAt(height) {
      return height < lowest || height > tip ? null : (index.hashOf(chain[height - lowest] as number) as BlockHash);
    },

    async blocks(from, to, signal) {
      const some: RawBlock[] = [];
      if (from < lowest) return some;
      await folder.reading(async (open) => {
        let bytes = 0;
        for (let height = from; height <= Math.min(to, tip) && bytes < ANSWER_BYTES_MAX; height += 1) {
          signal?.throwIfAborted();
          const block = await read(open, chain[height - lowest] as number, height);
          if (block === null) {
            tip = height - 1;
            break;
          }
          some.push(block);
          bytes += block.bytes.length;
        }
      });
      return some;
    },
  };
}

type OpenFile = (file: number) => Promise<BlockFile>;

/** The first bytes of each file say which network it belongs to; all must belong to one, and to the wanted one if any is. */
async function networkOfFiles(folder: BlockFolder, wanted: BitcoinNetwork | undefined): Promise<BitcoinNetwork> {
  let network = wanted;
  for (let file = 0; file < folder.files.length; file += 1) {
    const start = await folder.reading(async (open) => (await open(file)).read(0, 4));
    const found = start.length < 4 ? undefined : bitcoinNetworks.find(({ magic }) => magic === u32At(start, 0));
    if (found !== undefined && network !== undefined && found.chain !== network.chain) {
      throw new GongjoError('chain-mismatch', { url: folder.path, found: found.chain, wanted: network.chain });
    }
    network ??= found;
  }
  if (network === undefined) throw unreadable(folder.path, 'no file begins with a block of a known network');
  return network;
}
