/**
 * What a record of a file is, told from its fields: a part of some block. JSON-RPC answers and the exports of ethereum-etl
 * (https://ethereum-etl.readthedocs.io/en/latest/schema/) come to the same parts, in the shape of the node's answers.
 */
import { z } from 'zod';
import { callTracerFrames, DEPTH_MAX } from '../call-tracer.ts';
import type { Frame } from '../frames.ts';
import {
  type EvmLog,
  type EvmReceipt,
  type EvmTransaction,
  zBlock,
  zCount,
  zEvmAddress,
  zHash,
  zLog,
  zReceipt,
  zTransaction,
  zWord,
} from '../schema.ts';
import { type Reward, zTrace } from '../trace-block.ts';
import { fromEtl } from './etl.ts';

export const pieceKinds = [
  'block',
  'transaction',
  'receipt',
  'log',
  'trace',
  'token-transfer',
  'token',
  'contract',
] as const;
export type PieceKind = (typeof pieceKinds)[number];

const chainNumber = zWord.nullish();
const zFileTransaction = zTransaction.extend({ chainId: chainNumber });

/** A block whose transactions may stand elsewhere: absent, or by hash only. */
export const zFileBlock = zBlock.extend({
  transactions: z.union([z.array(zFileTransaction), z.array(zHash)]).nullish(),
  transactionCount: zCount.nullish(),
  gasUsed: zWord.nullish(),
  logsBloom: z
    .string()
    .regex(/^0x[0-9a-fA-F]{512}$/)
    .transform((text) => text.toLowerCase())
    .nullish(),
});
const place = { blockNumber: zCount, blockHash: zReceipt.shape.blockHash };
const zFileReceipt = zReceipt.extend({ ...place, logs: z.array(zLog).nullish() });
/** With its receipt, where one record carries both. */
const zPlacedTransaction = zFileTransaction.extend({
  ...place,
  transactionIndex: zCount,
  receipt: zFileReceipt.nullish(),
});
const zFileLog = zLog.extend({ ...place, transactionHash: zHash, removed: z.boolean().nullish() });
const zEtlTrace = z.object({
  blockNumber: zCount,
  transactionHash: zHash.nullish(),
  path: z.array(z.int().min(0)).max(DEPTH_MAX),
  subtraces: zCount,
  moves: z.enum(['call', 'create', 'selfdestruct', 'none', 'issuance']),
  from: zEvmAddress.nullish(),
  to: zEvmAddress.nullish(),
  value: zWord,
  failed: z.boolean(),
});
const zTokenTransfer = z.object({
  blockNumber: zCount,
  transactionHash: zHash,
  logIndex: zCount,
  token: zEvmAddress,
  from: zEvmAddress,
  to: zEvmAddress,
  value: zWord,
});
const zToken = z.object({ address: zEvmAddress, symbol: z.string(), decimals: z.int().min(0).max(77) });

export type FileBlock = z.infer<typeof zFileBlock>;
export type PlacedTransaction = EvmTransaction & { readonly transactionIndex: number };
export type FileReceipt = Omit<EvmReceipt, 'logs'> & { readonly logs?: EvmLog[] | null | undefined };
export type TokenTransferRow = z.infer<typeof zTokenTransfer>;
export type Token = z.infer<typeof zToken>;

interface At {
  /** Null: not of a block, or of the block of `txid`. */
  readonly height: number | null;
  /** Null where the record does not say. */
  readonly hash: string | null;
  readonly txid: string | null;
}

export type Piece = At &
  (
    | { readonly kind: 'block'; readonly block: FileBlock }
    | { readonly kind: 'transaction'; readonly transaction: PlacedTransaction; readonly receipt: FileReceipt | null }
    | { readonly kind: 'receipt'; readonly receipt: FileReceipt }
    | { readonly kind: 'log'; readonly log: EvmLog }
    | {
        readonly kind: 'trace';
        readonly frames: readonly Frame[];
        /** How many frames stand directly below these, by their own word; null where `frames` is the whole tree. */
        readonly subtraces: number | null;
        readonly reward: Reward | null;
      }
    | { readonly kind: 'token-transfer'; readonly transfer: TokenTransferRow }
    | { readonly kind: 'token'; readonly token: Token }
    | { readonly kind: 'contract' }
  );

