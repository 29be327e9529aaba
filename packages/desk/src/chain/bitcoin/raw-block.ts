import type { BlockHash } from '@gongjo/contract';
import { instant } from '../../kernel/index.ts';
import type { Block } from '../../ledger/index.ts';
import { type CheckedBlock, checkBlock } from './check.ts';
import { checkHeight } from './height.ts';
import type { BitcoinNetwork } from './network.ts';

/** A serialised block with its place in the chain, checked: `tellBlock` tells what it holds without checking again. */
export interface RawBlock extends CheckedBlock {
  readonly block: Block;
}

/** @throws BlockDamage */
export function rawBlock(bytes: Uint8Array, height: number, network: BitcoinNetwork): RawBlock {
  const checked = checkBlock(bytes);
  checkHeight(checked, height, network);
  const { hash, parent, timeS } = checked.header;
  const block: Block = {
    chain: network.chain,
    height,
    hash: hash as BlockHash,
    parent: parent as BlockHash,
    time: instant(timeS * 1000),
    transactionCount: checked.transactionCount,
  };
  return { ...checked, block };
}
