import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { ChainId } from '@gongjo/contract';
import type { Clock } from '../../../platform/index.ts';
import { type MemoryLedger, memoryLedger } from '../../memory-ledger.fixture.ts';
import { type FilesIngested, ingestFiles } from './files.client.ts';
import type { FileReport } from './survey.client.ts';

const clock: Clock = { now: () => Date.now(), sleep: async () => {} };

export interface Written {
  readonly path: string;
  put(name: string, content: string | Buffer): string;
}

/** A folder that goes with the test. */
export function folder(t: TestContext): Written {
  const path = mkdtempSync(join(tmpdir(), 'gongjo-evm-files-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    put: (name, content) => {
      const file = join(path, name);
      writeFileSync(file, name.endsWith('.gz') && typeof content === 'string' ? gzipSync(content) : content);
      return file;
    },
  };
}

export interface Read extends FilesIngested {
  readonly ledger: MemoryLedger;
  readonly reports: readonly FileReport[];
}

export async function read(
  paths: readonly string[],
  { chain = 'eip155:31337', ledger = memoryLedger(), ...more }: Reading = {},
): Promise<Read> {
  const reports: FileReport[] = [];
  const done = await ingestFiles({
    paths,
    chain: chain as ChainId,
    ledger,
    signal: new AbortController().signal,
    clock,
    onFile: (report) => reports.push(report),
    onSurvey: () => {},
    onProgress: () => {},
    ...more,
  });
  return { ...done, ledger, reports };
}

interface Reading {
  readonly chain?: string;
  readonly ledger?: MemoryLedger;
  readonly from?: number;
  readonly to?: number;
}

type Row = Record<string, unknown>;

/** What a node answers about some blocks, as JSON-RPC has it. */
export interface Dump {
  readonly blocks: Row[];
  readonly receipts: Row[][];
  /** `debug_traceBlockByNumber` with the call tracer. */
  readonly calls: unknown[];
  /** `trace_block` */
  readonly traces: Row[][];
}

const number = (hex: unknown) => (typeof hex === 'string' ? BigInt(hex) : null);

/** The rows that ethereum-etl makes of a dump, with its columns; numbers as `bigint`, lists as arrays. */
export function etlRows({ blocks, receipts, traces }: Dump) {
  const receiptRows = receipts.flat();
  return {
    blocks: blocks.map((block) => ({
      number: number(block.number),
      hash: block.hash,
      parent_hash: block.parentHash,
      nonce: block.nonce,
      sha3_uncles: block.sha3Uncles,
      logs_bloom: block.logsBloom,
      miner: block.miner,
      gas_used: number(block.gasUsed),
      timestamp: number(block.timestamp),
      transaction_count: BigInt((block.transactions as unknown[]).length),
      base_fee_per_gas: number(block.baseFeePerGas),
      withdrawals: '',
    })),
    transactions: blocks.flatMap((block) =>
      (block.transactions as Row[]).map((transaction) => ({
        hash: transaction.hash,
        nonce: number(transaction.nonce),
        block_hash: transaction.blockHash,
        block_number: number(transaction.blockNumber),
        transaction_index: number(transaction.transactionIndex),
        from_address: transaction.from,
        to_address: transaction.to,
        value: number(transaction.value),
        gas: number(transaction.gas),
        gas_price: number(transaction.gasPrice),
        input: transaction.input,
        transaction_type: number(transaction.type),
      })),
    ),
    receipts: receiptRows.map((receipt) => ({
      transaction_hash: receipt.transactionHash,
      transaction_index: number(receipt.transactionIndex),
      block_hash: receipt.blockHash,
      block_number: number(receipt.blockNumber),
      cumulative_gas_used: number(receipt.cumulativeGasUsed),
      gas_used: number(receipt.gasUsed),
      contract_address: receipt.contractAddress,
      root: null,
      status: number(receipt.status),
      effective_gas_price: number(receipt.effectiveGasPrice),
    })),
    logs: receiptRows.flatMap((receipt) =>
      (receipt.logs as Row[]).map((log) => ({
        log_index: number(log.logIndex),
        transaction_hash: log.transactionHash,
        transaction_index: number(log.transactionIndex),
        block_hash: log.blockHash,
        block_number: number(log.blockNumber),
        address: log.address,
        data: log.data,
        topics: log.topics,
      })),
    ),
    traces: traces.flat().map((trace) => {
      const action = trace.action as Row;
      const result = trace.result as Row | null;
      return {
        transaction_hash: trace.transactionHash,
        transaction_index: trace.transactionPosition,
        from_address: action.from ?? action.address,
        to_address: action.to ?? action.refundAddress ?? result?.address ?? null,
        value: number(action.value ?? action.balance),
        trace_type: trace.type,
        call_type: action.callType ?? null,
        subtraces: trace.subtraces,
        trace_address: trace.traceAddress,
        error: trace.error ?? null,
        block_number: trace.blockNumber,
      };
    }),
  };
}

export function jsonLines(rows: readonly unknown[]): string {
  return rows.map((row) => `${exact(row)}\n`).join('');
}

/** JSON with `bigint` as plain numbers, however long, as Python writes them. */
export function exact(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'bigint' ? `\u0000${each}\u0000` : each,
  ).replace(/"\\u0000(\d+)\\u0000"/g, '$1');
}

export function csv(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const cell = (value: unknown) => {
    const text = value == null ? '' : String(value);
    return text.includes(',') ? `"${text}"` : text;
  };
  return [columns.join(','), ...rows.map((row) => columns.map((name) => cell(row[name])).join(','))].join('\r\n');
}
