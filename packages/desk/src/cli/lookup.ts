import { type Asset, fill, type Language, type Tag, terms, type VerdictReason } from '@gongjo/contract';
import { amountText } from '../kernel/index.ts';
import { type Terminal, table } from './terminal.ts';

/** Rows of one table that a person is shown; a program gets all. */
const rowsShown = 100;

/** A table with its title, cut where it would fill many screens; nothing where there are no rows. */
export function listed(
  terminal: Terminal,
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  if (rows.length === 0) return [];
  const more = rows.length - rowsShown;
  return [
    '',
    title,
    table(head, rows.slice(0, rowsShown)),
    ...(more > 0 ? [terminal.say('andMore', { count: more })] : []),
  ];
}

/** What was seen, as a sentence; amounts (`units`, `…Units`) are written in the asset. */
export function reasonText(language: Language, { rule, values }: VerdictReason, asset: Asset): string {
  const shown = Object.entries(values).map(([name, value]) => [
    name,
    /^units$|Units$/.test(name) ? amountText(BigInt(value), asset) : value,
  ]);
  return fill(terms.reason[rule][language], Object.fromEntries(shown));
}

export function tagRows(terminal: Terminal, tags: readonly Tag[]): string[] {
  return listed(
    terminal,
    terminal.say('tagsFound'),
    [
      terminal.say('columnAddress'),
      terminal.say('columnLabel'),
      terminal.say('columnCategory'),
      terminal.say('columnSource'),
      terminal.say('columnConfidence'),
    ],
    tags.map(({ address, label, category, source, confidence }) => [
      address,
      label,
      terms.category[category][terminal.language],
      source,
      String(confidence),
    ]),
  );
}
