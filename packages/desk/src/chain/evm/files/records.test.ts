import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvColumns, documentSplitter, exactJson, formatOf, lineSplitter, type RawRecord } from './records.ts';

const seed = Number(process.env.GONGJO_SEED ?? Date.now() % 1_000_000);

interface Split {
  readonly records: RawRecord[];
  readonly damage: string[];
}

function split(make: typeof lineSplitter, pieces: readonly Buffer[]): Split {
  const records: RawRecord[] = [];
  const damage: string[] = [];
  const splitter = make({
    record: (record) => records.push(record),
    damage: (line, detail) => damage.push(`${line} ${detail}`),
  });
  for (const piece of pieces) splitter.push(piece);
  splitter.end();
  return { records, damage };
}

/** The bytes, cut at these places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const sorted = [...places.map((place) => place % (bytes.length + 1)), 0, bytes.length].sort((a, b) => a - b);
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}

const anyText = fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \n\r\tax1é한') });
const anyPlaces = fc.array(fc.nat(), { maxLength: 6 });

test(`however a file comes in pieces, its records are the same, at the places that they say (seed ${seed})`, () => {
  for (const make of [lineSplitter, documentSplitter]) {
    fc.assert(
      fc.property(anyText, anyPlaces, (text, places) => {
        const bytes = Buffer.from(text);
        const whole = split(make, [bytes]);
        assert.deepEqual(split(make, cut(bytes, places)), whole);
        for (const { text: record, offset, length, line } of whole.records) {
          assert.equal(
            bytes
              .subarray(offset, offset + length)
              .toString()
              .trim(),
            record,
          );
          assert.equal(bytes.subarray(0, offset).toString().split('\n').length, line);
        }
      }),
      { seed, numRuns: 2_000 },
    );
  }
});

test(`a document gives back the objects that it was made of, alone, in an array or one after another (seed ${seed})`, () => {
  const anyObject = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }));
  const anyStyle = fc.constantFrom(
    (all: object[]) => JSON.stringify(all),
    (all: object[]) => JSON.stringify(all, null, 2),
    (all: object[]) => all.map((each) => JSON.stringify(each, null, 1)).join('\n'),
  );
  fc.assert(
    fc.property(fc.array(anyObject, { maxLength: 5 }), anyStyle, anyPlaces, (objects, style, places) => {
      const { records, damage } = split(documentSplitter, cut(Buffer.from(style(objects)), places));
      assert.deepEqual(damage, []);
      assert.deepEqual(
        records.map(({ text }) => JSON.parse(text)),
        objects.map((each) => JSON.parse(JSON.stringify(each))),
      );
    }),
    { seed, numRuns: 500 },
  );
});

test('after a value that is not as expected nothing more of a document is read; of lines the next one is', () => {
  assert.deepEqual(split(documentSplitter, [Buffer.from('{"a":1}\n{"b"} ] {"c":1}')]), {
    records: [
      { text: '{"a":1}', offset: 0, length: 7, line: 1 },
      { text: '{"b"}', offset: 8, length: 5, line: 2 },
    ],
    damage: ['2 this is not JSON as expected here; what follows in this file is not read'],
  });
  const { records } = split(lineSplitter, [Buffer.from('{"a":1}\n{"b"\n\n{"c":1}')]);
  assert.deepEqual(
    records.map(({ line }) => line),
    [1, 2, 4],
  );
});

test('a record beyond the bound is damage; the memory that it takes is given back', () => {
  const piece = Buffer.alloc(8 * 1024 * 1024, 0x20);
  const lines = split(lineSplitter, [...Array(9).fill(piece), Buffer.from('\n{"a":1}\n')]);
  assert.deepEqual(lines.damage, ['1 longer than 67108864 bytes']);
  assert.deepEqual(
    lines.records.map(({ text, line }) => [text, line]),
    [['{"a":1}', 2]],
  );
  const document = split(documentSplitter, [Buffer.from('{'), ...Array(9).fill(piece), Buffer.from('}{}')]);
  assert.deepEqual(document.records, []);
  assert.equal(document.damage.length, 1);
});

test('whole numbers of any size are read exactly; all else as ever', () => {
  fc.assert(
    fc.property(fc.bigInt(), (number) => {
      const read = exactJson(`{"a":[${number}, "1", ${number}],"b":${number}}`) as { a: unknown[]; b: unknown };
      for (const one of [read.a[0], read.a[2], read.b]) assert.equal(BigInt(one as bigint), number);
      assert.equal(read.a[1], '1');
    }),
    { seed },
  );
  fc.assert(
    fc.property(fc.json(), (text) => {
      // A number that a float does not hold is read as a bigint where it is whole.
      const plain = JSON.stringify(JSON.parse(text));
      const exact = JSON.stringify(exactJson(text), (_key, value) =>
        typeof value === 'bigint' ? Number(value) : value,
      );
      assert.equal(exact, plain);
    }),
    { seed },
  );
});

test('CSV: what is written by RFC 4180 is read back', () => {
  const anyCell = fc.string({ unit: fc.constantFrom(...'a,"x 한') });
  const quoted = (cell: string) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  fc.assert(
    fc.property(fc.array(anyCell, { minLength: 1, maxLength: 5 }), (cells) => {
      assert.deepEqual(csvColumns(cells.map(quoted).join(',')), cells);
    }),
    { seed },
  );
  assert.equal(csvColumns('a,"b'), null);
  assert.equal(csvColumns('"a"b,c'), null);
});

test('the format is told from the beginning', () => {
  assert.equal(formatOf(Buffer.from('{"a":1}\n{"a":2}\n')), 'json-lines');
  assert.equal(formatOf(Buffer.from('\uFEFF{"a":1}\n{"a":2}\n')), 'json-lines');
  assert.equal(formatOf(Buffer.from('{\n"a":1}\n')), 'json');
  assert.equal(formatOf(Buffer.from('{"a":1}')), 'json');
  assert.equal(formatOf(Buffer.from(' [1]')), 'json');
  assert.equal(formatOf(Buffer.from('number,hash\r\n1,2')), 'csv');
  assert.equal(formatOf(Buffer.from('Hello, world')), null);
  assert.equal(formatOf(Buffer.from([0, 1, 2])), null);
});
