import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { ChainId } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';
import type { Clock } from '../../platform/index.ts';
import { type FollowAccountsOptions, followAccounts, type SourceState } from '../index.ts';
import { type MemoryLedger, memoryLedger } from '../memory-ledger.fixture.ts';
import { type Anvil, startAnvil } from './anvil.fixture.ts';
import { evmReader } from './reader.client.ts';
import { rpcClient } from './rpc.client.ts';
import { REFUSING_CODE, TOKEN_CODE, transferInput } from './token.fixture.ts';

const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => wait(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {}),
};
const POLL_MS = 30;
const ANVIL_CHAIN = 'eip155:31337' as ChainId;
const TOKEN = `0x${'70'.repeat(20)}`;
const REFUSING = `0x${'71'.repeat(20)}`;
const ETHER = 10n ** 18n;

function following(t: TestContext, url: string, ledger: MemoryLedger, options: Partial<FollowAccountsOptions> = {}) {
  const abort = new AbortController();
  const states: SourceState[] = [];
  const reorgs: number[] = [];
  const done = followAccounts({
    open: (signal) => evmReader({ rpc: rpcClient({ url }), signal }),
    ledger,
    from: 0,
    mode: 'follow',
    pollMs: POLL_MS,
    signal: abort.signal,
    clock,
    onState: (state) => states.push(state),
    onReorg: (kept) => reorgs.push(kept),
    ...options,
  });
  t.after(async () => {
    abort.abort();
    await done;
  });
  return { states, reorgs, done };
}

async function until(condition: () => boolean | Promise<boolean>, shown: () => unknown): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > deadline) assert.fail(`it did not come to pass: ${JSON.stringify(shown())}`);
    await wait(10);
  }
}

const heightOf = (ledger: MemoryLedger) => ledger.entries.at(-1)?.block.height ?? -1;
const hashesOf = (ledger: MemoryLedger) => ledger.entries.map(({ block }) => block.hash);

async function equalsNode(ledger: MemoryLedger, { rpc }: Anvil): Promise<boolean> {
  const reader = await evmReader({ rpc });
  const tip = await reader.tip();
  return ledger.entries.at(-1)?.block.hash === tip.hash;
}

function movementsOf(ledger: MemoryLedger, txid: string) {
  return ledger.entries.flatMap(({ movements }) => movements.filter((movement) => movement.txid === txid));
}

