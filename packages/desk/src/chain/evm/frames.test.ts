import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Address } from '@gongjo/contract';
import fc from 'fast-check';
import { account, blockAnswer, decoded, hex, lines, receiptAnswer, transactionAnswer, word } from './block.fixture.ts';
import { callTracerFrames } from './call-tracer.ts';
import { type Frame, internalMoves } from './frames.ts';
import { traceBlockFrames } from './trace-block.ts';

/** `0.1 call a→b 5`, one a line; `!` behind it: failed. The root is written `- call …`. */
function frames(text: string): Frame[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [, path = '', moves, from = '', to = '', units = '', failed] =
        /^\s*(\S+) (\w+) (\w)→(\S) (\d+)( !)?$/.exec(line) ?? [];
      return {
        path: path === '-' ? [] : path.split('.').map(Number),
        moves: moves as Frame['moves'],
        from: account(from) as Address,
        to: to === '-' ? null : (account(to) as Address),
        units: BigInt(units),
        failed: failed !== undefined,
      };
    });
}

function check(text: string, expected: readonly string[] | null): void {
  const moves = internalMoves(frames(text));
  const shown = moves?.map(({ from, to, units }) => `${from.at(-1)}→${to.at(-1)} ${units}`) ?? null;
  assert.deepEqual(shown, expected);
}

test('calls, creations and self-destructions with value move it, in the order of execution', () => {
  check(
    `- call 1→2 9
     0 call 2→3 5
     0.0 create 3→4 2
     0.1 selfdestruct 3→5 3
     1 call 2→6 4`,
    ['2→3 5', '3→4 2', '3→5 3', '2→6 4'],
  );
});

test('the transaction itself is not doubled, and what moves nothing is left out', () => {
  check(
    `- call 1→2 9
     0 call 2→3 0
     1 none 2→3 7
     1.0 call 2→4 1
     2 selfdestruct 2→2 8`,
    ['2→4 1'],
  );
  check('- create 1→2 9', []);
});

test('a frame that failed moves nothing, nor does anything below it; what follows does', () => {
  check(
    `- call 1→2 9
     0 call 2→3 5 !
     0.0 call 3→4 5
     0.0.0 call 4→5 5
     1 call 2→6 4
     1.0 create 6→- 3 !
     1.1 call 6→7 1`,
    ['2→6 4', '6→7 1'],
  );
  check('- call 1→2 9 !\n0 call 2→3 5', []);
});

test('frames that are no whole tree in the order of execution are refused', () => {
  check('0 call 1→2 9', null);
  check('- call 1→2 9\n1 call 2→3 1', null);
  check('- call 1→2 9\n0.0 call 2→3 1', null);
  check('- call 1→2 9\n0 call 2→3 1\n0 call 2→3 1', null);
  check('- call 1→2 9\n0 call 2→3 1\n1 call 2→3 1\n0.0 call 3→4 1', null);
  check('- call 1→2 9\n- call 1→2 9', null);
  assert.equal(internalMoves([]), null);
});

/** A random call tree, told in both of the nodes' ways. */
interface Tree {
  readonly type: 'CALL' | 'CREATE' | 'SELFDESTRUCT' | 'DELEGATECALL' | 'STATICCALL';
  readonly from: string;
  readonly to: string;
  readonly value: bigint;
  readonly failed: boolean;
  readonly calls: readonly Tree[];
}
const anyAddress = fc.constantFrom('1', '2', '3', '4').map(account);
const anyTree: fc.Memo<Tree> = fc.memo((depth) =>
  fc.record({
    type: fc.constantFrom('CALL', 'CREATE', 'SELFDESTRUCT', 'DELEGATECALL', 'STATICCALL'),
    from: anyAddress,
    to: anyAddress,
    value: fc.bigInt({ min: 0n, max: 5n }),
    failed: fc.boolean(),
    calls: depth > 1 ? fc.array(anyTree(depth - 1), { maxLength: 3 }) : fc.constant([]),
  }),
);

const nested = (tree: Tree): object => ({
  type: tree.type,
  from: tree.from,
  to: tree.to,
  value: hex(tree.value),
  ...(tree.failed ? { error: 'execution reverted' } : {}),
  ...(tree.calls.length > 0 ? { calls: tree.calls.map(nested) } : {}),
});

function flat(tree: Tree, path: readonly number[] = []): object[] {
  const place = {
    blockHash: word('b'),
    transactionHash: word('1'),
    traceAddress: path,
    subtraces: tree.calls.length,
    ...(tree.failed ? { error: 'Reverted' } : {}),
  };
  const { from, to } = tree;
  const value = hex(tree.value);
  const own =
    tree.type === 'CREATE'
      ? { type: 'create', action: { from, value, init: '0x' }, result: tree.failed ? null : { address: to } }
      : tree.type === 'SELFDESTRUCT'
        ? { type: 'suicide', action: { address: from, refundAddress: to, balance: value } }
        : { type: 'call', action: { callType: tree.type.toLowerCase(), from, to, value } };
  return [{ ...own, ...place }, ...tree.calls.flatMap((call, index) => flat(call, [...path, index]))];
}

