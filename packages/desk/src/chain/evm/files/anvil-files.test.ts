import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { BlockEntry } from '../../../ledger/index.ts';
import { type Anvil, startAnvil } from '../anvil.fixture.ts';
import { code, create, destroy, pay, revert } from '../payer.fixture.ts';
import { evmReader } from '../reader.client.ts';
import { TOKEN_CODE, transferInput } from '../token.fixture.ts';
import { csv, type Dump, etlRows, folder, jsonLines, read } from './files.fixture.ts';

const TOKEN = `0x${'70'.repeat(20)}`;
const SPENDER = `0x${'5e'.repeat(20)}`;
const FAILING = `0x${'fa'.repeat(20)}`;
const HEIR = `0x${'de'.repeat(20)}`;
const LAST = 6;

let dump: Dump;
/** What the node's own reader makes of the same blocks. */
let expected: readonly BlockEntry[];

before(async (t) => {
  const anvil = await startAnvil(t as Parameters<typeof startAnvil>[0]);
  const set = (address: string, bytes: string) => anvil.rpc.call('anvil_setCode', [address, bytes]);
  await set(TOKEN, TOKEN_CODE);
  await set(FAILING, code(pay(HEIR, 1), revert));
  await set(SPENDER, code(pay(HEIR, 3), pay(FAILING, 5), create(4), destroy(HEIR)));
  const [, other = ''] = anvil.accounts;
  await anvil.sendMined({ to: other, value: '0xde0b6b3a7640000' });
  await anvil.sendMined({ to: TOKEN, data: transferInput(other, 2n ** 200n) });
  await anvil.sendMined({ to: SPENDER, value: '0x64', data: '0x01', gas: '0x100000' });
  await anvil.sendMined({ to: FAILING, value: '0x64', data: '0x01', gas: '0x100000' });
  await anvil.sendMined({ data: '0x00', value: '0x7' });
  await anvil.mine(1);
  dump = await dumped(anvil);
  expected = await (await evmReader({ rpc: anvil.rpc })).blocks(0, LAST);
  assert.equal(expected.length, LAST + 1);
  await anvil.stop();
});

async function dumped({ rpc }: Anvil): Promise<Dump> {
  const of = async (method: string, ...more: unknown[]) =>
    Promise.all(
      Array.from({ length: LAST + 1 }, (_, height) => rpc.call(method, [`0x${height.toString(16)}`, ...more])),
    );
  return {
    blocks: (await of('eth_getBlockByNumber', true)) as Dump['blocks'],
    receipts: (await of('eth_getBlockReceipts')) as Dump['receipts'],
    calls: await of('debug_traceBlockByNumber', { tracer: 'callTracer' }),
    traces: (await of('trace_block')) as Dump['traces'],
  };
}

const answer = (result: unknown, id = 1) => ({ jsonrpc: '2.0', id, result });
const answers = (results: readonly unknown[]) => results.map((result, index) => answer(result, index + 1));
const withoutInternals = () =>
  expected.map((entry) => ({
    ...entry,
    internals: false,
    movements: entry.movements.filter(({ kind }) => kind !== 'internal'),
  }));

test('a file of JSON lines, one answer a line, gives what the node gives', async (t) => {
  const file = folder(t).put(
    'dump.jsonl',
    jsonLines(dump.blocks.flatMap((_, at) => answers([dump.blocks[at], dump.receipts[at], dump.calls[at]]))),
  );
  const { ledger, reports, progress } = await read([file]);
  assert.deepEqual(ledger.entries, expected);
  assert.equal(progress?.blocks, LAST + 1);
  assert.deepEqual(reports[0]?.holds, { block: 7, receipt: 5, trace: 5 });
});

test('one array of answers, pretty printed and packed, gives what the node gives', async (t) => {
  const all = answers([...dump.traces, ...dump.receipts, ...dump.blocks.toReversed()]);
  const file = folder(t).put('dump.json.gz', JSON.stringify(all, null, 2));
  const { ledger, reports } = await read([file]);
  assert.deepEqual(ledger.entries, expected);
  assert.deepEqual([reports[0]?.packed, reports[0]?.damaged, reports[0]?.sources], [true, 0, ['json-rpc']]);
});

test('one file for each answer, in a folder with folders, gives what the node gives', async (t) => {
  const { path, put } = folder(t);
  dump.blocks.forEach((block, at) => {
    put(`b${at}.json`, JSON.stringify(answer(block), null, 4));
    put(`r${at}.json`, JSON.stringify(dump.receipts[at]));
    put(`c${at}.json`, JSON.stringify(answer(dump.calls[at])));
  });
  assert.deepEqual((await read([path])).ledger.entries, expected);
});

test('blocks that name their transactions by hash, with transactions and logs apart, give what the node gives', async (t) => {
  const { path, put } = folder(t);
  const named = dump.blocks.map((block) => ({
    ...block,
    transactions: (block.transactions as { hash: string }[]).map(({ hash }) => hash),
  }));
  put('blocks.jsonl', jsonLines(answers(named)));
  put('transactions.json', JSON.stringify(dump.blocks.flatMap(({ transactions }) => transactions)));
  put('receipts.json', JSON.stringify(answer(dump.receipts.flat())));
  const { ledger } = await read([path]);
  assert.deepEqual(ledger.entries, withoutInternals());
});

test('exports of ethereum-etl, as CSV and as JSON lines, give what the node gives', async (t) => {
  const rows = etlRows(dump);
  for (const write of [csv, jsonLines]) {
    const { path, put } = folder(t);
    for (const [name, own] of Object.entries(rows)) put(name, write(own));
    const { ledger, damaged } = await read([path]);
    assert.equal(damaged, 0);
    assert.deepEqual(ledger.entries, expected);
  }
});

test('rows of an export in any order, over several files, give what the node gives', async (t) => {
  const { path, put } = folder(t);
  for (const [name, own] of Object.entries(etlRows(dump))) {
    const mixed = (own as object[]).toReversed();
    put(`${name}-2`, jsonLines(mixed.filter((_, index) => index % 2 === 0)));
    put(`${name}-1.gz`, jsonLines(mixed.filter((_, index) => index % 2 === 1)));
  }
  assert.deepEqual((await read([path])).ledger.entries, expected);
});

test('without traces, or with some of them missing, nothing internal is known and the blocks say so', async (t) => {
  const { traces, ...others } = etlRows(dump);
  const { path, put } = folder(t);
  for (const [name, own] of Object.entries(others)) put(name, csv(own));
  assert.deepEqual((await read([path])).ledger.entries, withoutInternals());

  const deep = traces.findLastIndex(({ trace_address }) => (trace_address as number[]).length > 0);
  put('traces', csv(traces.filter((_, index) => index !== deep)));
  const { ledger } = await read([path]);
  assert.deepEqual(
    ledger.entries.map(({ internals }) => internals),
    // The last block with internal transfers is the fourth transaction's, which failed; it lacks a trace now.
    [true, true, true, true, false, true, true],
  );
});
