import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { GongjoError } from '../../kernel/index.ts';
import { httpTransport } from '../evm/http.client.ts';
import { rpcClient } from '../evm/rpc.client.ts';
import { follow } from '../follow.ts';
import { networkNamed } from './block-folder.fixture.ts';
import { type CoreNode, coreNode } from './core-node.fixture.ts';
import { memoryBlocks } from './memory-blocks.fixture.ts';
import { bitcoinNode } from './node.client.ts';
import { bitcoinReader } from './reader.client.ts';
import { blockBytes, blockHash, branchOn, coinbase, mainGenesis, mined, regtestGenesis } from './serial.fixture.ts';

const regtest = networkNamed('regtest');
const chain = [regtestGenesis, ...branchOn(regtestGenesis, 1, 29)];
const hashes = (blocks: readonly Uint8Array[]) => blocks.map(blockHash);

async function connected(node: CoreNode) {
  return bitcoinReader({ rpc: await bitcoinNode({ url: node.url }), network: regtest });
}

async function refused(act: Promise<unknown>, code: string, message: RegExp): Promise<void> {
  await assert.rejects(act, (error) => {
    assert.ok(error instanceof GongjoError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    assert.doesNotMatch(JSON.stringify(error.problem), /sesame/, 'no credentials');
    return true;
  });
}

test('tip, hashes and raw blocks of a node', async (t) => {
  const node = await coreNode(t, chain);
  const reader = await connected(node);
  assert.equal(reader.chain, regtest.chain);
  assert.equal(reader.url, `http://${node.host}`);
  assert.deepEqual(await reader.tip(), { height: 29, hash: blockHash(chain[29] as Uint8Array) });
  assert.equal(await reader.hashAt(7), blockHash(chain[7] as Uint8Array));
  assert.equal(await reader.hashAt(30), null);
  const blocks = await reader.blocks(3, 9);
  assert.deepEqual(
    blocks.map(({ block }) => [block.height, block.hash, block.transactionCount]),
    chain.slice(3, 10).map((bytes, index) => [3 + index, blockHash(bytes), 1]),
  );
  assert.deepEqual(Buffer.from(blocks[0]?.bytes ?? []), Buffer.from(chain[3] as Uint8Array));
  assert.equal((await reader.blocks(25, 99)).length, 5, 'to the tip');
  assert.deepEqual(await reader.blocks(30, 99), []);
});

test('every question travels in a batch, so that errors come as answers', async (t) => {
  const node = await coreNode(t, chain);
  const reader = await connected(node);
  node.onAsk = ({ method }) =>
    method === 'getblockchaininfo' ? { error: { code: -28, message: 'Loading block index…' } } : undefined;
  await refused(reader.tip(), 'node-answer-invalid', /error -28: Loading block index/);
});

test('blocks are asked for in growing batches', async (t) => {
  const node = await coreNode(t, chain);
  const reader = await connected(node);
  node.batches.length = 0;
  assert.equal((await reader.blocks(0, 29)).length, 30);
  assert.deepEqual(node.batches, [4, 4, 26, 26]);
});

test('an answer that is too large is asked for in parts', async (t) => {
  const node = await coreNode(t, chain);
  const size = 2 * chain.slice(0, 6).reduce((sum, bytes) => sum + bytes.length, 0);
  const url = new URL(node.url);
  const rpc = rpcClient({ url: node.url, alwaysBatch: true, transport: httpTransport({ url, bytesMax: size }) });
  const reader = await bitcoinReader({ rpc });
  assert.deepEqual(
    (await reader.blocks(0, 29)).map(({ block }) => block.hash as string),
    hashes(chain),
  );
  const tiny = rpcClient({ url: node.url, alwaysBatch: true, transport: httpTransport({ url, bytesMax: 300 }) });
  await refused((await bitcoinReader({ rpc: tiny })).blocks(5, 9), 'node-answer-invalid', /larger than 300 bytes/);
});

describe('authentication', () => {
  async function cookie(t: TestContext, text: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'gongjo-cookie-'));
    t.after(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, '.cookie'), text);
    return join(folder, '.cookie');
  }

  test('by cookie file, read again at each connection', async (t) => {
    const node = await coreNode(t, chain);
    node.credentials = `__cookie__:${'a1'.repeat(32)}`;
    const url = `http://${node.host}`;
    const cookieFile = await cookie(t, node.credentials);
    await (await bitcoinReader({ rpc: await bitcoinNode({ url, cookieFile }) })).tip();
    node.credentials = `__cookie__:${'b2'.repeat(32)}`;
    await refused(bitcoinReader({ rpc: await bitcoinNode({ url, cookieFile }) }), 'node-unreachable', /401/);
    await writeFile(cookieFile, `${node.credentials}\n`);
    await (await bitcoinReader({ rpc: await bitcoinNode({ url, cookieFile }) })).tip();
  });

  test('a cookie file that is none', async (t) => {
    const url = 'http://127.0.0.1:1';
    for (const text of ['', 'no colon', 'a:b:c', ':x', `a:${'b'.repeat(5000)}`]) {
      const cookieFile = await cookie(t, text);
      await refused(bitcoinNode({ url, cookieFile }), 'node-unreachable', /holds no cookie/);
    }
    await refused(bitcoinNode({ url, cookieFile: '/nowhere/.cookie' }), 'node-unreachable', /cannot be read: ENOENT/);
    await refused(bitcoinNode({ url: 'not a url', cookieFile: await cookie(t, 'a:b') }), 'node-unreachable', /URL/);
  });

  test('a wrong password is said, and not shown', async (t) => {
    const node = await coreNode(t, chain);
    const url = node.url.replace('open', 'close');
    await refused(bitcoinReader({ rpc: await bitcoinNode({ url }) }), 'node-unreachable', /HTTP status 401/);
  });
});

