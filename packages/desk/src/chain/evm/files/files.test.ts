import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { GongjoError } from '../../../kernel/index.ts';
import { memoryLedger } from '../../memory-ledger.fixture.ts';
import {
  type Answer,
  account,
  blockAnswer,
  hex,
  receiptAnswer,
  transactionAnswer,
  transferLog,
} from '../block.fixture.ts';
import { logsBloom } from './bloom.ts';
import { csv, etlRows, folder, jsonLines, read } from './files.fixture.ts';

const CHAIN = 'eip155:1';
const hash = (height: number, branch = 'a') => `0x${branch}${height.toString(16).padStart(63, '0')}`;
const txid = (height: number, branch = 'a') => `0x${branch}f${height.toString(16).padStart(62, '0')}`;

interface Made {
  readonly block: Answer;
  readonly receipts: Answer[];
}

/** A block with one transaction that also moves a token. */
function made(height: number, branch = 'a', parentBranch = branch): Made {
  const place = { blockHash: hash(height, branch), blockNumber: hex(height) };
  const log = {
    ...transferLog(account('1'), account('3'), BigInt(height)),
    ...place,
    transactionHash: txid(height, branch),
    transactionIndex: '0x0',
    logIndex: '0x0',
  };
  const transaction = transactionAnswer({
    ...place,
    hash: txid(height, branch),
    transactionIndex: '0x0',
    nonce: hex(height),
    chainId: '0x1',
  });
  return {
    block: blockAnswer([transaction], {
      number: hex(height),
      hash: hash(height, branch),
      parentHash: hash(height - 1, parentBranch),
      gasUsed: hex(21_000),
      logsBloom: logsBloom([log as never]),
    }),
    receipts: [
      receiptAnswer({ ...place, transactionHash: txid(height, branch), transactionIndex: '0x0', logs: [log] }),
    ],
  };
}

const run = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => made(from + index));
const lines = (all: readonly Made[]) =>
  all
    .flatMap(({ block, receipts }) => [block, receipts])
    .map((result, id) => JSON.stringify({ jsonrpc: '2.0', id, result }));
const dump = (all: readonly Made[]) => `${lines(all).join('\n')}\n`;
const heights = (ledger: { entries: readonly { block: { height: number } }[] }) =>
  ledger.entries.map(({ block }) => block.height);
const etl = (all: readonly Made[]) =>
  etlRows({
    blocks: all.map(({ block }) => block),
    receipts: all.map(({ receipts }) => receipts),
    calls: [],
    traces: [],
  });