/** Whose way of writing it is. */
export type Source = 'json-rpc' | 'ethereum-etl';

/** The pieces in a record, or what is wrong with it. */
export type Recognised =
  | {
      readonly ok: true;
      readonly pieces: readonly Piece[];
      /** The number of the chain (EIP-155), where the record says it. */
      readonly chain: bigint | null;
      readonly source: Source;
    }
  | { readonly ok: false; readonly detail: string };

type Fields = Readonly<Record<string, unknown>>;

const wrong = (detail: string): Recognised => ({ ok: false, detail });

/** One record of a file: a JSON value, or the columns of a line of CSV. */
export function recognise(value: unknown): Recognised {
  return isFields(value) && !Array.isArray(value) && isEnvelope(value) ? ofAnswer(value) : recogniseResult(value, null);
}

/** A JSON-RPC response, as opposed to one transaction's `{txHash, result}` of the call tracer. */
function isEnvelope(value: Fields): boolean {
  return 'jsonrpc' in value || ('id' in value && ('result' in value || 'error' in value));
}

function ofAnswer(answer: Fields): Recognised {
  if (answer.error != null) return wrong('the node answered with an error');
  if (answer.result == null) return wrong('the node answered with nothing');
  return recogniseResult(answer.result, null);
}

function recogniseResult(value: unknown, outer: 'array' | null): Recognised {
  if (Array.isArray(value)) {
    if (outer !== null) return wrong('a list within a list');
    const pieces: Piece[] = [];
    let chain: bigint | null = null;
    let source: Source = 'json-rpc';
    for (const [index, item] of value.entries()) {
      const one = recogniseResult(item, 'array');
      if (!one.ok) return wrong(`${index}: ${one.detail}`);
      // One by one, because a list can be longer than a call can have arguments.
      for (const piece of one.pieces) pieces.push(piece);
      chain ??= one.chain;
      source = one.source;
    }
    return { ok: true, pieces, chain, source };
  }
  if (!isFields(value)) return wrong('this is no part of a block');
  const kind = nodeKind(value);
  if (kind !== null) return readers[kind](value);
  const etl = fromEtl(value);
  if (etl === null) return wrong('its fields are not those of a part of a block');
  const made = readers[etl.kind](etl.fields);
  return made.ok ? { ...made, source: 'ethereum-etl' } : made;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

type ReaderName = PieceKind | 'call-trace' | 'block-trace';

/** The names of the fields in the answers of nodes. */
function nodeKind(value: Fields): ReaderName | null {
  const has = (...names: string[]) => names.every((name) => name in value);
  if (has('parentHash', 'number')) return 'block';
  if (has('transactionHash', 'gasUsed', 'logs')) return 'receipt';
  if (has('topics', 'data', 'logIndex', 'blockNumber')) return 'log';
  if (has('action', 'type', 'blockHash')) return 'block-trace';
  if (has('result', 'txHash')) return 'call-trace';
  if (has('hash', 'from', 'input', 'value', 'blockNumber')) return 'transaction';
  return null;
}

function parsed<S extends z.ZodType>(schema: S, value: unknown, pieces: (data: z.infer<S>) => Piece[]): Recognised {
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, pieces: pieces(result.data), chain: null, source: 'json-rpc' };
  const [issue] = result.error.issues;
  return wrong(`${issue?.path.join('.') || 'value'}: ${issue?.message ?? 'not as expected'}`);
}

