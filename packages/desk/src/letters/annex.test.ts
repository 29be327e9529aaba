import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import readXlsx from 'read-excel-file/node';
import { annexCsv, annexXlsx, sheetOf } from './annex.ts';
import { exampleFields } from './letter.fixture.ts';

const { lists } = exampleFields(30);
const columns = ['txid', 'time', 'from', 'to', 'amount'];
const sheet = sheetOf('transactions', columns, lists.transactions ?? []);

describe('an annex', () => {
  test('opened by another library, the spreadsheet has every cell as text, exact', async () => {
    const xlsx = await annexXlsx([sheetOf('amounts', ['name', 'amount', 'asset'], lists.amounts ?? []), sheet]);
    const sheets = await readXlsx(xlsx);
    assert.deepEqual(
      sheets.map((it) => it.sheet),
      ['amounts', 'transactions'],
    );
    const [amounts, transactions] = sheets;
    assert.deepEqual(transactions?.data, [columns, ...sheet.rows]);
    assert.equal(amounts?.data[1]?.[1], '1234567.890123 USDT');
    assert.equal(amounts?.data[2]?.[1], '1.000000000000000001 ETH');
    for (const row of transactions?.data ?? []) for (const cell of row) assert.equal(typeof cell, 'string');
  });

  test('as CSV it reads back, and nothing in it is a formula', () => {
    const rows = [...sheet.rows, ['=1+1', '@x', '"quoted", and\nbroken', '-2', '+3']];
    const text = annexCsv({ ...sheet, rows });
    const read = parse(text, { bom: true }) as string[][];
    assert.deepEqual(read.slice(0, -1), [columns, ...sheet.rows]);
    assert.deepEqual(read.at(-1), [`'=1+1`, `'@x`, '"quoted", and\nbroken', `'-2`, `'+3`]);
  });
});
