import type { Address, AssetId, ChainId, TxId } from '@gongjo/contract';
import { z } from 'zod';
import { nativeAsset, tokenAsset } from './assets.ts';
import { lacksMethod, type Rpc, type RpcAnswer } from './rpc.client.ts';
import { zEvmAddress, zHash, zWord } from './schema.ts';

/**
 * What a transaction that no block has yet says it will move: what contracts make of it is not known before. `to` is null on
 * chains of outputs, where the sum of what an address gives goes to all outputs together.
 */
export interface PendingMove {
  readonly txid: TxId;
  readonly ord: number;
  readonly from: Address;
  readonly to: Address | null;
  readonly asset: AssetId;
  readonly units: bigint;
}

const zPending = z.object({
  hash: zHash,
  from: zEvmAddress,
  to: zEvmAddress.nullish(),
  value: zWord,
  input: z.string().regex(/^0x[0-9a-fA-F]*$/),
});
type Pending = z.infer<typeof zPending>;

/** By sender and nonce; `queued` are those that cannot be mined yet. */
const zPool = z.object({ pending: z.record(z.string(), z.record(z.string(), z.unknown())) });
const zBlock = z.object({ transactions: z.array(z.unknown()) });

/** More than a block's worth many times over; a node with a larger pool shows those that it would mine first elsewhere. */
const transactionsMax = 50_000;

/**
 * What waits in the node's pool: `txpool_content` (Geth and its kin), else the node's own next block
 * (`eth_getBlockByNumber` of `pending`). Null where the node offers neither. One that says nonsense is passed over.
 *
 * @throws GongjoError `node-unreachable`, `node-answer-invalid`
 */
export async function pendingMoves(rpc: Rpc, chain: ChainId, signal?: AbortSignal): Promise<PendingMove[] | null> {
  const [pool] = await rpc.batch([{ method: 'txpool_content', params: [] }], signal);
  const raw = fromPool(pool) ?? (await fromNextBlock(rpc, signal));
  if (raw === null) return null;
  return raw.slice(0, transactionsMax).flatMap((one) => {
    const { success, data } = zPending.safeParse(one);
    return success ? movesOf(chain, data) : [];
  });
}

function fromPool(answer: RpcAnswer | undefined): unknown[] | null {
  if (!answer?.ok) return null;
  const { success, data } = zPool.safeParse(answer.result);
  return success ? Object.values(data.pending).flatMap((byNonce) => Object.values(byNonce)) : null;
}

async function fromNextBlock(rpc: Rpc, signal?: AbortSignal): Promise<unknown[] | null> {
  const [answer] = await rpc.batch([{ method: 'eth_getBlockByNumber', params: ['pending', true] }], signal);
  if (!answer?.ok || lacksMethod(answer)) return null;
  const { success, data } = zBlock.safeParse(answer.result);
  return success ? data.transactions : null;
}

/** ERC-20: `transfer(address,uint256)` and `transferFrom(address,address,uint256)`, by the first four bytes of their Keccak hash. */
const transfer = /^0xa9059cbb0{24}([0-9a-f]{40})([0-9a-f]{64})/;
const transferFrom = /^0x23b872dd0{24}([0-9a-f]{40})0{24}([0-9a-f]{40})([0-9a-f]{64})/;

function movesOf(chain: ChainId, { hash, from, to, value, input }: Pending): PendingMove[] {
  if (!to) return [];
  const txid = hash as TxId;
  const moves: PendingMove[] = [];
  if (value > 0n) moves.push({ txid, ord: 0, from, to, asset: nativeAsset(chain), units: value });
  const data = input.toLowerCase();
  const asset = tokenAsset(chain, to);
  const [, receiver, sent] = transfer.exec(data) ?? [];
  if (receiver) moves.push({ txid, ord: 1, from, to: `0x${receiver}` as Address, asset, units: BigInt(`0x${sent}`) });
  const [, owner, taker, taken] = transferFrom.exec(data) ?? [];
  if (owner)
    moves.push({
      txid,
      ord: 1,
      from: `0x${owner}` as Address,
      to: `0x${taker}` as Address,
      asset,
      units: BigInt(`0x${taken}`),
    });
  return moves;
}