const readers: Readonly<Record<ReaderName, (value: Fields) => Recognised>> = {
  block: (value) => {
    let chain: bigint | null = null;
    const made = parsed(zFileBlock, value, (block) => {
      for (const one of block.transactions ?? []) if (typeof one === 'object') chain ??= one.chainId ?? null;
      return [{ kind: 'block', height: block.number, hash: block.hash, txid: null, block }];
    });
    return made.ok ? { ...made, chain } : made;
  },
  transaction: (value) => {
    let chain: bigint | null = null;
    const made = parsed(zPlacedTransaction, value, ({ receipt, blockNumber, blockHash, ...transaction }) => {
      chain = transaction.chainId ?? null;
      const { hash } = transaction;
      return [
        {
          kind: 'transaction',
          height: blockNumber,
          hash: blockHash,
          txid: hash,
          transaction,
          receipt: receipt ?? null,
        },
      ];
    });
    return made.ok ? { ...made, chain } : made;
  },
  receipt: (value) =>
    parsed(zFileReceipt, value, (receipt) => [
      {
        kind: 'receipt',
        height: receipt.blockNumber,
        hash: receipt.blockHash,
        txid: receipt.transactionHash,
        receipt,
      },
    ]),
  log: (value) =>
    parsed(zFileLog, value, ({ removed, blockNumber, blockHash, transactionHash, ...log }) =>
      // A log that a reorganisation took away is told as removed.
      removed === true ? [] : [{ kind: 'log', height: blockNumber, hash: blockHash, txid: transactionHash, log }],
    ),
  'block-trace': (value) => {
    const height = zCount.or(z.int().min(0)).safeParse(value.blockNumber);
    if (!height.success) return wrong('blockNumber: not a height');
    return parsed(zTrace, value, (trace) => [
      {
        kind: 'trace',
        height: height.data,
        hash: trace.blockHash,
        txid: trace.reward === null ? trace.txid : null,
        frames: trace.reward === null ? [trace.frame] : [],
        subtraces: trace.reward === null ? trace.subtraces : 0,
        reward: trace.reward,
      },
    ]);
  },
  'call-trace': (value) => {
    const txid = zHash.safeParse(value.txHash);
    if (!txid.success) return wrong('txHash: not 32 bytes');
    const frames = callTracerFrames([value], [txid.data])?.[0];
    if (frames === undefined) return wrong('this is not what the call tracer answers');
    return {
      ok: true,
      chain: null,
      source: 'json-rpc',
      pieces: [{ kind: 'trace', height: null, hash: null, txid: txid.data, frames, subtraces: null, reward: null }],
    };
  },
  trace: (value) => {
    const made = parsed(zEtlTrace, value, (trace): Piece[] => {
      const at = { height: trace.blockNumber, hash: null, txid: trace.transactionHash ?? null };
      const to = trace.to ?? null;
      if (trace.moves === 'issuance') {
        return to === null
          ? []
          : [{ kind: 'trace', ...at, frames: [], subtraces: 0, reward: { to, units: trace.value } }];
      }
      if (trace.from == null || at.txid === null || (to === null && !trace.failed)) return [];
      const frame: Frame = {
        path: trace.path,
        moves: trace.moves,
        from: trace.from,
        to,
        units: trace.value,
        failed: trace.failed,
      };
      return [{ kind: 'trace', ...at, frames: [frame], subtraces: trace.subtraces, reward: null }];
    });
    return made.ok && made.pieces.length === 0 ? wrong('a trace without its ends') : made;
  },
  'token-transfer': (value) =>
    parsed(zTokenTransfer, value, (transfer) => [
      {
        kind: 'token-transfer',
        height: transfer.blockNumber,
        hash: null,
        txid: transfer.transactionHash,
        transfer,
      },
    ]),
  token: (value) => parsed(zToken, value, (token) => [{ kind: 'token', height: null, hash: null, txid: null, token }]),
  contract: () => ({
    ok: true,
    chain: null,
    source: 'ethereum-etl',
    pieces: [{ kind: 'contract', height: null, hash: null, txid: null }],
  }),
};
