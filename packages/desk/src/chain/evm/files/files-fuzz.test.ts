import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GongjoError } from '../../../kernel/index.ts';
import { account, blockAnswer, hex, receiptAnswer, transactionAnswer, transferLog, word } from '../block.fixture.ts';
import { assemble, Incomplete } from './assemble.ts';
import { logsBloom } from './bloom.ts';
import { branchOf } from './branch.ts';
import { csv, etlRows, exact, folder, jsonLines, read } from './files.fixture.ts';
import { type Piece, recognise } from './pieces.ts';
import { csvColumns } from './records.ts';
import { recogniseText } from './survey.client.ts';

const seed = Number(process.env.GONGJO_SEED ?? Date.now() % 1_000_000);
/** `GONGJO_FUZZ_RUNS=1000000` for a long night. */
const numRuns = Number(process.env.GONGJO_FUZZ_RUNS ?? 3_000);

const log = { ...transferLog(account('1'), account('3'), 7n), transactionHash: word('1'), transactionIndex: '0x0' };
const place = { blockHash: word('b'), blockNumber: '0x64' };
const transaction = transactionAnswer({ ...place, transactionIndex: '0x0', nonce: '0x1' });
const block = blockAnswer([transaction], { gasUsed: hex(21_000), logsBloom: logsBloom([log as never]) });
const receipt = receiptAnswer({ ...place, transactionIndex: '0x0', logs: [{ ...log, ...place }] });
const trace = {
  type: 'call',
  action: { callType: 'call', from: account('1'), to: account('2'), value: hex(1000) },
  blockHash: word('b'),
  blockNumber: 100,
  transactionHash: word('1'),
  transactionPosition: 0,
  traceAddress: [],
  subtraces: 0,
};
const call = {
  txHash: word('1'),
  result: { type: 'CALL', from: account('1'), to: account('2'), value: hex(1000), calls: [] },
};
const rows = etlRows({ blocks: [block], receipts: [[receipt]], calls: [], traces: [[trace]] });
const samples: readonly string[] = [
  ...[block, transaction, { ...log, ...place }, trace, call].map((each) => JSON.stringify(each)),
  JSON.stringify({ jsonrpc: '2.0', id: 1, result: [receipt, { ...receipt }] }),
  ...Object.values(rows).map((own) => exact(own[0])),
];

const anyByte = fc.constantFrom(...'{}[]",:0x1f9-.eE nulltrue\\');
const anyEdit = fc.record({
  at: fc.nat(),
  drop: fc.nat({ max: 12 }),
  put: fc.oneof(
    fc.string({ unit: anyByte, maxLength: 6 }),
    fc.constantFrom('null', '1e400', '-1', '9'.repeat(90), '{}'),
  ),
});

function edited(text: string, edits: readonly { at: number; drop: number; put: string }[]): string {
  return edits.reduce((now, { at, drop, put }) => {
    const place = at % (now.length + 1);
    return now.slice(0, place) + put + now.slice(place + drop);
  }, text);
}

function sound(pieces: readonly Piece[]): void {
  for (const piece of pieces) {
    assert.ok(piece.height === null || (Number.isSafeInteger(piece.height) && piece.height >= 0));
    assert.ok(piece.txid === null || /^0x[0-9a-f]{64}$/.test(piece.txid));
  }
}

test(`whatever a record has become, it is a part of a block or damage (seed ${seed})`, () => {
  let good = 0;
  let bad = 0;
  fc.assert(
    fc.property(fc.constantFrom(...samples), fc.array(anyEdit, { maxLength: 3 }), (sample, edits) => {
      const told = recogniseText(edited(sample, edits), 'json', []);
      if (told.ok) {
        good += 1;
        sound(told.pieces);
      } else {
        bad += 1;
        assert.ok(told.detail.length > 0 && told.detail.length < 400);
      }
    }),
    { seed, numRuns },
  );
  assert.ok(good > numRuns / 20 && bad > numRuns / 20, `${good} good, ${bad} bad`);
});

