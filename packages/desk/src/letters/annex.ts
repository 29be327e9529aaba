import writeXlsx from 'write-excel-file/node';
import { type Field, meaningOf } from './field.ts';

/** What goes with a letter for machines: sheets of rows. Every cell is text, so that no program rounds an amount. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export type FieldRow = Readonly<Record<string, Field | null>>;

/** Rows of fields as a sheet: exact and the same in every language. */
export function sheetOf(name: string, columns: readonly string[], rows: readonly FieldRow[]): Sheet {
  return {
    name,
    columns,
    rows: rows.map((row) => columns.map((column) => (row[column] ? meaningOf(row[column]) : ''))),
  };
}

export async function annexXlsx(sheets: readonly Sheet[]): Promise<Buffer> {
  const made = writeXlsx(
    sheets.map(({ name, columns, rows }) => ({
      sheet: name,
      columns: columns.map((_, i) => ({ width: widthOf(columns, rows, i) })),
      stickyRowsCount: 1,
      data: [
        columns.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
        ...rows.map((row) => row.map((value) => ({ value, type: String }))),
      ],
    })),
  );
  return made.toBuffer();
}

/** In characters; a hash is seen whole, a sentence is not. */
const columnMax = 70;
function widthOf(columns: readonly string[], rows: Sheet['rows'], i: number): number {
  const longest = rows.slice(0, 50).reduce((max, row) => Math.max(max, row[i]?.length ?? 0), columns[i]?.length ?? 0);
  return Math.min(columnMax, longest + 2);
}

/** RFC 4180, with the mark by which spreadsheets know UTF-8. A cell that a spreadsheet would take for a formula is quoted. */
export function annexCsv({ columns, rows }: Sheet): string {
  const cell = (text: string) => {
    const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return `\uFEFF${[columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}
