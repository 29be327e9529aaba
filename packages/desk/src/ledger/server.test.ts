import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Address, AssetId, BlockHash, ChainId, TxId } from '@gongjo/contract';
import { openColumns } from '../platform/index.ts';
import { addressText } from './address/index.ts';
import { startClickHouse } from './clickhouse-http.fixture.ts';
import { clusterDdl, serverDdl } from './definition.ts';
import { type Ledger, openLedger } from './ledger.store.ts';
import type { BlockEntry, Movement } from './model.ts';
import { ledgerSchema } from './schema.ts';

/** The same ledger on one server and spread over two shards, by URL: every reader gives the same answers on both. */

const evm = 'eip155:31337' as ChainId;
const bitcoin = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328' as ChainId;
const asset = 'eip155:31337/slip44:60' as AssetId;
const places = ['single', 'spread'] as const;

let clickhouse: Awaited<ReturnType<typeof startClickHouse>>;
const ledgers: Partial<Record<(typeof places)[number], Ledger>> = {};
const closing: (() => Promise<void>)[] = [];
const open = async (place: (typeof places)[number]) => {
  const columns = await openColumns({
    url: clickhouse.url(place),
    ...(place === 'spread' ? { cluster: 'gongjo' } : {}),
  });
  closing.push(() => columns.close());
  ledgers[place] = await openLedger(columns);
};
before(async () => {
  clickhouse = await startClickHouse();
  for (const place of places) await open(place);
});
after(async () => {
  for (const close of closing) await close();
  await clickhouse.stop();
});

/** The answer that both give. */
async function same<T>(ask: (ledger: Ledger) => Promise<T>): Promise<T> {
  const [single, spread] = [await ask(ledgers.single as Ledger), await ask(ledgers.spread as Ledger)];
  assert.deepEqual(spread, single);
  return single;
}

