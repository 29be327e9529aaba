import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BlockEntry } from '../../ledger/index.ts';
import { type Anvil, startAnvil } from './anvil.fixture.ts';
import { borrow, code, create, destroy, look, pay, revert } from './payer.fixture.ts';
import { evmReader } from './reader.client.ts';
import type { Rpc } from './rpc.client.ts';

const at = (digit: string) => `0x${digit.repeat(40)}`;
/** Addresses that nobody uses before. */
const ALICE = at('a');
const BOB = at('b');
const HEIR = at('d');
const SPENDER = `0x${'5e'.repeat(20)}`;
const FAILING = `0x${'fa'.repeat(20)}`;
const BORROWED = `0x${'b0'.repeat(20)}`;
const LOOKED = `0x${'10'.repeat(20)}`;

/** The node without some of its methods. */
function without(rpc: Rpc, ...methods: readonly string[]): Rpc {
  const renamed = (method: string) => (methods.includes(method) ? 'eth_unheardOf' : method);
  return {
    ...rpc,
    batch: (calls, signal) =>
      rpc.batch(
        calls.map((call) => ({ ...call, method: renamed(call.method) })),
        signal,
      ),
  };
}

async function scene(anvil: Anvil): Promise<{ txid: string; created: string }> {
  const set = (address: string, bytes: string) => anvil.rpc.call('anvil_setCode', [address, bytes]);
  await set(FAILING, code(pay(ALICE, 1), revert));
  await set(BORROWED, code(pay(BOB, 6)));
  await set(LOOKED, code(pay(ALICE, 0)));
  await set(
    SPENDER,
    code(
      pay(ALICE, 3),
      pay(BOB, 2),
      // Takes 5 and passes 1 on, and then takes it all back.
      pay(FAILING, 5),
      borrow(BORROWED),
      look(LOOKED),
      create(4),
      pay(ALICE, 0),
      destroy(HEIR),
    ),
  );
  const txid = await anvil.sendMined({ to: SPENDER, value: '0x64', data: '0x01', gas: '0x100000' });
  const answer = (await anvil.rpc.call('debug_traceTransaction', [txid, { tracer: 'callTracer' }])) as {
    calls: { type: string; to: string }[];
  };
  const created = answer.calls.find(({ type }) => type === 'CREATE')?.to ?? '';
  return { txid, created };
}

function moves(entries: readonly BlockEntry[], txid: string): string[] {
  return entries
    .flatMap(({ movements }) => movements)
    .filter((movement) => movement.txid === txid && movement.kind !== 'fee' && movement.kind !== 'burn')
    .map(({ ord, kind, from, to, units }) => `${ord} ${kind} ${from} ${to} ${units}`);
}

for (const [way, hidden] of [
  ['debug_traceBlockByNumber', 'trace_block'],
  ['trace_block', 'debug_traceBlockByNumber'],
] as const) {
  test(`what contracts pay out is read by ${way}, and every balance agrees with the node's`, async (t) => {
    const anvil = await startAnvil(t);
    const { txid, created } = await scene(anvil);
    await anvil.mine(2);
    const reader = await evmReader({ rpc: without(anvil.rpc, hidden) });
    const { height } = await reader.tip();
    const entries = await reader.blocks(0, height);
    assert.equal(entries.length, height + 1);
    assert.ok(entries.every(({ internals }) => internals === true));

    const [me] = anvil.accounts;
    assert.deepEqual(moves(entries, txid), [
      `2 native ${me} ${SPENDER} 100`,
      `3 internal ${SPENDER} ${ALICE} 3`,
      `4 internal ${SPENDER} ${BOB} 2`,
      `5 internal ${SPENDER} ${BOB} 6`,
      `6 internal ${SPENDER} ${created} 4`,
      `7 internal ${SPENDER} ${HEIR} 85`,
    ]);
    for (const address of [ALICE, BOB, HEIR, created, SPENDER, FAILING, BORROWED]) {
      const inLedger = entries
        .flatMap(({ movements }) => movements)
        .reduce(
          (sum, { from, to, units }) => sum + (to === address ? units : 0n) - (from === address ? units : 0n),
          0n,
        );
      const balance = BigInt((await anvil.rpc.call('eth_getBalance', [address, 'latest'])) as string);
      assert.equal(inLedger, balance, address);
    }
  });
}

test('a transaction that fails as a whole moves its fee and nothing else', async (t) => {
  const anvil = await startAnvil(t);
  await anvil.rpc.call('anvil_setCode', [SPENDER, code(pay(ALICE, 3), revert)]);
  const txid = await anvil.sendMined({ to: SPENDER, value: '0x64', data: '0x01', gas: '0x100000' });
  const reader = await evmReader({ rpc: anvil.rpc });
  const entries = await reader.blocks(0, 1);
  assert.deepEqual(moves(entries, txid), []);
  assert.equal(entries[1]?.internals, true);
});

test('a node without traces is read as before: nothing internal, and the blocks say so', async (t) => {
  const anvil = await startAnvil(t);
  const { txid } = await scene(anvil);
  const full = await (await evmReader({ rpc: anvil.rpc })).blocks(0, 1);
  const rpc = without(anvil.rpc, 'trace_block', 'debug_traceBlockByNumber');
  const bare = await (await evmReader({ rpc })).blocks(0, 1);
  assert.ok(bare.every(({ internals }) => internals === false));
  // What is known either way has the same numbers, so evidence that cites them stays true.
  assert.deepEqual(
    bare.map(({ movements }) => movements),
    full.map(({ movements }) => movements.filter(({ kind }) => kind !== 'internal')),
  );
  assert.equal(moves(bare, txid).length, 1);
});