test(`any JSON value and any line of CSV is a part of a block or damage (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const told = recognise(value);
      if (told.ok) sound(told.pieces);
    }),
    { seed, numRuns },
  );
  const tables = Object.values(rows).map((own) => csv([own[0] as never]).split('\r\n') as [string, string]);
  fc.assert(
    fc.property(fc.constantFrom(...tables), fc.array(anyEdit, { maxLength: 3 }), ([head, line], edits) => {
      const told = recogniseText(edited(line, edits), 'csv', csvColumns(head) ?? []);
      if (told.ok) sound(told.pieces);
    }),
    { seed, numRuns },
  );
});

test(`whatever parts come together, it is the block or it is refused (seed ${seed})`, () => {
  const pieces = samples.flatMap((sample) => {
    const told = recogniseText(sample, 'json', []);
    return told.ok ? told.pieces : [];
  });
  const full = assemble({ chain: 'eip155:1' as never, hash: word('b'), pieces, traced: true }).entry;
  assert.equal(full.internals, true);
  let whole = 0;
  fc.assert(
    fc.property(fc.shuffledSubarray(pieces), (some) => {
      try {
        const { entry } = assemble({ chain: 'eip155:1' as never, hash: word('b'), pieces: some, traced: true });
        whole += 1;
        // What comes out does not depend on what else was there, nor on the order.
        assert.deepEqual({ ...entry, internals: true }, full);
      } catch (error) {
        if (!(error instanceof Incomplete)) throw error;
      }
    }),
    { seed, numRuns },
  );
  assert.ok(whole > 0);
});

test(`files with bytes changed are read, or told to be damaged (seed ${seed})`, async (t) => {
  const { put } = folder(t);
  const dump = Buffer.from(jsonLines([block, receipt, call]));
  const packed = Buffer.from(JSON.stringify([block, receipt, call]));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(dump, packed),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 }),
      fc.nat(),
      async (original, changes, end) => {
        const bytes = Buffer.from(original);
        for (const [at, to] of changes) bytes[at % bytes.length] = to;
        const file = put('file', end % 3 === 0 ? bytes.subarray(0, end % bytes.length) : bytes);
        try {
          const { ledger, damaged } = await read([file], { chain: 'eip155:1' });
          assert.ok(damaged > 0 || ledger.entries.length === 1);
        } catch (error) {
          assert.ok(error instanceof GongjoError, String(error));
        }
      },
    ),
    { seed, numRuns: Math.min(numRuns, 300) },
  );
});

test(`a chain is found in any order of its blocks, and what is beside it never joins it (seed ${seed})`, () => {
  const anyHeaders = fc.array(
    fc.record({ height: fc.nat({ max: 8 }), name: fc.nat({ max: 2 }), parent: fc.nat({ max: 2 }) }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(anyHeaders, fc.infiniteStream(fc.nat()), (made, order) => {
      const headers = [
        ...new Map(
          made.map(({ height, name, parent }) => [
            `${height}.${name}`,
            { height, hash: `${height}.${name}`, parent: `${height - 1}.${parent}` },
          ]),
        ).values(),
      ];
      const branch = branchOf(headers);
      const shuffled = headers
        .map((header) => ({ header, by: order.next().value }))
        .sort((a, b) => a.by - b.by)
        .map(({ header }) => header);
      const again = branchOf(shuffled);
      assert.deepEqual([again.stretches, [...again.at].sort()], [branch.stretches, [...branch.at].sort()]);
      assert.equal(branch.at.size + branch.stale, headers.length);
      for (const { from, to } of branch.stretches) {
        for (let height = from + 1; height <= to; height += 1)
          assert.equal(branch.at.get(height)?.parent, branch.at.get(height - 1)?.hash);
      }
    }),
    { seed, numRuns: 500 },
  );
});
