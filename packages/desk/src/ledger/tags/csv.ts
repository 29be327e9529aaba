import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { tagAbuses, tagCategories } from '@gongjo/contract';
import { parse } from 'csv-parse';
import { confidenceOf } from './concepts.ts';
import { ListDamage, type ListFile, type Read, refusal } from './model.ts';
import { rowOf } from './row.ts';

/** A record of a list is a line of text; one this long is a quote that was never closed. */
const recordCharsMax = 100_000;
/** Text goes to the parser in pieces; other work runs in between. */
const pieceChars = 1 << 18;

/**
 * The records of a comma-separated text (RFC 4180; a quote inside a plain field stands for itself), each with the line on
 * which it ends. A byte order mark and DOS's end-of-file mark (0x1A), with which OFAC closes its files, are no content.
 */
export async function* csvRecords(text: string): AsyncGenerator<{ line: number; fields: string[] }> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: recordCharsMax,
  });
  const source = Readable.from(piecesOf(withoutEndMark(text)));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
      yield { line: info.lines, fields: record };
  } catch (thrown) {
    if (!(thrown instanceof Error) || !('code' in thrown)) throw thrown;
    throw new ListDamage(thrown.message.slice(0, 200));
  } finally {
    source.destroy();
    parser.destroy();
  }
}

function withoutEndMark(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.endsWith('\u001a') ? trimmed.slice(0, -1) : text;
}

async function* piecesOf(text: string) {
  for (let at = 0; at < text.length; at += pieceChars) {
    yield text.slice(at, at + pieceChars);
    await setImmediate();
  }
}

const categories: ReadonlySet<string> = new Set(tagCategories);
const abuses: ReadonlySet<string> = new Set(tagAbuses);
/** A plain list that does not say how sure it is. */
const confidenceByDefault = '50';
const columns = [
  'chain',
  'address',
  'label',
  'category',
  'abuse',
  'actor',
  'creator',
  'confidence',
  'modified',
  'uri',
  'programmes',
];

/**
 * A plain list: a header row with `chain`, `address`, `label` and any of `category`, `abuse`, `actor`, `creator`,
 * `confidence`, `modified`, `uri`, `programmes` (separated by `;`), in any order. Columns of other names are left out.
 */
export async function* readCsv(file: ListFile): AsyncGenerator<Read> {
  let header: Map<string, number> | null = null;
  for await (const { line, fields } of csvRecords(file.text)) {
    if (header === null) {
      header = new Map(fields.map((name, index) => [name.trim().toLowerCase(), index]));
      const missing = columns.slice(0, 3).filter((name) => !header?.has(name));
      if (missing.length > 0) throw new ListDamage(`its first row does not name ${missing.join(', ')}`);
    } else yield csvRow(line, header, fields);
  }
}

function csvRow(line: number, header: ReadonlyMap<string, number>, fields: readonly string[]): Read {
  const text = (name: string) => fields[header.get(name) ?? -1]?.trim() ?? '';
  const address = text('address');
  const category = text('category').toLowerCase() || 'other';
  if (!categories.has(category)) return refusal(line, 'field-wrong', 'category', address);
  const abuse = text('abuse').toLowerCase();
  if (abuse !== '' && !abuses.has(abuse)) return refusal(line, 'field-wrong', 'abuse', address);
  const confidence = confidenceOf(text('confidence') || confidenceByDefault);
  if (confidence === null) return refusal(line, 'field-wrong', 'confidence', address);
  const programmes = text('programmes')
    .split(';')
    .map((it) => it.trim())
    .filter(Boolean);
  const creator = text('creator');
  return rowOf(line, {
    chain: text('chain'),
    address,
    label: text('label'),
    category: category as (typeof tagCategories)[number],
    ...(abuse === '' ? {} : { abuse: abuse as (typeof tagAbuses)[number] }),
    actor: text('actor') || null,
    confidence,
    ...(creator === '' ? {} : { creator }),
    ...(programmes.length === 0 ? {} : { programmes }),
    modified: text('modified') || undefined,
    uri: text('uri') || undefined,
  });
}
