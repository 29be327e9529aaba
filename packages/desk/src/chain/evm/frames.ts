/**
 * What contracts send on within one transaction, read from its execution: a tree of calls, written as a list of frames in
 * the order of execution, whatever the node's way of telling it.
 *
 * The rules:
 * - a `call` or `create` with value moves that value, a `selfdestruct` the rest of the contract's coin;
 * - `delegatecall`, `callcode` and `staticcall` move nothing: they run foreign code on the caller's own balance, or none;
 * - a frame that failed moves nothing, nor does anything below it;
 * - the outermost call is the transaction itself, which the ledger has as its `native` movement, and is not doubled.
 *
 * Known way to fail: a contract that destroys itself in its own favour. Whether its coin is gone depends on the fork
 * (EIP-6780); no movement is written, so its balance in the ledger can be too large.
 */
import type { Address } from '@gongjo/contract';

export interface Frame {
  /** Where it stands in the tree: `[]` the transaction, `[0]` its first call, `[0, 1]` the second call of that. */
  readonly path: readonly number[];
  /** `none`: what moves no coin. */
  readonly moves: 'call' | 'create' | 'selfdestruct' | 'none';
  readonly from: Address;
  /** Null where a creation failed. */
  readonly to: Address | null;
  readonly units: bigint;
  readonly failed: boolean;
}

export interface InternalMove {
  readonly from: Address;
  readonly to: Address;
  readonly units: bigint;
}

/** The moves of one transaction's frames in the order of execution; null where the frames are no whole tree. */
export function internalMoves(frames: readonly Frame[]): InternalMove[] | null {
  if (!isTree(frames)) return null;
  const moves: InternalMove[] = [];
  /** Depth of the failed frame that we are in or below. */
  let failedAt = Number.POSITIVE_INFINITY;
  for (const { path, moves: how, from, to, units, failed } of frames) {
    if (path.length > failedAt) continue;
    failedAt = failed ? path.length : Number.POSITIVE_INFINITY;
    if (failed || path.length === 0 || how === 'none' || to === null || units === 0n || from === to) continue;
    moves.push({ from, to, units });
  }
  return moves;
}

/** One root first, each frame right after its parent or an elder sibling's last descendant, numbered without holes. */
function isTree(frames: readonly Frame[]): boolean {
  let before: readonly number[] | null = null;
  for (const { path } of frames) {
    if (before === null) {
      if (path.length > 0) return false;
    } else {
      const depth: number = path.length;
      if (depth === 0 || depth > before.length + 1) return false;
      for (let level = 0; level < depth - 1; level += 1) if (path[level] !== before[level]) return false;
      const elder: number | undefined = before[depth - 1];
      if (path[depth - 1] !== (elder === undefined ? 0 : elder + 1)) return false;
    }
    before = path;
  }
  return before !== null;
}
