import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssetId, ChainId } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';
import { type Answer, account, blockAnswer, hex, receiptAnswer, transactionAnswer, word } from './block.fixture.ts';
import { AnswerTooLarge } from './http.client.ts';
import { evmReader } from './reader.client.ts';
import { rpcClient } from './rpc.client.ts';

type Answering = (method: string, params: readonly unknown[]) => unknown;

class RpcError extends Error {
  readonly code: number;
  constructor(code: number) {
    super('refused');
    this.code = code;
  }
}

/** A node made of one function; `asked` holds the methods of each round trip. */
function node(answering: Answering, callsMax = Number.POSITIVE_INFINITY) {
  const asked: string[][] = [];
  const transport = async (body: string): Promise<string> => {
    const parsed = JSON.parse(body) as { id: number; method: string; params: unknown[] };
    const questions = [parsed].flat();
    asked.push(questions.map(({ method }) => method));
    if (questions.length > callsMax) throw new AnswerTooLarge(1);
    const answers = questions.map(({ id, method, params }) => {
      try {
        return { jsonrpc: '2.0', id, result: answering(method, params) };
      } catch (error) {
        if (!(error instanceof RpcError)) throw error;
        return { jsonrpc: '2.0', id, error: { code: error.code, message: error.message } };
      }
    });
    return JSON.stringify(Array.isArray(parsed) ? answers : answers[0]);
  };
  return { rpc: rpcClient({ url: 'http://node.test', transport }), asked };
}

const hashOf = (height: number, branch = 'a') => `0x${branch}${height.toString(16).padStart(63, '0')}`;
const transactionHash = (height: number) => `0xf${height.toString(16).padStart(63, '0')}`;

function blockAt(height: number): Answer {
  return blockAnswer([transactionAnswer({ hash: transactionHash(height) })], {
    number: hex(height),
    hash: hashOf(height),
    parentHash: hashOf(height - 1),
  });
}

function receiptsAt(height: number): Answer[] {
  return [receiptAnswer({ transactionHash: transactionHash(height), blockHash: hashOf(height) })];
}

/** Blocks up to a tip, one transaction each. */
function chain(tip: number, also: Answering = () => undefined): Answering {
  return (method, params) => {
    const special = also(method, params);
    if (special !== undefined) return special;
    const height = params[0] === 'latest' ? tip : Number(params[0]);
    switch (method) {
      case 'eth_chainId':
        return '0x1';
      case 'eth_getBlockByNumber':
        return height <= tip ? blockAt(height) : null;
      case 'eth_getBlockReceipts':
        return height <= tip ? receiptsAt(height) : null;
      case 'eth_getTransactionReceipt':
        return receiptsAt(Number(BigInt(`0x0${String(params[0]).slice(3)}`)))[0];
      default:
        throw new RpcError(-32601);
    }
  };
}

const count = (asked: readonly (readonly string[])[], method: string) =>
  asked.flat().filter((one) => one === method).length;

