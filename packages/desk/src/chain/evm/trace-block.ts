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

const zAnswer = z.discriminatedUnion('type', [
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

export type BlockTrace =
  | { readonly blockHash: string; readonly reward: Reward }
  | {
      readonly blockHash: string;
      readonly reward: null;
      readonly txid: string;
      readonly frame: Frame;
      readonly subtraces: number;
    };

/** One entry of the list. */
export const zTrace = zAnswer.transform((trace, context): BlockTrace => {
  const { blockHash } = trace;
  if (trace.type === 'reward') return { blockHash, reward: { to: trace.action.author, units: trace.action.value } };
  const frame = frameOf(trace);
  if (frame === null) {
    context.addIssue('a creation that succeeded names no contract');
    return z.NEVER;
  }
  return { blockHash, reward: null, txid: trace.transactionHash, frame, subtraces: trace.subtraces };
});

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
  const rewards: Reward[] = [];
  let count = 0;
  let subtraces = 0;
  for (const trace of traces.data) {
    if (trace.blockHash !== blockHash) return null;
    if (trace.reward !== null) {
      rewards.push(trace.reward);
      continue;
    }
    const frames = byTxid.get(trace.txid);
    if (frames === undefined) return null;
    frames.push(trace.frame);
    subtraces += trace.subtraces;
    count += 1;
  }
  // Every frame but the outermost ones is somebody's subtrace, so the sum shows whether any is missing.
  if (subtraces !== count - txids.length) return null;
  return { frames: [...byTxid.values()], rewards };
}

function frameOf(trace: Exclude<z.infer<typeof zAnswer>, { type: 'reward' }>): Frame | null {
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
