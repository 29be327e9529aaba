/**
 * `trace_block`, as OpenEthereum introduced it and Erigon, Nethermind, Besu, Reth and Anvil offer it: one flat list for a
 * block, each entry with its place in its transaction's call tree (https://openethereum.github.io/JSONRPC-trace-module).
 */
import type { Address } from '@gongjo/contract';
import { z } from 'zod';
import { DEPTH_MAX } from './call-tracer.ts';
import type { Frame } from './frames.ts';
import { zEvmAddress, zHash, zWord } from './schema.ts';

const place = {
  blockHash: zHash,
  transactionHash: zHash,
  traceAddress: z.array(z.int().min(0)).max(DEPTH_MAX),
  subtraces: z.int().min(0),
  error: z.string().nullish(),
};

const zTrace = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('call'),
    action: z.object({ callType: z.string(), from: zEvmAddress, to: zEvmAddress, value: zWord }),
    ...place,
  }),
  z.object({
    type: z.literal('create'),
    action: z.object({ from: zEvmAddress, value: zWord }),
    result: z.object({ address: zEvmAddress }).nullish(),
    ...place,
  }),
  z.object({
    type: z.literal('suicide'),
    action: z.object({ address: zEvmAddress, refundAddress: zEvmAddress, balance: zWord }),
    ...place,
  }),
  z.object({
    type: z.literal('reward'),
    action: z.object({ author: zEvmAddress, value: zWord, rewardType: z.string() }),
    blockHash: zHash,
  }),
]);

export interface Reward {
  readonly to: Address;
  readonly units: bigint;
}

export interface BlockFrames {
  readonly frames: Frame[][];
  /** Of proof-of-work, for the block and its uncles; none since the Merge. */
  readonly rewards: readonly Reward[];
}

/** The frames of each transaction, in order; null where the answer is not of this block or not as specified. */
export function traceBlockFrames(answer: unknown, blockHash: string, txids: readonly string[]): BlockFrames | null {
  // A block in which nothing happened is told as an empty list by some nodes, as null by others.
  const traces = z.array(zTrace).safeParse(answer ?? []);
  if (!traces.success) return null;
  const byTxid = new Map<string, Frame[]>(txids.map((txid) => [txid, []]));
  const subtraces: number[] = [];
  const rewards: Reward[] = [];
  let count = 0;
  for (const trace of traces.data) {
    if (trace.blockHash !== blockHash) return null;
    if (trace.type === 'reward') {
      rewards.push({ to: trace.action.author, units: trace.action.value });
      continue;
    }
    const frames = byTxid.get(trace.transactionHash);
    const frame = frameOf(trace);
    if (frames === undefined || frame === null) return null;
    frames.push(frame);
    subtraces.push(trace.subtraces);
    count += 1;
  }
  // Every frame but the outermost ones is somebody's subtrace, so the sums show whether any is missing.
  if (subtraces.reduce((sum, each) => sum + each, 0) !== count - txids.length) return null;
  return { frames: [...byTxid.values()], rewards };
}

function frameOf(trace: Exclude<z.infer<typeof zTrace>, { type: 'reward' }>): Frame | null {
  const failed = trace.error != null && trace.error !== '';
  const path = trace.traceAddress;
  switch (trace.type) {
    case 'call': {
      const { callType, from, to, value } = trace.action;
      return { path, moves: callType === 'call' ? 'call' : 'none', from, to, units: value, failed };
    }
    case 'create': {
      const to = trace.result?.address ?? null;
      if (to === null && !failed) return null;
      return { path, moves: 'create', from: trace.action.from, to, units: trace.action.value, failed };
    }
    case 'suicide': {
      const { address, refundAddress, balance } = trace.action;
      return { path, moves: 'selfdestruct', from: address, to: refundAddress, units: balance, failed };
    }
  }
}
