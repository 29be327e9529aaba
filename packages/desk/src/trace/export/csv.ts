import type { Trace } from '../model.ts';

/**
 * Tables as comma-separated values, RFC 4180: a header, lines that end in CRLF, fields with commas, quotes or line breaks in
 * quotes. Amounts are whole numbers of the asset's smallest unit.
 *
 * A text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, tab or return) gets an apostrophe in
 * front, because labels come from others.
 */
type Cell = string | number | bigint | null;

const crlf = '\r\n';

function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => row.map(field).join(',') + crlf).join('');
}

const hopColumns = [
  'id',
  'rule',
  'certainty',
  'txid',
  'height',
  'time',
  'ord',
  'from',
  'to',
  'asset',
  'units',
  'movement_units',
  'received',
];

/** One line a hop. What a swap brought stands in `received` as `units asset`, several parted by semicolons. */
export function hopsCsv({ hops }: Pick<Trace, 'hops'>): string {
  const rows = hops.map((hop): Cell[] => [
    hop.id,
    hop.rule,
    hop.certainty,
    hop.txid,
    hop.height,
    hop.time,
    hop.ord,
    hop.from,
    hop.to,
    hop.asset,
    hop.units,
    hop.movementUnits,
    hop.received.map(({ units, asset }) => `${units} ${asset}`).join('; '),
  ]);
  return table(hopColumns, rows);
}

const stopColumns = [
  'kind',
  'address',
  'asset',
  'units',
  'since',
  'label',
  'category',
  'actor',
  'source',
  'txid',
  'ord',
];

/** One line a stop; on chains of outputs one line for each output in which it stands, with the part that stands there. */
export function stopsCsv({ stops }: Pick<Trace, 'stops'>): string {
  const rows = stops.flatMap(({ kind, address, asset, units, since, tag, holdings = [] }) => {
    const line = (part: bigint, txid: string | null, ord: number | null): Cell[] => [
      kind,
      address,
      asset,
      part,
      since,
      tag?.label ?? null,
      tag?.category ?? null,
      tag?.actor ?? null,
      tag?.source ?? null,
      txid,
      ord,
    ];
    if (holdings.length === 0) return [line(units, null, null)];
    return holdings.map((holding) => line(holding.units, holding.txid, holding.ord));
  });
  return table(stopColumns, rows);
}