async function refused(act: Promise<unknown>, code: string, message: RegExp): Promise<void> {
  await assert.rejects(act, (error) => {
    assert.ok(error instanceof GongjoError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });
}

test('opens on the expected chain, or on any where none is expected', async () => {
  assert.equal((await evmReader({ rpc: node(chain(3)).rpc })).chain, 'eip155:1');
  assert.equal((await evmReader({ rpc: node(chain(3)).rpc, chain: 'eip155:1' as ChainId })).chain, 'eip155:1');
});

test('another chain is refused, and so is what has no chain', async () => {
  const wanted = 'eip155:10' as ChainId;
  await refused(evmReader({ rpc: node(chain(3)).rpc, chain: wanted }), 'chain-mismatch', /eip155:1,.*eip155:10/);
  await refused(evmReader({ rpc: node(() => 'hello').rpc }), 'node-answer-invalid', /eth_chainId/);
  await refused(
    evmReader({
      rpc: node(() => {
        throw new RpcError(-32601);
      }).rpc,
    }),
    'node-answer-invalid',
    /-32601/,
  );
});

test('a run of blocks takes one round trip', async () => {
  const { rpc, asked } = node(chain(20));
  const reader = await evmReader({ rpc });
  const entries = await reader.blocks(3, 12);
  assert.deepEqual(
    entries.map(({ block }) => block.height),
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  );
  assert.ok(entries.every(({ movements }) => movements.length === 3));
  // The first run also finds out that the node offers no traces.
  const before = asked.length;
  await reader.blocks(13, 20);
  assert.equal(asked.length, before + 1);
});

test('a longer run is read in parts', async () => {
  const { rpc } = node(chain(200));
  const entries = await (await evmReader({ rpc })).blocks(1, 100);
  assert.deepEqual(
    entries.map(({ block }) => block.height),
    Array.from({ length: 100 }, (_, index) => index + 1),
  );
});

test('blocks that the node does not have are left out at the end', async () => {
  const reader = await evmReader({ rpc: node(chain(5)).rpc });
  assert.equal((await reader.blocks(4, 40)).length, 2);
  assert.deepEqual(await reader.blocks(6, 7), []);
  assert.equal(await reader.hashAt(6), null);
  assert.equal(await reader.hashAt(5), hashOf(5));
  assert.deepEqual(await reader.tip(), { height: 5, hash: hashOf(5) });
});

for (const code of [-32601, -32004]) {
  test(`a node without eth_getBlockReceipts (${code}) is asked receipt by receipt, and once only for what it lacks`, async () => {
    const without = (method: string) => {
      if (method === 'eth_getBlockReceipts') throw new RpcError(code);
    };
    const { rpc, asked } = node(chain(20, without));
    const reader = await evmReader({ rpc });
    const withAll = await (await evmReader({ rpc: node(chain(20)).rpc })).blocks(1, 4);
    assert.deepEqual(await reader.blocks(1, 4), withAll);
    assert.equal((await reader.blocks(5, 8)).length, 4);
    assert.equal(count(asked, 'eth_getBlockReceipts'), 4);
  });
}

test('a block that is replaced between the calls ends the run', async () => {
  let replaced = false;
  const reorganising: Answering = (method, params) => {
    const height = Number(params[0]);
    if (method === 'eth_getBlockReceipts' && height === 4) {
      replaced = true;
      return [receiptAnswer({ transactionHash: transactionHash(4), blockHash: hashOf(4, 'b') })];
    }
    if (method === 'eth_getBlockByNumber' && height === 4 && replaced) return { ...blockAt(4), hash: hashOf(4, 'b') };
    return undefined;
  };
  const reader = await evmReader({ rpc: node(chain(9, reorganising)).rpc });
  assert.deepEqual(
    (await reader.blocks(2, 9)).map(({ block }) => block.height),
    [2, 3],
  );
});

test('a block that is taken away between the calls ends the run', async () => {
  let gone = false;
  const vanishing: Answering = (method, params) => {
    if (Number(params[0]) !== 4) return undefined;
    if (method === 'eth_getBlockReceipts') {
      gone = true;
      return null;
    }
    return gone ? null : undefined;
  };
  const reader = await evmReader({ rpc: node(chain(9, vanishing)).rpc });
  assert.deepEqual(
    (await reader.blocks(2, 9)).map(({ block }) => block.height),
    [2, 3],
  );
});

test('a block that does not continue the one before ends the run', async () => {
  const branch: Answering = (method, params) =>
    method === 'eth_getBlockByNumber' && Number(params[0]) === 18
      ? { ...blockAt(18), parentHash: word('e') }
      : undefined;
  const reader = await evmReader({ rpc: node(chain(30, branch)).rpc });
  assert.equal((await reader.blocks(2, 30)).at(-1)?.block.height, 17);
  // The same where the break lies between two round trips: the first takes sixteen blocks.
  assert.equal((await reader.blocks(10, 30)).at(-1)?.block.height, 17);
  assert.equal((await reader.blocks(2, 17)).length, 16);
});

test('a node that keeps a block but not its receipts is refused', async () => {
  const pruned: Answering = (method) => (method === 'eth_getBlockReceipts' ? [] : undefined);
  const reader = await evmReader({ rpc: node(chain(9, pruned)).rpc });
  await refused(reader.blocks(2, 9), 'node-answer-invalid', /no receipts of block 2/);
});

test('a node that answers with another height is refused', async () => {
  const wrong: Answering = (method) => (method === 'eth_getBlockByNumber' ? blockAt(7) : undefined);
  const reader = await evmReader({ rpc: node(chain(9, wrong)).rpc });
  await refused(reader.blocks(2, 2), 'node-answer-invalid', /block 7 instead of 2/);
});

test('where an answer would be too large, less is asked for, and so it stays', async () => {
  const { rpc, asked } = node(chain(99), 5);
  const reader = await evmReader({ rpc });
  assert.equal((await reader.blocks(1, 32)).length, 32);
  assert.equal((await reader.blocks(33, 40)).length, 8);
  const lengths = asked.filter((methods) => !methods.some((method) => method.includes('trace')));
  assert.deepEqual(lengths.map(({ length }) => length).slice(0, 5), [1, 32, 16, 8, 4]);
  assert.ok(lengths.slice(5).every(({ length }) => length === 4));
});

test('the node may say itself that its answer would be too large', async () => {
  let calls = 0;
  const geth: Answering = (method) => {
    if (method !== 'eth_getBlockReceipts') return undefined;
    calls += 1;
    if (calls <= 16) throw new RpcError(-32003);
    return undefined;
  };
  const reader = await evmReader({ rpc: node(chain(99, geth)).rpc });
  assert.equal((await reader.blocks(1, 16)).length, 16);
});

test('a single block that is too large is refused, not asked for ever', async () => {
  const reader = await evmReader({ rpc: node(chain(99), 1).rpc });
  await refused(reader.blocks(1, 16), 'node-answer-invalid', /larger than/);
});

const token = (digit: string) => `eip155:1/erc20:${account(digit)}` as AssetId;
const abi = (text: string) => `0x${Buffer.from(text).toString('hex').padEnd(64, '0')}`;

/** Contracts whose symbol is their own digit, with six decimals; `e` reverts. */
const contracts: Answering = (method, params) => {
  if (method !== 'eth_call') return undefined;
  const { to, data } = params[0] as { to: string; data: string };
  if (to === account('e')) throw new RpcError(3);
  return data === '0x313ce567' ? hex(6).replace('0x', `0x${'0'.repeat(63)}`) : abi(`T${to.slice(-1)}`);
};

test('assets are described by their contracts, the coin by itself', async () => {
  const reader = await evmReader({ rpc: node(chain(1, contracts)).rpc });
  const native = 'eip155:1/slip44:60' as AssetId;
  assert.deepEqual(await reader.describe([token('1'), native, token('e'), token('2')]), [
    { id: token('1'), symbol: 'T1', decimals: 6 },
    { id: native, symbol: 'ETH', decimals: 18 },
    { id: token('e'), symbol: '?', decimals: 0 },
    { id: token('2'), symbol: 'T2', decimals: 6 },
  ]);
  assert.deepEqual(await reader.describe([]), []);
});

test('one contract that returns too much costs the others nothing', async () => {
  const hostile = account('d');
  const answering = chain(1, contracts);
  const { rpc } = node(answering);
  const choking = {
    ...rpc,
    async batch(calls: Parameters<typeof rpc.batch>[0]) {
      if (!JSON.stringify(calls).includes(hostile)) return rpc.batch(calls);
      throw new GongjoError('node-answer-invalid', {}, new AnswerTooLarge(1));
    },
  };
  const reader = await evmReader({ rpc: choking });
  const said = await reader.describe(['1', '2', 'd', '3', '4'].map(token));
  assert.deepEqual(
    said.map(({ symbol }) => symbol),
    ['T1', 'T2', '?', 'T3', 'T4'],
  );
});

test('a block that is replaced while its execution is read ends the run before it', async () => {
  let traced = false;
  const replaced: Answering = (method, params) => {
    if (method === 'debug_traceBlockByNumber') {
      traced = true;
      return [];
    }
    if (method === 'eth_getBlockByNumber' && traced && params[1] === false && params[0] !== 'latest')
      return {
        number: params[0],
        hash: hashOf(Number(params[0]), 'b'),
        parentHash: hashOf(Number(params[0]) - 1, 'b'),
      };
    return undefined;
  };
  const reader = await evmReader({ rpc: node(chain(9, replaced)).rpc });
  assert.deepEqual(await reader.blocks(3, 6), []);
});
