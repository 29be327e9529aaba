import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GongjoError } from '../../kernel/index.ts';
import { account, blockAnswer, hex, transactionAnswer } from './block.fixture.ts';
import { AnswerTooLarge, TransportFailure } from './http.client.ts';
import { rpcClient } from './rpc.client.ts';
import { blockOf, type EvmBlock } from './schema.ts';
import { nodeTraces } from './traces.client.ts';

const hash = (height: number) => `0x${height.toString(16).padStart(64, '0')}`;
const txid = (height: number) => `0x1${height.toString(16).padStart(63, '0')}`;
const GETH = 'debug_traceBlockByNumber';
const PARITY = 'trace_block';

function block(height: number, transactions = 1): EvmBlock {
  const own = transactions === 0 ? [] : [transactionAnswer({ hash: txid(height) })];
  const made = blockOf(blockAnswer(own, { number: hex(height), hash: hash(height) }), 'http://node.test');
  assert.ok(made);
  return made;
}
const blocks = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => block(from + index));

const geth = (height: number) => [
  { txHash: txid(height), result: { type: 'CALL', from: account('1'), to: account('2'), value: hex(1000) } },
];
const parity = (height: number) => [
  {
    type: 'call',
    action: { callType: 'call', from: account('1'), to: account('2'), value: hex(1000) },
    blockHash: hash(height),
    transactionHash: txid(height),
    traceAddress: [],
    subtraces: 0,
  },
];

class Refusal extends Error {
  readonly code: number;
  constructor(code: number) {
    super('refused');
    this.code = code;
  }
}

/** A node by its methods; `asked`: method and height of each question. */
function node(methods: Record<string, (height: number) => unknown>, failing: (asked: string[]) => void = () => {}) {
  const asked: string[] = [];
  const transport = async (body: string): Promise<string> => {
    const parsed = JSON.parse(body) as { id: number; method: string; params: [string] };
    const questions = [parsed].flat();
    const now = questions.map(({ method, params }) => `${method} ${Number(params[0])}`);
    asked.push(...now.filter((question) => !question.startsWith('eth_')));
    failing(now);
    const answers = questions.map(({ id, method, params }) => {
      const height = Number(params[0]);
      try {
        if (method === 'eth_chainId') return { id, result: '0x1' };
        if (method === 'eth_getBlockByNumber')
          return { id, result: { number: hex(height), hash: hash(height), parentHash: hash(height - 1) } };
        const answering = methods[method];
        if (answering === undefined) throw new Refusal(-32601);
        return { id, result: answering(height) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { id, error: { code: error.code, message: error.message } };
      }
    });
    return JSON.stringify(Array.isArray(parsed) ? answers : answers[0]);
  };
  return { traces: nodeTraces(rpcClient({ url: 'http://node.test', transport })), asked };
}

const known = (executions: readonly unknown[]) => executions.map((execution) => execution !== null);

test('either method is read; the one that is missing is asked for once', async () => {
  for (const [methods, other] of [
    [{ [GETH]: geth }, PARITY],
    [{ [PARITY]: parity }, GETH],
  ] as const) {
    const { traces, asked } = node(methods);
    assert.deepEqual(known(await traces.of(blocks(1, 6), 100)), Array(6).fill(true));
    assert.deepEqual(known(await traces.of(blocks(7, 8), 100)), [true, true]);
    assert.ok(asked.filter((question) => question.startsWith(other)).length <= 4);
    assert.ok(!asked.includes(`${other} 7`));
  }
});

test('a node that offers neither is not asked again, and blocks without transactions are not known either', async () => {
  const { traces, asked } = node({});
  assert.deepEqual(known(await traces.of([block(1), block(2, 0)], 100)), [false, false]);
  assert.equal(asked.length, 2);
  assert.deepEqual(known(await traces.of(blocks(3, 9), 100)), Array(7).fill(false));
  assert.equal(asked.length, 2);
});

test('blocks without transactions have executed nothing, and nothing is asked of them', async () => {
  const { traces, asked } = node({ [GETH]: geth });
  assert.deepEqual(known(await traces.of([block(1, 0), block(2, 0)], 100)), [true, true]);
  assert.deepEqual(asked, []);
});

test('a node that has forgotten old states is asked again near its tip only', async () => {
  const recent = (height: number) => {
    if (height < 900) throw new Refusal(-32000);
    return geth(height);
  };
  const { traces, asked } = node({ [GETH]: recent });
  assert.deepEqual(known(await traces.of(blocks(10, 11), 1_000)), [false, false]);
  const before = asked.length;
  assert.deepEqual(known(await traces.of(blocks(12, 30), 1_000)), Array(19).fill(false));
  assert.equal(asked.length, before);
  assert.deepEqual(known(await traces.of(blocks(990, 991), 1_000)), [true, true]);
});

test('a refusal near the tip is final', async () => {
  const { traces, asked } = node({
    [GETH]: () => {
      throw new Refusal(-32000);
    },
  });
  assert.deepEqual(known(await traces.of([block(100)], 100)), [false]);
  const before = asked.length;
  await traces.of([block(101)], 101);
  assert.equal(asked.length, before);
});

test('where the answer is too large less is asked for, and one block that is too large costs only itself', async () => {
  const { traces } = node({ [GETH]: geth }, (asked) => {
    const traced = asked.filter((question) => question.startsWith(GETH));
    if (traced.length > 1 || traced.includes(`${GETH} 3`)) throw new AnswerTooLarge(1);
  });
  assert.deepEqual(known(await traces.of(blocks(1, 6), 100)), [true, true, false, true, true, true]);
});

test('a node that hangs over its traces is not asked for them again, and reading goes on', async () => {
  const { traces, asked } = node({ [GETH]: geth }, (now) => {
    if (now.some((question) => question.startsWith(GETH))) throw new TransportFailure('no answer');
  });
  assert.deepEqual(known(await traces.of(blocks(1, 2), 100)), [false, false]);
  const before = asked.length;
  await traces.of(blocks(3, 4), 100);
  assert.equal(asked.length, before);
});

test('a node that answers nothing at all is unreachable', async () => {
  const { traces } = node({ [GETH]: geth }, () => {
    throw new TransportFailure('no answer');
  });
  await assert.rejects(
    traces.of(blocks(1, 2), 100),
    (error) => error instanceof GongjoError && error.code === 'node-unreachable',
  );
});

test('an execution that does not fit is not taken', async () => {
  const wrong = node({ [GETH]: (height) => geth(height + 1) });
  assert.deepEqual(known(await wrong.traces.of(blocks(1, 2), 100)), [false, false]);
});

test('blocks that are replaced meanwhile are left out, and only they', async () => {
  const { traces } = node({ [GETH]: geth });
  const other = { ...block(6), hash: hash(77) } as EvmBlock;
  // Asked four at a time, so the first four are known to stand.
  assert.deepEqual(known(await traces.of([...blocks(1, 5), other], 100)), [true, true, true, true]);
});
