import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as bitcoin from 'bitcoinjs-lib';
import { sharedFolder } from '../../packages/desk/src/chain/evm/shared-data.fixture.ts';
import { classifyScript, parseBlock, STORED_ADDRESS_BYTES_MAX } from '../../packages/desk/src/chain/index.ts';
import { benchOutputs, blocksOf, generatedChain } from './chain.ts';
import type { Figure } from './figure.ts';

/** Of a long chain, its last blocks: they are full. */
const bytesMax = 40 << 20;
/** The best of some, after the compiler has warmed up. */
const rounds = 4;

/** Raw blocks a second of one core's time: parsed, hashed, Merkle root verified. */
export async function benchParse(): Promise<Figure[]> {
  const figures = measure('generated blocks', lastBlocks(generatedChain(Math.min(benchOutputs, 1_000_000)).folder));
  const real = sharedFolder('bitcoin/blocks');
  if (!real) return [...figures, { what: 'parse, real blocks', figure: 'not measured: no shared data folder' }];
  const blocks = globSync(path.join(real, '*.raw'))
    .filter((file) => !file.includes('undo'))
    .map((file) => readFileSync(file));
  return [...figures, ...measure(`${blocks.length} real blocks`, blocks)];
}

function measure(of: string, blocks: readonly Buffer[]): Figure[] {
  const bytes = blocks.reduce((sum, block) => sum + block.length, 0);
  const ours = best(() => blocks.reduce((sum, block) => sum + withDesk(block), 0));
  const classified = best(() => blocks.reduce((sum, block) => sum + withScripts(block), 0));
  const theirs = best(() => blocks.reduce((sum, block) => sum + withBitcoinJs(block), 0));
  assert.equal(ours.outputs, theirs.outputs);
  assert.equal(classified.outputs, theirs.outputs);
  const speed = ({ ms }: { readonly ms: number }) => `${(bytes / 1e6 / (ms / 1000)).toFixed(0)} MB/s`;
  return [
    {
      what: `parse, hash, verify Merkle root: ${of}, ${(bytes / 1e6).toFixed(0)} MB`,
      figure: speed(ours),
      against: `${(theirs.ms / ours.ms).toFixed(1)} × bitcoinjs-lib doing the same (${speed(theirs)})`,
    },
    {
      what: `the same, and every output's type and address: ${of}`,
      figure: speed(classified),
      against: `${Math.round((classified.outputs * 1000) / classified.ms).toLocaleString('en')} outputs/s`,
    },
  ];
}

/** Time that this thread has computed: a budget a core must not depend on who else is on the machine. */
function computedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function best(work: () => number): { readonly ms: number; readonly outputs: number } {
  let ms = Number.POSITIVE_INFINITY;
  let outputs = 0;
  for (let round = 0; round < rounds; round += 1) {
    const startedMs = computedMs();
    outputs = work();
    ms = Math.min(ms, computedMs() - startedMs);
  }
  return { ms, outputs };
}

function withDesk(block: Buffer): number {
  let outputs = 0;
  parseBlock(block, {
    transaction: () => {},
    input: () => {},
    output: () => {
      outputs += 1;
    },
  });
  return outputs;
}

const stored = new Uint8Array(STORED_ADDRESS_BYTES_MAX);

function withScripts(block: Buffer): number {
  let outputs = 0;
  parseBlock(block, {
    transaction: () => {},
    input: () => {},
    output: (bytes, _unitsAt, scriptAt, scriptEnd) => {
      classifyScript(bytes, scriptAt, scriptEnd, stored);
      outputs += 1;
    },
  });
  return outputs;
}

/** Its own `checkTxRoots` would verify the witness commitment too, which the desk leaves to the node. */
function withBitcoinJs(bytes: Buffer): number {
  const block = bitcoin.Block.fromBuffer(bytes);
  const root = bitcoin.Block.calculateMerkleRoot(block.transactions!);
  assert.ok(Buffer.from(root).equals(block.merkleRoot!));
  return block.transactions!.reduce((sum, { outs }) => sum + outs.length, 0);
}

function lastBlocks(folder: string): Buffer[] {
  const blocks: Buffer[] = [];
  let bytes = 0;
  for (const block of blocksOf(folder)) {
    blocks.push(Buffer.from(block));
    bytes += block.length;
    while (bytes > bytesMax) bytes -= blocks.shift()!.length;
  }
  return blocks;
}
