import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { BlockHash, ChainId } from '@gongjo/contract';
import { openColumns } from '../platform/index.ts';
import { internalSpansMax, withEntries } from './internals.ts';
import { openLedger } from './ledger.store.ts';
import type { BlockEntry } from './model.ts';

const chain = 'eip155:31337' as ChainId;
const hash = (n: number) => `0x${n.toString(16).padStart(64, '0')}` as BlockHash;

function entry(height: number, internals?: boolean): BlockEntry {
  return {
    block: {
      chain,
      height,
      hash: hash(height),
      parent: hash(height - 1),
      time: '2025-02-21T14:00:00.000Z',
      transactionCount: 0,
    },
    movements: [],
    ...(internals === undefined ? {} : { internals }),
  };
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-internals-'));
const columns = await openColumns({ folder: path.join(folder, 'ledger') });
after(async () => {
  await columns.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a ledger from before internal transfers were read knows none, and those that come', async () => {
  await columns.command(
    `CREATE TABLE blocks (chain LowCardinality(String), height UInt32, hash String, parent String, time DateTime('UTC'),
      transactions UInt32, movements UInt32) ENGINE = MergeTree ORDER BY (chain, height)`,
  );
  await columns.command(
    `INSERT INTO blocks SELECT '${chain}', 4, unhex('${hash(4).slice(2)}'), unhex('${hash(3).slice(2)}'), 0, 0, 0`,
  );
  const ledger = await openLedger(columns);
  assert.deepEqual((await ledger.coverage(chain))?.internals, []);
  await ledger.append([entry(5), entry(6, true), entry(7, true)]);
  assert.deepEqual((await ledger.coverage(chain))?.internals, [{ from: 6, to: 7 }]);
});

test('where internal transfers are known is kept through appends, rollbacks and another opening', async () => {
  const ledger = await openLedger(columns);
  await ledger.append([entry(8, true)]);
  await ledger.append([entry(9, false), entry(10, true)]);
  const spans = [
    { from: 6, to: 8 },
    { from: 10, to: 10 },
  ];
  assert.deepEqual((await ledger.coverage(chain))?.internals, spans);
  // Opened anew, as read from the rows.
  assert.deepEqual((await (await openLedger(columns)).coverage(chain))?.internals, spans);
  await ledger.rollbackTo(chain, 7);
  assert.deepEqual((await ledger.coverage(chain))?.internals, [{ from: 6, to: 7 }]);
});

test('more spans than the bound: the latest are remembered', () => {
  const entries = Array.from({ length: 2 * internalSpansMax + 10 }, (_, height) => entry(height, height % 2 === 1));
  const spans = withEntries([], entries);
  assert.equal(spans.length, internalSpansMax);
  assert.equal(spans.at(-1)?.to, 2 * internalSpansMax + 9);
});
