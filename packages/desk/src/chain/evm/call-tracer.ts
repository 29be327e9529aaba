/**
 * `debug_traceBlockByNumber` with the `callTracer`, as Geth introduced it and Erigon, Nethermind, Reth and Anvil offer it:
 * one nested call tree for each transaction of a block (https://geth.ethereum.org/docs/developers/evm-tracing/built-in-tracers).
 */
import { z } from 'zod';
import type { Frame } from './frames.ts';
import { zEvmAddress, zHash, zWord } from './schema.ts';

const zResult = z.array(z.object({ txHash: zHash.nullish(), result: z.unknown() }));

const zCall = z.object({
  type: z.enum(['CALL', 'CREATE', 'CREATE2', 'SELFDESTRUCT', 'DELEGATECALL', 'STATICCALL', 'CALLCODE']),
  from: zEvmAddress,
  to: zEvmAddress.nullish(),
  value: zWord.nullish(),
  error: z.string().nullish(),
  calls: z.array(z.unknown()).nullish(),
});

const movesOf = {
  CALL: 'call',
  CREATE: 'create',
  CREATE2: 'create',
  SELFDESTRUCT: 'selfdestruct',
  DELEGATECALL: 'none',
  STATICCALL: 'none',
  CALLCODE: 'none',
} as const;

/** The frames of each transaction, in order; null where the answer is not of these transactions or not as specified. */
export function callTracerFrames(answer: unknown, txids: readonly string[]): Frame[][] | null {
  const results = zResult.safeParse(answer);
  if (!results.success || results.data.length !== txids.length) return null;
  const all: Frame[][] = [];
  for (const [index, { txHash, result }] of results.data.entries()) {
    if (txHash != null && txHash !== txids[index]) return null;
    const frames = flattened(result);
    if (frames === null) return null;
    all.push(frames);
  }
  return all;
}

/** Without recursion: a call tree can be 1,024 deep, and a hostile one deeper. */
function flattened(root: unknown): Frame[] | null {
  const frames: Frame[] = [];
  const open: { readonly call: unknown; readonly path: readonly number[] }[] = [{ call: root, path: [] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.path.length > DEPTH_MAX) return null;
    const call = zCall.safeParse(next.call);
    if (!call.success) return null;
    const { type, from, to, value, error, calls } = call.data;
    const { path } = next;
    const failed = error != null && error !== '';
    // What succeeded went somewhere.
    if (to == null && !failed) return null;
    frames.push({ path, moves: movesOf[type], from, to: to ?? null, units: value ?? 0n, failed });
    for (let index = (calls?.length ?? 0) - 1; index >= 0; index -= 1) {
      open.push({ call: calls?.[index], path: [...path, index] });
    }
  }
  return frames;
}

/** The virtual machine refuses the 1,025th nested call (Yellow Paper, 9.1); the outermost call is not counted. */
export const DEPTH_MAX = 1_025;
