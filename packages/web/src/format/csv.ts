/** Excel takes a file without this mark for the local code page and shows Korean as rubbish. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Rows as RFC 4180 text. A cell that a spreadsheet would run as a formula gets an apostrophe before it: labels and names
 * come from partners and from the chain, so from strangers.
 */
export function csv(rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
