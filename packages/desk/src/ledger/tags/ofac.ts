import { csvRecords } from './csv.ts';
import { ListDamage, type ListFile, type Read, refusal } from './model.ts';
import { rowOf } from './row.ts';
import { isMapping } from './yaml-list.ts';

/**
 * The sanctions list of OFAC (Specially Designated Nationals), in the forms in which it is published: `SDN.CSV` with its
 * continuation `SDN_COMMENTS.CSV` (ofac.treasury.gov, "SDN data specification": no header, `-0-` for nothing, addresses
 * inside the remarks), lists of the addresses of one asset, which the file's name says (`…_XBT.txt`, `…_XBT.json`), and a
 * JSON object `{addresses: {ADDRESS: {entries: [{entity, program, type, uid}]}}}`. The files of one run are read together.
 */
export async function* readOfac(file: ListFile, all: readonly ListFile[]): AsyncGenerator<Read> {
  const asset = /_([A-Za-z0-9]{2,10})\.(?:txt|json)$/.exec(file.name)?.[1];
  const begin = file.text.trimStart()[0];
  if (begin === '{' || begin === '[') yield* readJson(file, asset);
  else if (/\.txt$/i.test(file.name)) yield* readPlain(file, asset);
  else yield* readSdn(file, all);
}

/** The authority's own word that the holder is sanctioned. */
const sanctioned = {
  category: 'sanctioned',
  abuse: 'sanction',
  actor: null,
  confidence: 100,
  creator: 'OFAC',
} as const;
const unnamed = 'OFAC SDN';

async function* readPlain(file: ListFile, asset: string | undefined): AsyncGenerator<Read> {
  if (asset === undefined)
    throw new ListDamage('its name does not end in the asset, as in sanctioned_addresses_XBT.txt');
  for (const [index, text] of file.text.split(/\r?\n/).entries()) {
    const address = text.trim();
    if (address !== '' && !address.startsWith('#'))
      yield rowOf(index + 1, { ...sanctioned, chain: asset, address, label: unnamed });
  }
}

async function* readJson(file: ListFile, asset: string | undefined): AsyncGenerator<Read> {
  let value: unknown;
  try {
    value = JSON.parse(file.text);
  } catch (thrown) {
    throw new ListDamage(thrown instanceof Error ? thrown.message.slice(0, 200) : String(thrown));
  }
  if (Array.isArray(value)) {
    if (asset === undefined)
      throw new ListDamage('its name does not end in the asset, as in sanctioned_addresses_XBT.json');
    for (const [index, address] of value.entries())
      yield typeof address === 'string'
        ? rowOf(index + 1, { ...sanctioned, chain: asset, address, label: unnamed })
        : refusal(index + 1, 'field-wrong', 'address', String(address));
    return;
  }
  const addresses = isMapping(value) ? value.addresses : undefined;
  if (!isMapping(addresses)) throw new ListDamage('it has no object "addresses"');
  for (const [index, [address, about]] of Object.entries(addresses).entries()) {
    const entries = isMapping(about) && Array.isArray(about.entries) ? about.entries : [];
    if (entries.length === 0) yield refusal(index + 1, 'field-missing', 'entries', address);
    for (const entry of entries) yield jsonEntry(index + 1, address, entry);
  }
}

function jsonEntry(row: number, address: string, entry: unknown): Read {
  if (!isMapping(entry)) return refusal(row, 'field-wrong', 'entries', address);
  const text = (name: string) => {
    const value = entry[name];
    return typeof value === 'string' ? value : '';
  };
  return rowOf(row, {
    ...sanctioned,
    chain: text('type').replace(/^.*-\s*/, ''),
    address,
    label: text('entity') || unnamed,
    ...programmesOf(text('program').split(',')),
    uri: text('uid') === '' ? undefined : `OFAC SDN ${text('uid')}`,
  });
}

const sdnColumns = 12;
/** Remarks end at this length in `SDN.CSV` and go on in `SDN_COMMENTS.CSV`. */
const remarksCharsMax = 1000;
const addressWords = 'Digital Currency Addres';
const addressPattern = /^\s*(?:alt\. )?Digital Currency Address - (\S{1,12})\s+(.*)$/;

async function* readSdn(file: ListFile, all: readonly ListFile[]): AsyncGenerator<Read> {
  // The continuation says nothing by itself.
  if (isComments(file)) return;
  const comments = new Map<string, string>();
  for (const other of all.filter(isComments))
    for await (const { fields } of csvRecords(other.text)) comments.set((fields[0] ?? '').trim(), fields[1] ?? '');
  let records = 0;
  for await (const { line, fields } of csvRecords(file.text)) {
    if (fields.length !== sdnColumns) throw new ListDamage(`line ${line}: ${fields.length} columns, not ${sdnColumns}`);
    records += 1;
    const [number = '', name = '', , programme = ''] = fields.map(said);
    const remarks = fields[sdnColumns - 1] ?? '';
    if (!remarks.includes(addressWords) && !comments.has(number)) continue;
    yield* remarksOf(line, { number, name, programme, remarks, rest: comments.get(number) });
  }
  if (records === 0) throw new ListDamage('it is empty');
}

interface SdnEntry {
  readonly number: string;
  readonly name: string;
  readonly programme: string;
  readonly remarks: string;
  readonly rest: string | undefined;
}

function* remarksOf(line: number, { number, name, programme, remarks, rest }: SdnEntry): Generator<Read> {
  const cut = rest === undefined && remarks.length >= remarksCharsMax;
  const parts = `${remarks}${rest ?? ''}`.split(';');
  // What stands last in cut remarks may itself be cut, and whatever came behind it is missing.
  if (cut) yield refusal(line, 'text-cut', String(remarksCharsMax), `${number} ${name}: …${parts.pop()?.slice(-80)}`);
  for (const part of parts) {
    const [, asset, address] = addressPattern.exec(part) ?? [];
    if (asset === undefined || address === undefined) continue;
    yield rowOf(line, {
      ...sanctioned,
      chain: asset,
      address: address.trim().replace(/\.$/, ''),
      label: name || unnamed,
      ...programmesOf(programme.split(/\]\s*\[/)),
      uri: `OFAC SDN ${number}`,
    });
  }
}

/** Two columns: the entry's number and the rest of its remarks. */
function isComments({ name, text }: ListFile): boolean {
  return /\.csv$/i.test(name) && /^\uFEFF?\d{1,9},"[^"\r\n]*"\s*(?:\r?\n|$)/.test(text);
}

function said(field: string): string {
  const text = field.trim();
  return text === '-0-' ? '' : text;
}

const programmesMax = 50;
function programmesOf(words: readonly string[]): { programmes?: string[] } {
  const programmes = words
    .map((it) => it.trim())
    .filter(Boolean)
    .slice(0, programmesMax);
  return programmes.length === 0 ? {} : { programmes };
}