/** The rules once more, as one would say them: recursively. */
function expected(tree: Tree, outermost = true): string[] {
  if (tree.failed) return [];
  const moves = ['CALL', 'CREATE', 'SELFDESTRUCT'].includes(tree.type) && tree.value > 0n && tree.from !== tree.to;
  return [
    ...(moves && !outermost ? [`${tree.from} ${tree.to} ${tree.value}`] : []),
    ...tree.calls.flatMap((call) => expected(call, false)),
  ];
}

const seed = Number(process.env.GONGJO_SEED ?? Date.now() % 1_000_000);

test(`both ways of telling an execution give the moves that the rules say (seed ${seed})`, () => {
  fc.assert(
    fc.property(anyTree(5), (tree) => {
      const geth = callTracerFrames([{ txHash: word('1'), result: nested(tree) }], [word('1')]);
      const parity = traceBlockFrames(flat(tree), word('b'), [word('1')]);
      for (const told of [geth?.[0], parity?.frames[0]]) {
        assert.ok(told);
        assert.deepEqual(
          internalMoves(told)?.map(({ from, to, units }) => `${from} ${to} ${units}`),
          expected(tree),
        );
      }
    }),
    { seed, numRuns: 500 },
  );
});

test('an answer of other transactions, of another block, or with a frame missing is refused', () => {
  const tree: Tree = { type: 'CALL', from: account('1'), to: account('2'), value: 1n, failed: false, calls: [] };
  const deep = { ...tree, calls: [{ ...tree, calls: [tree] }, tree] };
  assert.equal(callTracerFrames([{ txHash: word('2'), result: nested(tree) }], [word('1')]), null);
  assert.equal(callTracerFrames([], [word('1')]), null);
  assert.equal(callTracerFrames({ error: 'no' }, [word('1')]), null);
  assert.equal(callTracerFrames([{ result: { ...nested(tree), type: 'TELEPORT' } }], [word('1')]), null);
  assert.equal(callTracerFrames([{ result: { ...nested(tree), value: '-1' } }], [word('1')]), null);
  assert.equal(traceBlockFrames(flat(deep), word('c'), [word('1')]), null);
  assert.equal(traceBlockFrames(flat(deep), word('b'), [word('1'), word('2')]), null);
  for (let lost = 0; lost < 4; lost += 1) {
    const told = traceBlockFrames(
      flat(deep).filter((_, index) => index !== lost),
      word('b'),
      [word('1')],
    );
    assert.equal(told && internalMoves(told.frames[0] ?? []), null);
  }
});

test('a call tree deeper than the virtual machine allows is refused, without running out of stack', () => {
  const call = (calls: object[]): object => ({
    type: 'CALL',
    from: account('1'),
    to: account('2'),
    value: '0x1',
    calls,
  });
  const chain = (depth: number) => Array.from({ length: depth }).reduce<object>((inner) => call([inner]), call([]));
  assert.equal(callTracerFrames([{ result: chain(1024) }], [word('1')])?.[0]?.length, 1025);
  assert.equal(callTracerFrames([{ result: chain(100_000) }], [word('1')]), null);
});

test('the same through the decoder: internal movements come last, and a failed transaction has none', () => {
  const transaction = transactionAnswer({ input: '0x12', gasPrice: '0x0' });
  const own = (status: string, execution: object) =>
    decoded(
      blockAnswer([transaction]),
      [receiptAnswer({ effectiveGasPrice: '0x0', status })],
      Object.assign({ rewards: [] }, { frames: callTracerFrames([{ result: execution }], [word('1')]) ?? [] }),
    );
  const call = (value: number, more: object = {}) => ({
    type: 'CALL',
    from: account('1'),
    to: account('2'),
    value: hex(value),
    ...more,
  });
  const paid = own('0x1', call(1000, { calls: [{ ...call(7), from: account('2'), to: account('3') }] }));
  assert.deepEqual(lines(paid), ['0.0 native 1→2 1000 ether call', '0.1 internal 2→3 7 ether']);
  assert.equal(paid.internals, true);
  const failed = own('0x0', call(1000, { error: 'out of gas', calls: [call(7)] }));
  assert.deepEqual([lines(failed), failed.internals], [[], true]);

  // What is not the execution of this transaction is not taken for it.
  for (const [status, execution] of [
    ['0x1', call(999)],
    ['0x1', { ...call(1000), from: account('5') }],
    ['0x1', call(1000, { error: 'out of gas' })],
    ['0x0', call(1000)],
  ] as const) {
    assert.equal(own(status, execution).internals, false);
  }
});

test('rewards of proof-of-work are issued after the transactions', () => {
  const reward = {
    type: 'reward',
    action: { author: account('9'), value: hex(2), rewardType: 'block' },
    blockHash: word('b'),
  };
  const told = traceBlockFrames([reward], word('b'), []);
  assert.ok(told);
  const entry = decoded(blockAnswer([]), [], told);
  assert.deepEqual(lines(entry), ['0.0 issuance -→9 2 ether']);
  assert.equal(entry.internals, true);
});
