import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { BlockEntry } from '../../ledger/index.ts';
import { type Answer, decoded, hex } from './block.fixture.ts';
import { blockOf, receiptsOf } from './schema.ts';
import { needs, sharedFolder } from './shared-data.fixture.ts';
import { uniqueTransfers } from './tokens.ts';

const etl = sharedFolder('ethereum/ethereum-etl/test_stream/blocks_17173049_17173050');
const pevm = sharedFolder('ethereum/pevm-blocks');

interface EtlTransfer {
  token_address: string;
  from_address: string;
  to_address: string;
  value: bigint;
  transaction_hash: string;
  log_index: bigint;
  block_number: bigint;
}

/** JSON lines whose integers can be larger than a JavaScript number is exact for. */
function rows<T>(name: string): T[] {
  const text = readFileSync(join(etl ?? '', name), 'utf8').trim();
  return text.split('\n').map((line) =>
    JSON.parse(line, (_key, value: unknown, context?: { source?: string }) => {
      return typeof value === 'number' ? BigInt(context?.source ?? '') : value;
    }),
  );
}

/** The published export, put back into the shape of the node's answers that it was made from. */
function blocks(): { block: Answer; receipts: Answer[] }[] {
  const logs = Map.groupBy(rows<Answer>('expected_logs.json'), (log) => log.transaction_hash);
  const transactions = rows<Record<string, bigint>>('expected_transactions.json');
  return rows<Record<string, bigint>>('expected_blocks.json').map((row) => {
    const own = transactions.filter((transaction) => transaction.block_hash === row.hash);
    return {
      block: {
        number: hex(row.number!),
        hash: row.hash,
        parentHash: row.parent_hash,
        miner: row.miner,
        timestamp: hex(row.timestamp!),
        baseFeePerGas: hex(row.base_fee_per_gas!),
        withdrawals: (row.withdrawals as unknown as Record<string, bigint>[]).map(({ address, amount }) => ({
          address,
          amount: hex(amount!),
        })),
        transactions: own.map((transaction) => ({
          hash: transaction.hash,
          from: transaction.from_address,
          to: transaction.to_address,
          value: hex(transaction.value!),
          gas: hex(transaction.gas!),
          gasPrice: hex(transaction.gas_price!),
          input: transaction.input,
          type: hex(transaction.transaction_type!),
        })),
      },
      receipts: own.map((transaction) => ({
        transactionHash: transaction.hash,
        blockHash: row.hash,
        status: hex(transaction.receipt_status!),
        gasUsed: hex(transaction.receipt_gas_used!),
        effectiveGasPrice: hex(transaction.receipt_effective_gas_price!),
        contractAddress: transaction.receipt_contract_address,
        logs: (logs.get(transaction.hash) ?? []).map((log) => ({
          address: log.address,
          topics: log.topics,
          data: log.data,
          logIndex: hex(log.log_index as bigint),
        })),
      })),
    };
  });
}

function entries(): BlockEntry[] {
  return blocks().map(({ block, receipts }) => decoded(block, receipts));
}

const WETH = '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2';
const NOBODY = '0x0000000000000000000000000000000000000000';

test(
  'mainnet 17173049–17173050: all 291 token transfers of the published export, in order, and no others',
  needs(etl),
  () => {
    const all = rows<EtlTransfer>('expected_token_transfers.json');
    assert.equal(all.length, 291);
    const shown = (row: EtlTransfer) => [
      row.transaction_hash,
      row.token_address,
      row.from_address,
      row.to_address,
      row.value,
    ];

    // Nine are ERC-721: what the export calls a value is the number of one thing. They are recognised, and are no movement.
    const things = blocks().flatMap(({ receipts }) =>
      (receiptsOf(receipts, 'http://node.test') ?? []).flatMap(({ transactionHash, logs }) =>
        uniqueTransfers(logs).map((one) => ({ transactionHash, ...one })),
      ),
    );
    assert.equal(things.length, 9);
    const published = new Map(all.map((row) => [`${row.transaction_hash} ${row.log_index}`, row]));
    for (const { transactionHash, logIndex, contract, from, to, tokenId } of things) {
      const row = published.get(`${transactionHash} ${logIndex}`);
      assert.deepEqual([transactionHash, contract, from ?? NOBODY, to ?? NOBODY, tokenId], row && shown(row));
      published.delete(`${transactionHash} ${logIndex}`);
    }

    const tokens = entries().flatMap(({ movements }) => movements.filter(({ kind }) => kind === 'token'));
    // Wrapped ether is minted and burned without a Transfer, so the export does not know of it.
    const [wrappings, transfers] = [true, false].map((wanted) =>
      tokens.filter(({ asset, from, to }) => wanted === (asset.endsWith(WETH) && (from === null || to === null))),
    );
    assert.equal(wrappings?.length, 61);
    const contractOf = (asset: string) => asset.slice(asset.indexOf('erc20:') + 'erc20:'.length);
    assert.deepEqual(
      transfers?.map(({ txid, asset, from, to, units }) => [
        txid,
        contractOf(asset),
        from ?? NOBODY,
        to ?? NOBODY,
        units,
      ]),
      [...published.values()].map(shown),
    );
    assert.equal(things.length + (transfers?.length ?? 0), 291);
  },
);

test('mainnet 17173049–17173050: what is burned is the base fee times the gas of the block', needs(etl), () => {
  const burned = entries().map(({ movements }) =>
    movements.filter(({ kind }) => kind === 'burn').reduce((sum, { units }) => sum + units, 0n),
  );
  const headers = rows<Record<string, bigint>>('expected_blocks.json');
  assert.deepEqual(
    burned,
    headers.map((row) => row.base_fee_per_gas! * row.gas_used!),
  );
});

test('mainnet 17173049–17173050: native value, successes and the creation as the export has them', needs(etl), () => {
  const succeeded = rows<Record<string, unknown>>('expected_transactions.json').filter(
    (row) => row.receipt_status === 1n && row.value !== 0n,
  );
  const natives = entries().flatMap(({ movements }) => movements.filter(({ kind, from }) => kind === 'native' && from));
  assert.deepEqual(
    natives.map(({ txid, from, to, units }) => [txid, from, to, units]),
    succeeded.map((row) => [row.hash, row.from_address, row.to_address ?? row.receipt_contract_address, row.value]),
  );
  const withdrawals = entries().map(({ block, movements }) =>
    movements.filter(({ txid }) => txid === (block.hash as string)),
  );
  assert.deepEqual(
    withdrawals.map(({ length }) => length),
    [16, 16],
  );
});

test('whole mainnet blocks of four forks are read', needs(pevm), () => {
  const expected = { 12965000: 259, 15537394: 80, 19426587: 37, 19932148: 227 };
  for (const [height, count] of Object.entries(expected)) {
    const answer: unknown = JSON.parse(readFileSync(join(pevm ?? '', `${height}.json`), 'utf8'));
    const block = blockOf(answer, 'http://node.test');
    assert.equal(block?.number, Number(height));
    assert.equal(block.transactions.length, count);
  }
});
