import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GongjoError } from '../../kernel/index.ts';
import {
  type Answer,
  account,
  blockAnswer,
  DEPOSIT,
  data,
  decoded,
  hex,
  receiptAnswer,
  topic,
  transactionAnswer,
  transferLog,
  word,
} from './block.fixture.ts';
import { callTracerFrames } from './call-tracer.ts';
import { internalMoves } from './frames.ts';
import { traceBlockFrames } from './trace-block.ts';

/** A block with one transaction of each sort, and its receipts. */
function sound(): { block: Answer; receipts: Answer[] } {
  const deposit = { address: account('e'), topics: [DEPOSIT, topic(account('1'))], data: data(5n), logIndex: '0x1' };
  return {
    block: blockAnswer(
      [
        transactionAnswer({ input: '0x1234' }),
        transactionAnswer({ hash: word('2'), to: null, type: '0x0' }),
        transactionAnswer({ hash: word('3'), type: '0x3' }),
      ],
      { withdrawals: [{ address: account('7'), amount: hex(3) }] },
    ),
    receipts: [
      receiptAnswer({ logs: [transferLog(account('1'), account('3'), 7n), deposit] }),
      receiptAnswer({ transactionHash: word('2'), contractAddress: account('d') }),
      receiptAnswer({ transactionHash: word('3'), blobGasUsed: hex(131_072), blobGasPrice: hex(3) }),
    ],
  };
}

/** Every place in a JSON value, as the list of keys that lead there. */
function placesIn(value: unknown, path: readonly string[] = []): string[][] {
  const here = [[...path]];
  if (typeof value !== 'object' || value === null) return here;
  return here.concat(Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key])));
}

function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...(value as object) };
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

const quantityLike = fc.bigInt({ min: 0n, max: 2n ** 300n }).map(hex);
const bytesLike = fc.uint8Array({ maxLength: 70 }).map((bytes) => `0x${Buffer.from(bytes).toString('hex')}`);
const hostile = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constant(undefined),
  quantityLike,
  bytesLike,
  fc.constantFrom('0x', '', '0xZZ', '-0x1', '0x0', ' 0x1', '0x1n', word('0'), account('0'), topic(account('0'))),
);
const places = placesIn(sound());
const mutations = fc.array(fc.record({ place: fc.constantFrom(...places), by: hostile }), { maxLength: 4 });

test('whatever a node brings, the answer is movements within their bounds or an error of the catalogue', () => {
  let read = 0;
  let refused = 0;
  fc.assert(
    fc.property(mutations, (changes) => {
      const mutated = changes.reduce<unknown>((value, { place, by }) => replaced(value, place, by), sound());
      const { block, receipts } = Object(mutated) as { block: unknown; receipts: unknown };
      try {
        const entry = decoded(block ?? undefined, receipts ?? undefined);
        read += 1;
        assert.match(entry.block.time, /^\d{4}-/);
        for (const movement of entry.movements) {
          assert.ok(movement.units >= 0n && movement.units < 2n ** 256n);
          assert.ok(movement.from !== null || movement.to !== null);
          for (const end of [movement.from, movement.to]) assert.ok(end === null || /^0x[0-9a-f]{40}$/.test(end));
          assert.match(movement.txid, /^0x[0-9a-f]{64}$/);
        }
        const ords = Map.groupBy(entry.movements, ({ txIndex }) => txIndex);
        for (const group of ords.values())
          assert.deepEqual(
            group.map(({ ord }) => ord),
            [...group.keys()],
          );
      } catch (error) {
        if (!(error instanceof GongjoError)) throw error;
        refused += 1;
        assert.equal(error.code, 'node-answer-invalid');
      }
    }),
    { numRuns: 3000, seed: 20_251_127 },
  );
  // The mutations must reach both sides, or this would test nothing.
  assert.ok(read > 100 && refused > 100, `${read} read, ${refused} refused`);
});

const seed = Number(process.env.GONGJO_SEED ?? Date.now() % 1_000_000);
const call = { type: 'CALL', from: account('1'), to: account('2'), value: '0x3e8', calls: [] as object[] };
const nested = {
  ...call,
  calls: [
    { ...call, calls: [{ ...call, type: 'CREATE2' }] },
    { ...call, type: 'SELFDESTRUCT' },
  ],
};
const place = { blockHash: word('b'), transactionHash: word('1'), traceAddress: [], subtraces: 1 };
const action = { callType: 'call', from: account('1'), to: account('2'), value: '0x3e8' };
const told = {
  calls: [{ txHash: word('1'), result: nested }],
  traces: [
    { type: 'call', action, ...place },
    { type: 'create', action, result: { address: account('3') }, ...place, traceAddress: [0], subtraces: 0 },
    { type: 'reward', action: { author: account('9'), value: '0x2', rewardType: 'block' }, blockHash: word('b') },
  ],
};
const toldPlaces = placesIn(told);

test(`whatever a node tells of an execution, it is a tree with its moves or it is not taken (seed ${seed})`, () => {
  let taken = 0;
  let refused = 0;
  const changes = fc.array(fc.record({ place: fc.constantFrom(...toldPlaces), by: hostile }), { maxLength: 3 });
  fc.assert(
    fc.property(changes, (mutations) => {
      const mutated = mutations.reduce<unknown>((value, { place, by }) => replaced(value, place, by), told);
      const { calls, traces } = Object(mutated) as { calls: unknown; traces: unknown };
      for (const frames of [
        callTracerFrames(calls, [word('1')])?.[0],
        traceBlockFrames(traces, word('b'), [word('1')])?.frames[0],
      ]) {
        const moves = frames && internalMoves(frames);
        if (!moves) {
          refused += 1;
          continue;
        }
        taken += 1;
        for (const { from, to, units } of moves) {
          assert.match(from, /^0x[0-9a-f]{40}$/);
          assert.match(to, /^0x[0-9a-f]{40}$/);
          assert.ok(units > 0n && units < 2n ** 256n);
        }
      }
    }),
    { numRuns: Number(process.env.GONGJO_FUZZ_RUNS ?? 3_000), seed },
  );
  assert.ok(taken > 100 && refused > 100, `${taken} taken, ${refused} refused`);
});