async function refused(act: Promise<unknown>, code: string, message: RegExp): Promise<void> {
  await assert.rejects(act, (error) => {
    assert.ok(error instanceof GongjoError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });
}

test('read again, the same files add nothing; more files go on where the ledger ends', async (t) => {
  const { put } = folder(t);
  const first = put('first', dump(run(5, 9)));
  const { ledger, progress } = await read([first], { chain: CHAIN });
  assert.deepEqual(heights(ledger), [5, 6, 7, 8, 9]);
  assert.equal(progress?.movements, 5 * 4);
  const again = await read([first], { chain: CHAIN, ledger });
  assert.equal(again.progress, null);
  await read([first, put('second', dump(run(8, 12)))], { chain: CHAIN, ledger });
  assert.deepEqual(heights(ledger), [5, 6, 7, 8, 9, 10, 11, 12]);
  assert.deepEqual(ledger.rollbacks, []);
});

test('an empty ledger begins where it is told, and reading ends where it is told', async (t) => {
  const file = folder(t).put('dump', dump(run(5, 9)));
  const { ledger } = await read([file], { chain: CHAIN, from: 6, to: 8 });
  assert.deepEqual(heights(ledger), [6, 7, 8]);
  await refused(read([file], { chain: CHAIN, from: 4 }), 'files-do-not-continue', /from 5 to 9, but block 4/);
});

test('files that leave a hole after the ledger are refused; a hole between them ends the reading', async (t) => {
  const { put } = folder(t);
  const { ledger } = await read([put('a', dump(run(5, 6)))], { chain: CHAIN });
  await refused(read([put('b', dump(run(8, 9)))], { chain: CHAIN, ledger }), 'files-do-not-continue', /block 7/);
  await refused(
    read([put('c', dump([...run(7, 8), ...run(10, 11)]))], { chain: CHAIN, ledger }),
    'block-incomplete',
    /Block 9 .*none of the files/,
  );
  assert.deepEqual(heights(ledger), [5, 6, 7, 8]);
});

test('files of another branch than the ledger are refused and take nothing away', async (t) => {
  const { put } = folder(t);
  const { ledger } = await read([put('a', dump(run(5, 7)))], { chain: CHAIN });
  const other = put('b', dump([made(7, 'b', 'a'), made(8, 'b')]));
  await refused(read([other], { chain: CHAIN, ledger }), 'files-differ', /block 7/);
  await refused(read([put('c', dump([made(6, 'b')]))], { chain: CHAIN, ledger }), 'files-differ', /block 6/);
  assert.deepEqual(heights(ledger), [5, 6, 7]);
  assert.deepEqual(ledger.rollbacks, []);
});

test('of two blocks at one height the one that the next block names is read; at the end neither', async (t) => {
  const { put } = folder(t);
  const file = put('a', dump([...run(5, 6), made(6, 'b', 'a'), ...run(7, 7)]));
  const { ledger, stale } = await read([file], { chain: CHAIN });
  assert.deepEqual([heights(ledger), stale], [[5, 6, 7], 1]);
  assert.equal(ledger.entries[1]?.block.hash, hash(6));

  const open = memoryLedger();
  const both = put('b', dump([...run(5, 6), made(7), made(7, 'b', 'a')]));
  await refused(read([both], { chain: CHAIN, ledger: open }), 'block-incomplete', /Block 7 .*which one stands/);
  assert.deepEqual(heights(open), [5, 6]);
});

test('a damaged line is told with its number; the blocks before its own are kept, and read on when it is mended', async (t) => {
  const { put } = folder(t);
  const whole = lines(run(5, 8));
  const broken = whole.with(5, whole[5]?.slice(0, -20) ?? '');
  const ledger = memoryLedger();
  const file = put('dump', broken.join('\n'));
  await refused(read([file], { chain: CHAIN, ledger }), 'block-incomplete', /Block 7 .*receipt of transaction 0/);
  assert.deepEqual(heights(ledger), [5, 6]);
  put('dump', whole.join('\n'));
  const { reports } = await read([file], { chain: CHAIN, ledger });
  assert.deepEqual(heights(ledger), [5, 6, 7, 8]);
  assert.equal(reports[0]?.damaged, 0);
});

test('lines longer than what is first looked at are lines all the same', async (t) => {
  const { put } = folder(t);
  const long = run(5, 8).map((each) => {
    const [transaction] = each.block.transactions as Answer[];
    return {
      ...each,
      block: { ...each.block, transactions: [{ ...transaction, input: `0x${'00'.repeat(100_000)}` }] },
    };
  });
  const whole = lines(long);
  const { ledger, reports } = await read([put('dump', whole.join('\n'))], { chain: CHAIN });
  assert.deepEqual([heights(ledger), reports[0]?.format], [[5, 6, 7, 8], 'json-lines']);
  const broken = whole.with(2, whole[2]?.slice(0, -20) ?? '');
  const damaged = memoryLedger();
  await refused(
    read([put('broken', broken.join('\n'))], { chain: CHAIN, ledger: damaged }),
    'block-incomplete',
    /Block 6/,
  );
  assert.deepEqual(heights(damaged), [5]);
});

test('what is wrong is told with file and line, and never with what stands there', async (t) => {
  const { put } = folder(t);
  const secret = 'root:x:0:0:secret';
  const reportsOf = async (name: string, content: string | Buffer, good = true) => {
    const path = put(name, content);
    const reading = read([path, put('good', dump(run(5, 6)))], { chain: CHAIN });
    const { reports, damaged, ledger } = await reading;
    assert.equal(heights(ledger).length, good ? 2 : 0);
    assert.equal(damaged, reports[0]?.damaged);
    assert.ok(!JSON.stringify(reports).includes(secret));
    return reports[0]?.damage;
  };
  assert.deepEqual(await reportsOf('a', `${secret}\n${secret}\n`), [
    { line: 1, detail: 'this is neither JSON nor a known export' },
  ]);
  assert.deepEqual(await reportsOf('b', ''), [{ line: 1, detail: 'this is neither JSON nor a known export' }]);
  assert.deepEqual(await reportsOf('c', '{"a":1}\n\n{"result"\n[]\n'), [
    { line: 1, detail: 'its fields are not those of a part of a block' },
    { line: 3, detail: 'this is not JSON' },
  ]);
  assert.deepEqual(await reportsOf('d', `{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"${secret}"}}\n`), [
    { line: 1, detail: 'the node answered with an error' },
  ]);
  assert.deepEqual(await reportsOf('e', '{"jsonrpc":"2.0","id":1,"result":null}\n'), [
    { line: 1, detail: 'the node answered with nothing' },
  ]);
  assert.deepEqual(await reportsOf('f', `[\n${JSON.stringify(made(5).block)},\n x ]`), [
    { line: 3, detail: 'this is not JSON as expected here; what follows in this file is not read' },
  ]);
  assert.deepEqual(await reportsOf('g', JSON.stringify(made(5).block, null, 1).slice(0, -3)), [
    {
      line: JSON.stringify(made(5).block, null, 1).slice(0, -3).split('\n').length,
      detail: 'the file ends within a value; what follows in this file is not read',
    },
  ]);
  const other = JSON.stringify(made(5).block).replaceAll('"0x1"', '"0x2"');
  assert.deepEqual(await reportsOf('h', `${other}\n`), [{ line: 1, detail: 'this is of chain 2, not 1' }]);
  assert.deepEqual(await reportsOf('i', `[${JSON.stringify({ ...made(5).block, hash: '0x12' })}]`), [
    { line: 1, detail: 'hash: not 32 bytes' },
  ]);
  const table = csv(etl(run(5, 6)).logs);
  assert.deepEqual(await reportsOf('j', `${table}\n1,2\n"open`), [
    { line: 4, detail: '2 columns instead of 8' },
    { line: 5, detail: 'a quotation mark stays open' },
  ]);
  assert.deepEqual(await reportsOf('k', 'name,age\nx,1'), [
    { line: 2, detail: 'its fields are not those of a part of a block' },
  ]);
  const packed = gzipSync(dump(run(5, 6)));
  assert.match((await reportsOf('l', packed.subarray(0, -12)))?.[0]?.detail ?? '', /cannot be unpacked/);
  assert.match(
    (await reportsOf('m', gzipSync(Buffer.alloc(80_000_000))))?.[0]?.detail ?? '',
    /far more than chain data/,
  );
});

test('damage is listed up to a bound and counted beyond it', async (t) => {
  const file = folder(t).put('dump', `${dump(run(5, 6))}${'{"a":1}\n'.repeat(100)}`);
  const { reports, damaged } = await read([file], { chain: CHAIN });
  assert.equal(damaged, 100);
  assert.equal(reports[0]?.damage.length, 20);
});

test('files that cannot be read, or hold no block, are refused', async (t) => {
  const { path, put } = folder(t);
  await refused(read([join(path, 'absent')], { chain: CHAIN }), 'file-unreadable', /absent.*ENOENT/);
  await refused(read(['/dev/zero'], { chain: CHAIN }), 'file-unreadable', /no regular file/);
  await refused(read(['relative'], { chain: CHAIN }), 'file-unreadable', /not absolute/);
  await refused(
    read([put('r', JSON.stringify(made(5).receipts))], { chain: CHAIN }),
    'files-without-blocks',
    /no block/,
  );
});

/** An export with one thing changed. */
async function refusedBlock(
  change: (rows: ReturnType<typeof etl>) => Partial<Record<keyof ReturnType<typeof etl>, object[]>>,
  message: RegExp,
  t: Parameters<typeof folder>[0],
): Promise<void> {
  const { path, put } = folder(t);
  const rows = etl(run(5, 6));
  for (const [name, own] of Object.entries({ ...rows, ...change(rows) })) if (own.length > 0) put(name, jsonLines(own));
  const ledger = memoryLedger();
  await refused(read([path], { chain: CHAIN, ledger }), 'block-incomplete', message);
  assert.ok(ledger.entries.length < 2);
}

test('a block of which anything is missing is refused: transactions, receipts, logs', async (t) => {
  const without = <T>(list: T[]) => list.slice(0, -1);
  await refusedBlock(
    ({ transactions }) => ({ transactions: without(transactions) }),
    /Block 6 .*transaction 0 of 1/,
    t,
  );
  await refusedBlock(() => ({ receipts: [] }), /Block 5 .*receipt of transaction 0/, t);
  await refusedBlock(({ receipts }) => ({ receipts: without(receipts) }), /Block 6 .*receipt/, t);
  await refusedBlock(({ logs }) => ({ logs: without(logs) }), /Block 6 .*logs are not all there/, t);
  await refusedBlock(() => ({ logs: [] }), /Block 5 .*logs are not all there/, t);
  await refusedBlock(
    ({ blocks }) => ({ blocks: blocks.map((block) => ({ ...block, logs_bloom: null })) }),
    /Block 5 .*nothing shows that its logs/,
    t,
  );
  await refusedBlock(
    ({ receipts }) => ({ receipts: receipts.map((receipt) => ({ ...receipt, gas_used: 20_999n })) }),
    /Block 5 .*gas/,
    t,
  );
  // A float has lost digits already.
  await refusedBlock(
    ({ transactions }) => ({ transactions: transactions.map((each) => ({ ...each, value: 1.5e21 })) }),
    /Block 5 .*transaction 0/,
    t,
  );
});

test('amounts beyond what a floating-point number holds are exact, in JSON and in CSV', async (t) => {
  const units = 2n ** 255n + 12_345_678_901_234_567n;
  const rows = etl(run(5, 5));
  const transactions = rows.transactions.map((each) => ({ ...each, value: units }));
  for (const write of [csv, jsonLines]) {
    const { path, put } = folder(t);
    for (const [name, own] of Object.entries({ ...rows, transactions })) if (own.length > 0) put(name, write(own));
    const { ledger } = await read([path], { chain: CHAIN });
    assert.equal(ledger.entries[0]?.movements.find(({ kind }) => kind === 'native')?.units, units);
  }
});

test('tokens are described by the export of tokens, others not at all', async (t) => {
  const { path, put } = folder(t);
  put('dump', dump(run(5, 6)));
  const token = account('c');
  await read([path], { chain: CHAIN }).then(({ ledger }) => {
    assert.equal(ledger.described.get(`${CHAIN}/erc20:${token}` as never)?.symbol, '?');
    assert.equal(ledger.described.get(`${CHAIN}/slip44:60` as never)?.symbol, 'ETH');
  });
  put('tokens.csv', csv([{ address: token, symbol: 'U\u202eSDT', name: 'Tether', decimals: '6', total_supply: '1' }]));
  put('contracts.csv', csv([{ address: token, bytecode: '0x', function_sighashes: '', is_erc20: 'true' }]));
  put('more.csv', csv([{ address: account('d'), symbol: 'X', name: '', decimals: '255', total_supply: '' }]));
  const { ledger, damaged } = await read([path], { chain: CHAIN });
  assert.equal(damaged, 0);
  assert.deepEqual(ledger.described.get(`${CHAIN}/erc20:${token}` as never), {
    id: `${CHAIN}/erc20:${token}`,
    symbol: 'USDT',
    decimals: 6,
  });
});

test('a list of token transfers that the logs do not bear out stops the block', async (t) => {
  const { path, put } = folder(t);
  put('dump', dump(run(5, 5)));
  const row = {
    token_address: account('c'),
    from_address: account('1'),
    to_address: account('3'),
    value: 5n,
    transaction_hash: txid(5),
    log_index: 0n,
    block_number: 5n,
  };
  put('transfers', csv([row]));
  assert.equal((await read([path], { chain: CHAIN })).listedTransfers, 1);
  for (const wrong of [
    { value: 6n },
    { to_address: account('4') },
    { token_address: account('d') },
    { log_index: 1n },
  ]) {
    put('transfers', csv([{ ...row, ...wrong }]));
    await refused(read([path], { chain: CHAIN }), 'block-incomplete', /not in its logs/);
  }
});
