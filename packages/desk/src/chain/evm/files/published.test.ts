import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { GongjoError } from '../../../kernel/index.ts';
import { memoryLedger } from '../../memory-ledger.fixture.ts';
import { needs, sharedFolder } from '../shared-data.fixture.ts';
import { read } from './files.fixture.ts';

const CHAIN = 'eip155:1';

const published = sharedFolder('ethereum/ethereum-etl');

test(
  'mainnet 17173049–17173050 from the published export: all 291 token transfers are in the logs',
  needs(published),
  async () => {
    const { ledger, listedTransfers, damaged, reports } = await read([join(published ?? '', 'test_stream')], {
      chain: CHAIN,
    });
    assert.deepEqual([listedTransfers, damaged], [291, 0]);
    assert.ok(reports.every(({ sources }) => sources.join() === 'ethereum-etl'));
    assert.deepEqual(
      ledger.entries.map(({ block }) => block.height),
      [17173049, 17173050],
    );
    const tokens = ledger.entries.flatMap(({ movements }) => movements.filter(({ kind }) => kind === 'token'));
    // 282 transfers and 61 wrappings; the other nine of the list are ERC-721.
    assert.equal(tokens.length, 282 + 61);
    assert.deepEqual(
      reports.flatMap(({ holds }) => Object.entries(holds)),
      [
        ['block', 2],
        ['log', 681],
        ['token-transfer', 291],
        ['transaction', 298],
      ],
    );
  },
);

test('mainnet 483920: CSV and JSON-RPC answers of the same block come together', needs(published), async () => {
  const paths = ['test_export_blocks_job', 'test_export_receipts_job'].map((name) => join(published ?? '', name));
  const { ledger, damaged } = await read(paths, { chain: CHAIN });
  assert.equal(damaged, 0);
  const listed = readFileSync(
    join(published ?? '', 'test_export_token_transfers_job/block_with_transfers/expected_token_transfers.csv'),
    'utf8',
  );
  const rows = listed.trim().split(/\r?\n/).slice(1);
  const tokens = ledger.entries.flatMap(({ movements }) => movements.filter(({ kind }) => kind === 'token'));
  assert.deepEqual(
    tokens.map(({ asset, from, to, units, txid }) => `${asset.slice(-42)},${from},${to},${units},${txid}`),
    rows.map((row) => row.split(',').slice(0, 5).join(',')),
  );
});

const pevm = sharedFolder('ethereum/pevm-blocks');

test('whole mainnet blocks without receipts are refused, and nothing is written', needs(pevm), async () => {
  const ledger = memoryLedger();
  await assert.rejects(read([pevm ?? ''], { chain: CHAIN, ledger }), (error) => {
    assert.ok(error instanceof GongjoError && error.code === 'block-incomplete');
    assert.match(error.message, /Block 12965000 .*receipt/);
    return true;
  });
  assert.deepEqual(ledger.entries, []);
});