const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}` as Address;
const hash = (n: number) => `0x${n.toString(16).padStart(64, '0')}`;
const text = (n: number) => n.toString(16).padStart(64, '0');
const timeOf = (height: number) => new Date(1_700_000_000_000 + height * 12_000).toISOString();

function entry(height: number, fork = 0, parentFork = fork): BlockEntry {
  const time = timeOf(height);
  const movements = Array.from(
    { length: 6 },
    (_, txIndex): Movement => ({
      ...{
        chain: evm,
        height,
        txIndex,
        ord: 0,
        txid: hash(height * 1000 + txIndex * 10 + fork) as TxId,
        time,
        kind: 'native',
      },
      ...{
        from: address((height + txIndex) % 7),
        to: address((height * 3 + txIndex) % 7),
        asset,
        units: BigInt(height + txIndex),
        call: false,
      },
    }),
  );
  const blockHash = (at: number, of: number) => hash(at * 1000 + 900 + of) as BlockHash;
  return {
    block: {
      chain: evm,
      height,
      hash: blockHash(height, fork),
      parent: blockHash(height - 1, parentFork),
      time,
      transactionCount: 6,
    },
    movements,
  };
}

async function readAccounts(tip: number) {
  const blocks = Array.from({ length: tip }, (_, at) => at + 1);
  const everyone = Array.from({ length: 7 }, (_, at) => address(at));
  const ids = blocks.flatMap((height) => Array.from({ length: 6 }, (_, at) => hash(height * 1000 + at * 10) as TxId));
  await same((ledger) => ledger.coverage(evm));
  const between = await same((ledger) => ledger.movementsBetween(evm, 0, tip));
  assert.equal(between.length, tip * 6);
  await same((ledger) => ledger.transactions(evm, ids, tip));
  const after = { height: 3, txIndex: 2, ord: 0 };
  const accounts = await same((ledger) =>
    ledger.accounts(
      evm,
      everyone.map((it) => ({ address: it, after })),
      5,
      tip,
    ),
  );
  assert.ok([...accounts.values()].some(({ opening, movements }) => opening.size > 0 && movements.length === 5));
  const upTo = { height: tip, txIndex: 9, ord: 0 };
  await same((ledger) =>
    ledger.histories(
      evm,
      everyone.map((it) => ({ address: it, upTo })),
      4,
      tip,
    ),
  );
  await same((ledger) => ledger.blockAtTime(evm, timeOf(tip - 1)));
  await same((ledger) => ledger.movementCount(evm));
}

test('accounts: every reader, before and after a reorganisation that comes back', async () => {
  const first = Array.from({ length: 12 }, (_, at) => entry(at + 1));
  for (const place of places) await ledgers[place]?.append(first);
  await readAccounts(12);
  for (const place of places) {
    await ledgers[place]?.rollbackTo(evm, 9);
    await ledgers[place]?.append([entry(10, 1, 0), entry(11, 1)]);
  }
  await readAccounts(11);
  for (const place of places) {
    await ledgers[place]?.rollbackTo(evm, 9);
    await ledgers[place]?.append(first.slice(9));
    await ledgers[place]?.putAssets([{ id: asset, symbol: 'OLD', decimals: 1 }]);
    await ledgers[place]?.putAssets([{ id: asset, symbol: 'ETH', decimals: 18 }]);
  }
  await readAccounts(12);
  assert.equal((await same((ledger) => ledger.assets([asset]))).get(asset)?.decimals, 18);
});

const stored = (owner: number) => Buffer.concat([Buffer.from([0]), Buffer.alloc(20, owner + 1)]);

/** Transaction `n` spends the first output of `n` − 700, and pays two of ten owners. */
async function appendOutputs(ledger: Ledger, height: number): Promise<void> {
  const batch = await ledger.utxo.batch(bitcoin);
  const count = 1500;
  const blockHash = (at: number) => text(at + 0xb10c0000) as BlockHash;
  batch.block({
    chain: bitcoin,
    height,
    hash: blockHash(height),
    parent: blockHash(height - 1),
    time: timeOf(height),
    transactionCount: count,
  });
  for (let at = 0; at < count; at += 1) {
    const n = height * count + at;
    const txid = (of: number) => Buffer.from(text(of + 1), 'hex').reverse();
    batch.transaction(txid(n), 0, at === 0);
    if (at > 0 && n >= 700) batch.input(txid(n - 700), 0, 0);
    for (const owner of [n % 10, (n * 7) % 10]) {
      const units = Buffer.alloc(8);
      units.writeBigUInt64LE(BigInt(n) + 1n);
      batch.output(units, 0, 'p2pkh', stored(owner), 21);
    }
  }
  await ledger.utxo.append(batch);
}

test('outputs: every reader, in stretches and one by one, across shards, after a restart', async () => {
  for (let height = 0; height < 4; height += 1)
    for (const place of places) await appendOutputs(ledgers[place] as Ledger, height);
  for (const place of places) await open(place);
  const numbers = Array.from({ length: 60 }, (_, at) => at * 97);
  const below = 5800;
  const read = await same((ledger) => ledger.utxo.transactions(bitcoin, numbers, below));
  assert.equal(read.size, 60);
  assert.deepEqual(read.get(970)?.inputs[0]?.of, { tx: 270, index: 0 });
  assert.equal(read.get(970)?.outputs[0]?.spentBy?.tx, 1670);
  const ids = numbers.map((n) => text(n + 1) as TxId);
  assert.equal((await same((ledger) => ledger.utxo.numbers(bitcoin, ids, below))).size, 60);
  await same((ledger) => ledger.utxo.identifiers(bitcoin, numbers));
  const owners = Array.from({ length: 10 }, (_, owner) => addressText(bitcoin, stored(owner)) as Address);
  const received = await same((ledger) => ledger.utxo.received(bitcoin, owners, 50, below));
  assert.ok([...received.values()].every(({ outputs, truncated }) => outputs.length === 50 && truncated));
  const usage = await same((ledger) => ledger.utxo.usage(bitcoin, owners, 100_000, below));
  assert.equal(
    [...usage.values()].reduce((sum, count) => sum + count, 0),
    below * 2,
  );
  assert.equal((await same((ledger) => ledger.utxo.fees(bitcoin, 2))).length, 1500);
  for (const place of places) await ledgers[place]?.rollbackTo(bitcoin, 1);
  assert.equal((await same((ledger) => ledger.utxo.numbers(bitcoin, ids, 9999))).size, 31);
  for (const place of places) await appendOutputs(ledgers[place] as Ledger, 2);
  assert.equal((await same((ledger) => ledger.utxo.transactions(bitcoin, numbers, below))).size, 47);
});

test('tags: those that count, their history, their runs', async () => {
  const tags = Array.from({ length: 40 }, (_, at) => ({
    ...{ chain: evm, address: address(at), label: `label ${at}`, category: 'exchange' as const, actor: null },
    ...{ source: `source ${at % 3}`, confidence: at },
  }));
  for (const place of places) {
    await ledgers[place]?.putTags(tags, 'all');
    await ledgers[place]?.putTags(tags.slice(5), 'all');
  }
  const found = await same((ledger) =>
    ledger.tags(
      evm,
      tags.map((tag) => tag.address),
    ),
  );
  assert.equal(found.size, 35);
  await same((ledger) => ledger.tagHistory(evm, address(1)));
  assert.equal((await same((ledger) => ledger.tagSources())).length, 3);
  await same((ledger) => ledger.tagRun('source 1', 2));
});

test('rows of every table stand on both shards, but a chain’s blocks on one', async () => {
  for (const table of [
    'movements',
    'accounts',
    'transactions',
    'utxo_outputs',
    'utxo_spends',
    'utxo_addresses',
    'utxo_txids',
  ])
    assert.equal(await clickhouse.query(`SELECT uniqExact(shard_of) FROM spread.${table}_rows`), '2\n', table);
  assert.equal(
    await clickhouse.query(
      'SELECT max(n) FROM (SELECT uniqExact(shard_of) AS n FROM spread.blocks_rows GROUP BY chain)',
    ),
    '1\n',
  );
});

test('a cluster is asked with the settings that make its answers those of one server', () => {
  for (const { settings } of clickhouse.asked.filter(({ database }) => database === 'spread')) {
    assert.equal(settings.distributed_product_mode, 'global');
    assert.equal(settings.distributed_foreground_insert, '1');
    assert.equal(settings.insert_quorum, 'auto');
  }
  const inserts = clickhouse.asked.filter(({ sql }) => sql.startsWith('INSERT'));
  assert.ok(inserts.length > 0 && inserts.every(({ bodyBytes }) => bodyBytes > 0));
  const removals = clickhouse.asked.filter(({ sql }) => /DELETE/.test(sql));
  for (const { database, sql } of removals)
    assert.match(
      sql,
      database === 'single'
        ? /^DELETE FROM \w+ WHERE /
        : /^ALTER TABLE \w+_local ON CLUSTER 'gongjo' DELETE WHERE .* SETTINGS mutations_sync = 2/,
    );
  assert.deepEqual([...new Set(removals.map(({ database }) => database))].sort(), [...places].sort());
});

test('every statement for one server and for a cluster is understood by the engine’s parser', async () => {
  for (const statement of [...serverDdl(ledgerSchema), ...clusterDdl(ledgerSchema, 'gongjo')])
    await clickhouse.query(`EXPLAIN AST ${statement}`);
  await assert.rejects(clickhouse.query('EXPLAIN AST CREATE TABLE x ON CLUSTER (a UInt8)'));
});

const real = process.env.GONGJO_TEST_CLICKHOUSE;
test('a real server, chosen by URL, keeps and gives back a ledger', {
  skip: real === undefined && 'no ClickHouse server is named (GONGJO_TEST_CLICKHOUSE)',
}, async () => {
  const cluster = process.env.GONGJO_TEST_CLICKHOUSE_CLUSTER;
  const columns = await openColumns({ url: real ?? '', cluster });
  try {
    const ledger = await openLedger(columns);
    await ledger.rollbackTo(evm, -1);
    const entries = Array.from({ length: 12 }, (_, at) => entry(at + 1));
    await ledger.append(entries);
    await ledger.rollbackTo(evm, 9);
    await ledger.append(entries.slice(9));
    assert.deepEqual(
      await ledger.movementsBetween(evm, 0, 12),
      entries.flatMap(({ movements }) => movements),
    );
    await ledger.rollbackTo(bitcoin, -1);
    for (let height = 0; height < 2; height += 1) await appendOutputs(ledger, height);
    const read = await ledger.utxo.transactions(bitcoin, [270, 970], 3000);
    assert.equal(read.get(270)?.outputs[0]?.spentBy?.tx, 970);
  } finally {
    await columns.close();
  }
});