describe('the chain that a node serves', () => {
  test('is named by the node and proved by the genesis block', async (t) => {
    const node = await coreNode(t, [mainGenesis]);
    const rpc = await bitcoinNode({ url: node.url });
    await refused(bitcoinReader({ rpc }), 'chain-mismatch', /regtest \(000000000019d668/);
    node.chain = 'main';
    assert.equal((await bitcoinReader({ rpc })).chain, 'bip122:000000000019d6689c085ae165831e93');
    await refused(bitcoinReader({ rpc, network: regtest }), 'chain-mismatch', /but bip122:0f9188f13cb7/);
    node.chain = 'testnet4';
    await refused(bitcoinReader({ rpc }), 'chain-mismatch', /testnet4/);
  });
});

describe('answers that are none', () => {
  const lies: readonly (readonly [string, (node: CoreNode) => void, RegExp])[] = [
    ['a damaged block', (node) => flip(node, 130), /block [0-9a-f]{64}: .*Merkle root/],
    ['another block', (node) => give(node, Buffer.from(chain[8] as Uint8Array).toString('hex')), /instead of/],
    ['half a byte', (node) => give(node, 'abc'), /not hexadecimal/],
    ['text', (node) => give(node, 'zz'), /not hexadecimal/],
    ['an object', (node) => give(node, { hash: 'x' }), /not given as hexadecimal/],
    ['nothing', (node) => give(node, null), /not given as hexadecimal/],
    ['an empty block', (node) => give(node, ''), /ends within its header/],
    ['eight million digits and more', (node) => give(node, '00'.repeat(4_000_001)), /at most 4000000 bytes/],
    [
      'an error',
      (node) => fail(node, -1, 'Block not available (pruned data)'),
      /-1: Block not available \(pruned data\)/,
    ],
  ];
  function give(node: CoreNode, result: unknown): void {
    node.onAsk = ({ method }) => (method === 'getblock' ? { result } : undefined);
  }
  function fail(node: CoreNode, code: number, message: string): void {
    node.onAsk = ({ method }) => (method === 'getblock' ? { error: { code, message } } : undefined);
  }
  function flip(node: CoreNode, at: number): void {
    const bytes = Uint8Array.from(chain[5] as Uint8Array);
    bytes[at] = (bytes[at] as number) ^ 1;
    give(node, Buffer.from(bytes).toString('hex'));
  }
  for (const [name, lie, message] of lies) {
    test(name, async (t) => {
      const node = await coreNode(t, chain);
      const reader = await connected(node);
      lie(node);
      await refused(reader.blocks(5, 5), 'node-answer-invalid', message);
    });
  }

  test('a tip or a hash of another shape', async (t) => {
    const node = await coreNode(t, chain);
    const reader = await connected(node);
    for (const result of [null, 7, {}, { chain: 'regtest', blocks: -1, bestblockhash: 'x' }, [], 'x']) {
      node.onAsk = () => ({ result });
      await refused(reader.tip(), 'node-answer-invalid', /getblockchaininfo/);
      await refused(reader.hashAt(3), 'node-answer-invalid', /getblockhash/);
    }
  });

  test('a body that is no JSON-RPC, and a status that is an error', async (t) => {
    const node = await coreNode(t, chain);
    const reader = await connected(node);
    for (const body of ['', 'work queue depth exceeded', '[]', '{}', '[{"id":99}]', '[[]]']) {
      node.body = () => body;
      await refused(reader.tip(), 'node-answer-invalid', /getblockchaininfo/);
    }
    node.body = null;
    node.status = 503;
    await refused(reader.tip(), 'node-unreachable', /503/);
  });

  test('where coinbases must name their height, a block at another height (BIP 34)', async (t) => {
    const header = { version: 4, parent: blockHash(mainGenesis), timeS: 1_700_000_000, bits: 0x207fffff, nonce: 0 };
    const node = await coreNode(t, [mainGenesis]);
    node.chain = 'main';
    node.blocks.length = 227_932;
    node.blocks.fill(mined(blockBytes(header, [coinbase(227_930)])), 1);
    const reader = await bitcoinReader({ rpc: await bitcoinNode({ url: node.url }) });
    await refused(reader.blocks(227_931, 227_931), 'node-answer-invalid', /names height 227930 where .* 227931/);
  });
});

test('a reorganisation between two answers ends what is read, and the follower goes over to the new branch', async (t) => {
  const node = await coreNode(t, chain.slice(0, 20));
  const ledger = memoryBlocks();
  const reorgs: number[] = [];
  const run = () =>
    follow({
      open: () => connected(node),
      ledger,
      from: 0,
      mode: 'once',
      batchBlocks: 8,
      signal: AbortSignal.timeout(20_000),
      clock: { now: () => performance.now(), sleep: async () => {} },
      onReorg: (kept) => reorgs.push(kept),
    });
  assert.equal((await run())?.blocks, 20);
  const branch = branchOn(chain[14] as Uint8Array, 15, 12, 9);
  let asked = 0;
  node.onAsk = ({ method }) => {
    asked += method === 'getblock' ? 1 : 0;
    if (asked > 4) {
      node.others.push(...node.blocks);
      node.blocks = [...chain.slice(0, 15), ...branch];
    }
    return undefined;
  };
  node.blocks = [...chain];
  await run();
  await run();
  assert.deepEqual(
    ledger.entries.map(({ block }) => block.hash as string),
    hashes([...chain.slice(0, 15), ...branch]),
  );
  assert.deepEqual(reorgs, [14]);
});

test('an abort ends a question under way', async (t) => {
  const node = await coreNode(t, chain);
  const reader = await connected(node);
  const abort = new AbortController();
  node.onAsk = () => {
    abort.abort(new Error('enough'));
    return undefined;
  };
  await assert.rejects(reader.blocks(0, 20, abort.signal), /enough/);
});