async function refused(act: Promise<unknown>, code: string, message: RegExp): Promise<void> {
  await assert.rejects(act, (error) => {
    assert.ok(error instanceof GongjoError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });
}

test('catches up, follows, and reads what really moved', async (t) => {
  const anvil = await startAnvil(t);
  await anvil.rpc.call('anvil_setCode', [TOKEN, TOKEN_CODE]);
  await anvil.rpc.call('anvil_setCode', [REFUSING, REFUSING_CODE]);
  await anvil.mine(40);
  const ledger = memoryLedger();
  const run = following(t, anvil.url, ledger);
  await until(
    () => heightOf(ledger) === 40,
    () => run.states,
  );

  const [me, other] = anvil.accounts as [string, string];
  const plain = await anvil.send({ to: other, value: `0x${ETHER.toString(16)}` });
  const token = await anvil.send({ to: TOKEN, data: transferInput(other, 1_500_000n) });
  const failed = await anvil.send({ to: REFUSING, value: '0x5', data: '0x1234', gas: '0x30000' });
  const creation = await anvil.send({ data: '0x00', value: '0x7' });
  const legacy = await anvil.send({ to: other, value: '0x9', gasPrice: '0x77359400' });
  await until(
    () => heightOf(ledger) === 45,
    () => run.states,
  );
  assert.ok(await equalsNode(ledger, anvil));

  const shown = (txid: string) =>
    movementsOf(ledger, txid).map(
      ({ ord, kind, from, to, call }) => `${ord} ${kind} ${from}→${to}${call ? ' call' : ''}`,
    );
  const miner = `0x${'0'.repeat(40)}`;
  const fees = [`0 burn ${me}→null`, `1 fee ${me}→${miner}`];
  assert.deepEqual(shown(plain), [...fees, `2 native ${me}→${other}`]);
  assert.deepEqual(shown(token), [...fees, `2 token ${me}→${other}`]);
  assert.deepEqual(shown(failed), fees);
  const receipt = (await anvil.rpc.call('eth_getTransactionReceipt', [creation])) as { contractAddress: string };
  assert.deepEqual(shown(creation), [...fees, `2 native ${me}→${receipt.contractAddress} call`]);
  assert.deepEqual(shown(legacy), [...fees, `2 native ${me}→${other}`]);

  const moved = movementsOf(ledger, token).at(-1);
  assert.equal(moved?.units, 1_500_000n);
  assert.equal(moved?.asset, `${ANVIL_CHAIN}/erc20:${TOKEN}`);
  assert.deepEqual(ledger.described.get(moved.asset), { id: moved.asset, symbol: 'USDT', decimals: 6 });

  // The books agree with the node: what the ledger says left the account is what the account has lost.
  const balance = BigInt((await anvil.rpc.call('eth_getBalance', [me, 'latest'])) as string);
  const lost = ledger.entries
    .flatMap(({ movements }) => movements.filter(({ kind, from }) => kind !== 'token' && from === me))
    .reduce((sum, { units }) => sum + units, 0n);
  assert.equal(balance, 10_000n * ETHER - lost);
});

test('without eth_getBlockReceipts the same is read', async (t) => {
  const anvil = await startAnvil(t);
  await anvil.rpc.call('anvil_setCode', [TOKEN, TOKEN_CODE]);
  for (let index = 1; index <= 5; index += 1) {
    await anvil.send({ to: TOKEN, data: transferInput(anvil.accounts[1] ?? '', BigInt(index)), value: '0x1' });
  }
  const lacking = {
    ...anvil.rpc,
    batch: (calls: Parameters<typeof anvil.rpc.batch>[0], signal?: AbortSignal) =>
      anvil.rpc.batch(
        calls.map((call) => (call.method === 'eth_getBlockReceipts' ? { ...call, method: 'eth_unheardOf' } : call)),
        signal,
      ),
  };
  const full = await (await evmReader({ rpc: anvil.rpc })).blocks(0, 5);
  assert.equal(full.length, 6);
  assert.deepEqual(await (await evmReader({ rpc: lacking })).blocks(0, 5), full);
});

test('a snapshot that is restored and mined over is a reorganisation', async (t) => {
  const anvil = await startAnvil(t);
  const [, second, third] = anvil.accounts as [string, string, string];
  await anvil.mine(3);
  const ledger = memoryLedger();
  const run = following(t, anvil.url, ledger);
  await until(
    () => heightOf(ledger) === 3,
    () => run.states,
  );

  const snapshot = await anvil.rpc.call('evm_snapshot', []);
  const lost = await anvil.send({ to: second, value: '0x5' });
  await anvil.mine(4);
  await until(
    () => heightOf(ledger) === 8,
    () => run.states,
  );
  assert.ok(movementsOf(ledger, lost).length > 0);

  await anvil.rpc.call('evm_revert', [snapshot]);
  const kept = await anvil.send({ to: third, value: '0x6' });
  await until(
    () => equalsNode(ledger, anvil),
    () => [run.states, hashesOf(ledger)],
  );
  assert.deepEqual(movementsOf(ledger, lost), []);
  assert.equal(movementsOf(ledger, kept).at(-1)?.to, third);
  assert.deepEqual(run.reorgs, [3]);

  // And restored with nothing mined over it: the blocks above are gone all the same.
  const again = await anvil.rpc.call('evm_snapshot', []);
  await anvil.mine(2);
  await until(
    () => heightOf(ledger) === 6,
    () => run.states,
  );
  await anvil.rpc.call('evm_revert', [again]);
  await until(
    () => heightOf(ledger) === 4,
    () => run.states,
  );
  assert.deepEqual(run.reorgs, [3, 4]);
});

test('a node that stops is waited for, and read on from when it is back', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'gongjo-anvil-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const state = ['--state', join(folder, 'state.json')];
  const anvil = await startAnvil(t, 0, state);
  await anvil.mine(3);
  const ledger = memoryLedger();
  const run = following(t, anvil.url, ledger);
  await until(
    () => heightOf(ledger) === 3,
    () => run.states,
  );
  const before = hashesOf(ledger);

  await anvil.stop();
  await until(
    () => run.states.at(-1)?.state === 'unreachable',
    () => run.states,
  );
  assert.equal(run.states.at(-1)?.problem?.code, 'node-unreachable');

  const restarted = await startAnvil(t, anvil.port, state);
  await restarted.mine(2);
  await until(
    () => heightOf(ledger) === 5,
    () => [run.states, heightOf(ledger)],
  );
  assert.deepEqual(hashesOf(ledger).slice(0, 4), before);
  assert.deepEqual(run.reorgs, []);
  assert.equal(run.states.at(-1)?.state, 'following');
});

test('a new chain at the old place is not mixed with the old one', async (t) => {
  const anvil = await startAnvil(t);
  await anvil.mine(3);
  const ledger = memoryLedger();
  const run = following(t, anvil.url, ledger);
  await until(
    () => heightOf(ledger) === 3,
    () => run.states,
  );
  const before = hashesOf(ledger);
  await anvil.stop();

  // The genesis block is told apart by its time.
  const other = await startAnvil(t, anvil.port, ['--timestamp', '1700000000']);
  await other.mine(8);
  await until(
    () => run.states.at(-1)?.problem?.code === 'chain-mismatch',
    () => run.states,
  );
  assert.deepEqual(hashesOf(ledger), before);
});

test('another chain than expected is refused before anything is read', async (t) => {
  const anvil = await startAnvil(t, 0, ['--chain-id', '8217']);
  const wanted = evmReader({ rpc: anvil.rpc, chain: ANVIL_CHAIN });
  await refused(wanted, 'chain-mismatch', /eip155:8217, but eip155:31337/);
  assert.equal((await evmReader({ rpc: anvil.rpc })).chain, 'eip155:8217');
});

test('what is at the URL is not a node: said, and tried again while following', async (t) => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end('<html>It works!</html>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const run = following(t, url, memoryLedger());
  await until(
    () => run.states.at(-1)?.problem?.code === 'node-answer-invalid' && asked > 1,
    () => [run.states, asked],
  );
  await refused(evmReader({ rpc: rpcClient({ url }) }), 'node-answer-invalid', /not JSON-RPC/);
});
