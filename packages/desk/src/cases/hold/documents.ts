import { type HoldDocument, type HoldWay, type Language, languages } from '@gongjo/contract';
import type { Directory } from '../../directory/index.ts';
import { canonicalJson, instant } from '../../kernel/index.ts';
import {
  annexCsv,
  annexXlsx,
  composeBoth,
  type LetterOffice,
  letterDocx,
  letterPdf,
  type Sheet,
  sheetOf,
} from '../../letters/index.ts';
import { sha256Hex } from '../../platform/index.ts';
import type { StoredHold } from './hold.store.ts';
import { amountRows, letterFields, transactionRows } from './letter-fields.ts';

/** A document as it is kept and sent: these bytes and no others. */
export interface MadeDocument extends Omit<HoldDocument, 'madeAt' | 'bytes'> {
  readonly content: Buffer;
}

export const mediaTypes = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
} as const satisfies Record<HoldDocument['form'], string>;

interface Made {
  readonly office: LetterOffice;
  readonly directory: Directory;
  readonly nowMs: number;
}

/** Both letters, before anybody approved them. */
export async function draftPdf(hold: StoredHold, language: Language, made: Made): Promise<Buffer> {
  const letters = lettersOf(hold, made, { number: '–', signs: false });
  return letterPdf(letters[language], { ...pdfOptions(hold, made), signer: null });
}

/** Everything that goes out with a request: both letters signed and for a word processor, and the annex in three forms. */
export async function documentsOf(hold: StoredHold, number: string, made: Made): Promise<MadeDocument[]> {
  const letters = lettersOf(hold, made, { number, signs: true });
  const base = `hold-${number}`;
  const sheets = annexOf(hold, made.directory);
  const [, transactions] = sheets;
  const documents: MadeDocument[] = [];
  const keep = (name: string, form: HoldDocument['form'], language: Language | null, content: Buffer) =>
    documents.push({ name: `${base}-${name}.${form}`, form, language, content, sha256: sha256Hex(content) });
  for (const language of languages) {
    const options = { ...pdfOptions(hold, made), signer: made.office.signer() };
    keep(`letter-${language}`, 'pdf', language, await letterPdf(letters[language], options));
    keep(`letter-${language}`, 'docx', language, await letterDocx(letters[language], options));
  }
  keep('annex', 'xlsx', null, await annexXlsx(sheets));
  if (transactions) keep('annex', 'csv', null, Buffer.from(annexCsv(transactions)));
  keep('annex', 'json', null, Buffer.from(canonicalJson(requestJson(hold, number, made))));
  return documents;
}

/** What leaves by a way. Word files are for the agency’s own use: what goes out cannot be changed. */
export function leaving(documents: readonly MadeDocument[], way: HoldWay): MadeDocument[] {
  return documents.filter(({ form }) => (way === 'api' ? form === 'json' : form !== 'docx'));
}

/** The day where the desk is, `2026-11-28`. */
export function dayAt(nowMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone }).format(nowMs);
}

function lettersOf(hold: StoredHold, { office, directory, nowMs }: Made, given: { number: string; signs: boolean }) {
  const fields = letterFields(hold, office, directory, {
    ...given,
    day: dayAt(nowMs, office.desk.timeZone),
    nowMs,
  });
  return composeBoth(office.templates('hold-request'), fields);
}

function pdfOptions(hold: StoredHold, { office, nowMs }: Made) {
  const { agency } = office.settings;
  return {
    fonts: office.fonts(),
    title: hold.id,
    author: agency?.en ?? office.desk.name.en,
    at: instant(nowMs),
    seal: office.seal(),
  };
}

function annexOf({ facts }: StoredHold, directory: Directory): Sheet[] {
  const addresses = [
    { role: 'hold', address: facts.address },
    ...(facts.hopBefore ? [{ role: 'hop-before', address: facts.hopBefore }] : []),
  ].map((it) => ({
    chain: { kind: 'literal', value: facts.chain } as const,
    role: { kind: 'literal', value: it.role } as const,
    address: { kind: 'literal', value: it.address } as const,
  }));
  return [
    sheetOf('amounts', ['symbol', 'amount', 'units', 'decimals', 'asset'], amountRows(facts, directory)),
    sheetOf(
      'transactions',
      ['txid', 'time', 'from', 'to', 'amount', 'units', 'asset'],
      transactionRows(facts, directory),
    ),
    sheetOf('addresses', ['chain', 'role', 'address'], addresses),
  ];
}

/** The request for machines, complete. */
function requestJson({ id, incident, title, addressee, facts, tlp, drill }: StoredHold, number: string, made: Made) {
  const { desk } = made.office;
  return {
    type: 'gongjo.hold-request',
    version: 1,
    id,
    number,
    day: dayAt(made.nowMs, desk.timeZone),
    drill,
    tlp,
    desk: { id: desk.desk, name: desk.name, country: desk.country },
    incident: { id: incident, title },
    addressee: { id: addressee.id, name: addressee.name, entity: addressee.entity, country: addressee.country },
    facts,
  };
}
