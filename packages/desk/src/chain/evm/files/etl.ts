/**
 * Rows of ethereum-etl, whose columns are named and written differently, put into the shape of the node's answers. The
 * columns are those of https://ethereum-etl.readthedocs.io/en/latest/schema/ and of its streaming export; whether what
 * stands in them is right is for `pieces.ts` to say.
 */
import type { PieceKind } from './pieces.ts';

type Row = Readonly<Record<string, unknown>>;

/** Of the wire, where an amount has at most 78 digits. */
const DECIMALS_MAX = 77;

interface Made {
  readonly kind: PieceKind;
  readonly fields: Row;
}

/** Null where the columns are those of no known export. */
export function fromEtl(row: Row): Made | null {
  const has = (...names: string[]) => names.every((name) => name in row);
  if (has('number', 'parent_hash', 'miner')) return { kind: 'block', fields: block(row) };
  if (has('hash', 'transaction_index', 'from_address', 'gas')) return { kind: 'transaction', fields: transaction(row) };
  if (has('log_index', 'topics', 'data')) return { kind: 'log', fields: log(row) };
  if (has('token_address', 'from_address', 'log_index')) return { kind: 'token-transfer', fields: tokenTransfer(row) };
  if (has('trace_type', 'trace_address')) return { kind: 'trace', fields: trace(row) };
  if (has('transaction_hash', 'gas_used', 'contract_address')) return { kind: 'receipt', fields: receipt(row, '') };
  if (has('address', 'symbol', 'decimals')) return { kind: 'token', fields: token(row) };
  // Their code moves nothing; an export of everything has them, too.
  if (has('address', 'bytecode', 'is_erc20')) return { kind: 'contract', fields: row };
  return null;
}

function block(row: Row): Row {
  return {
    number: quantity(row.number),
    hash: row.hash,
    parentHash: row.parent_hash,
    miner: row.miner,
    timestamp: quantity(row.timestamp),
    baseFeePerGas: quantity(row.base_fee_per_gas),
    gasUsed: quantity(row.gas_used),
    logsBloom: present(row.logs_bloom),
    transactionCount: quantity(row.transaction_count),
    withdrawals: withdrawals(row.withdrawals),
  };
}

function transaction(row: Row): Row {
  return {
    hash: row.hash,
    from: row.from_address,
    to: present(row.to_address),
    value: quantity(row.value),
    gas: quantity(row.gas),
    gasPrice: quantity(row.gas_price),
    input: row.input,
    type: quantity(row.transaction_type),
    transactionIndex: quantity(row.transaction_index),
    blockNumber: quantity(row.block_number),
    blockHash: row.block_hash,
    // The streaming export carries the receipt's columns in the transaction's row.
    receipt:
      present(row.receipt_gas_used) === null ? null : receipt({ ...row, transaction_hash: row.hash }, 'receipt_'),
  };
}

function receipt(row: Row, prefix: string): Row {
  return {
    transactionHash: row.transaction_hash,
    blockHash: row.block_hash,
    blockNumber: quantity(row.block_number),
    status: quantity(row[`${prefix}status`]),
    gasUsed: quantity(row[`${prefix}gas_used`]),
    effectiveGasPrice: quantity(row[`${prefix}effective_gas_price`]),
    blobGasUsed: quantity(row[`${prefix}blob_gas_used`]),
    blobGasPrice: quantity(row[`${prefix}blob_gas_price`]),
    contractAddress: present(row[`${prefix}contract_address`]),
    logs: null,
  };
}

function log(row: Row): Row {
  const { topics } = row;
  return {
    address: row.address,
    topics: typeof topics === 'string' ? topics.split(',').filter((topic) => topic !== '') : topics,
    data: row.data,
    logIndex: quantity(row.log_index),
    transactionHash: row.transaction_hash,
    blockNumber: quantity(row.block_number),
    blockHash: row.block_hash,
  };
}

function tokenTransfer(row: Row): Row {
  return {
    token: row.token_address,
    from: row.from_address,
    to: row.to_address,
    value: quantity(row.value),
    transactionHash: row.transaction_hash,
    logIndex: quantity(row.log_index),
    blockNumber: quantity(row.block_number),
  };
}

function trace(row: Row): Row {
  const callType = present(row.call_type);
  const moves =
    row.trace_type === 'call'
      ? callType === 'call'
        ? 'call'
        : 'none'
      : row.trace_type === 'create'
        ? 'create'
        : row.trace_type === 'suicide'
          ? 'selfdestruct'
          : row.trace_type === 'reward' || row.trace_type === 'genesis'
            ? 'issuance'
            : row.trace_type;
  const path = row.trace_address;
  return {
    blockNumber: quantity(row.block_number),
    transactionHash: present(row.transaction_hash),
    path:
      typeof path === 'string'
        ? path
            .split(',')
            .filter((step) => step !== '')
            .map(Number)
        : (path ?? []),
    subtraces: quantity(present(row.subtraces) ?? 0),
    moves,
    from: present(row.from_address),
    to: present(row.to_address),
    value: quantity(present(row.value) ?? 0),
    failed: present(row.error) !== null,
  };
}

function token(row: Row): Row {
  // What a contract says of itself; where that is none, the reader of a node takes 0, too.
  const decimals = /^\d{1,2}$/.test(String(row.decimals)) ? Number(row.decimals) : 0;
  return { address: row.address, symbol: row.symbol ?? '', decimals: decimals <= DECIMALS_MAX ? decimals : 0 };
}

/** CSV writes what is absent as nothing. */
function present(value: unknown): unknown {
  return value === '' || value === undefined ? null : value;
}

/** A whole number in any of the forms of the exports, as JSON-RPC writes it; what is none is left for the reader to refuse. */
function quantity(value: unknown): unknown {
  if (value === '' || value == null) return null;
  if (typeof value === 'bigint') return value >= 0n ? `0x${value.toString(16)}` : value;
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? `0x${value.toString(16)}` : value;
  // 256 bits have at most 78 digits.
  return typeof value === 'string' && /^\d{1,78}$/.test(value) ? `0x${BigInt(value).toString(16)}` : value;
}

/** A list of objects; the CSV export writes it as Python shows it, with single quotes. */
function withdrawals(value: unknown): unknown {
  const list = typeof value === 'string' ? listIn(value) : value;
  if (!Array.isArray(list)) return list;
  return list.map((each: unknown) =>
    typeof each === 'object' && each !== null
      ? { ...each, amount: quantity((each as Record<string, unknown>).amount) }
      : each,
  );
}

function listIn(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text.replaceAll("'", '"'));
  } catch {
    return text;
  }
}
