import { type Asset, type NewIncident, zNewIncident } from '@gongjo/contract';
import { unitsOf } from '../../format/amount-input.ts';
import { instantOf } from '../../format/local-time.ts';
import { canonicalOn, linesOf, type MovedForm, type ReportForm } from './report-form.ts';

/** The desk's own bounds. */
export const TXIDS_MAX = 100;
export const ADDRESSES_MAX = 1000;
const titleCharsMax = 200;
const nameCharsMax = 200;
const contactCharsMax = 500;
/** Clocks of honest reporters differ by this much. */
const clockSkewMs = 5 * 60_000;

export type ReportErrorCode =
  | 'chain'
  | 'chainTwice'
  | 'txidsMissing'
  | 'txidsMany'
  | 'txidWrong'
  | 'addressWrong'
  | 'addressesMany'
  | 'amountMissing'
  | 'amountWrong'
  | 'amountFine'
  | 'unitsWrong'
  | 'contractWrong'
  | 'title'
  | 'tooLong'
  | 'countryWrong'
  | 'timeWrong'
  | 'timeAhead'
  | 'detectedEarly';

export interface ReportError {
  readonly code: ReportErrorCode;
  /** What the text of the error fills in. */
  readonly values?: Readonly<Record<string, string | number>>;
}
/** By the name of the field: `titleEn`, `moved.0.txids`, `moved.1.amounts.0.amount`; lines of the form by their keys. */
export type ReportErrors = Readonly<Record<string, ReportError>>;

export interface ReadingOf {
  readonly now: string;
  readonly timeZone: string;
  readonly assets: readonly Asset[];
}

/** The incident as the desk takes it, or everything that is wrong with the form, at most one error for each field. */
export function readReport(
  form: ReportForm,
  reading: ReadingOf,
): { readonly incident: NewIncident } | { readonly errors: ReportErrors } {
  const errors = new Map<string, ReportError>();
  const wrong = (field: string, code: ReportErrorCode, values?: ReportError['values']): void => {
    if (!errors.has(field)) errors.set(field, values === undefined ? { code } : { code, values });
  };
  const short = (field: keyof ReportForm & string, max: number): string => {
    const text = String(form[field]).trim();
    if (text.length > max) wrong(field, 'tooLong', { max });
    return text;
  };
  const time = (field: 'occurredAt' | 'detectedAt'): string | null => {
    if (form[field] === '') return null;
    const at = instantOf(form[field], reading.timeZone);
    if (at === null) wrong(field, 'timeWrong');
    else if (Date.parse(at) > Date.parse(reading.now) + clockSkewMs) wrong(field, 'timeAhead');
    return at;
  };
  const [en, ko] = [short('titleEn', titleCharsMax), short('titleKo', titleCharsMax)];
  if (en === '' && ko === '') wrong('titleEn', 'title');
  const [occurredAt, detectedAt] = [time('occurredAt'), time('detectedAt')];
  if (occurredAt !== null && detectedAt !== null && detectedAt < occurredAt) wrong('detectedAt', 'detectedEarly');
  const countries = countriesIn(form.countries, (country) => wrong('countries', 'countryWrong', { country }));
  const victim = short('victim', nameCharsMax);
  const reporter = filled({
    name: short('reporterName', nameCharsMax),
    organisation: short('reporterOrganisation', nameCharsMax),
    contact: short('reporterContact', contactCharsMax),
  });
  const moved = form.moved.map((part, at) => {
    if (form.moved.slice(0, at).some(({ chain }) => chain === part.chain))
      wrong(`moved.${part.key}.chain`, 'chainTwice');
    return readMoved(part, reading.assets, (field, code, values) => wrong(`moved.${part.key}.${field}`, code, values));
  });
  if (errors.size > 0) return { errors: Object.fromEntries(errors) };
  const [first, ...parts] = moved;
  const incident = zNewIncident.parse({
    ...first,
    kind: form.kind,
    title: { en: en || ko, ko: ko || en },
    tlp: form.tlp,
    ...(parts.length > 0 && { parts }),
    ...(victim !== '' && { victim }),
    ...(occurredAt !== null && { occurredAt }),
    ...(detectedAt !== null && { detectedAt }),
    ...(Object.keys(reporter).length > 0 && { reporter }),
    ...(countries.length > 0 && { countries }),
    ...(form.drill && { drill: true }),
  });
  return { incident };
}

type Wrong = (field: string, code: ReportErrorCode, values?: ReportError['values']) => void;

function readMoved(part: MovedForm, assets: readonly Asset[], wrong: Wrong) {
  const { chain } = part;
  const isEvm = chain.startsWith('eip155:');
  if (chain === '') wrong('chain', 'chain');
  const txids = linesOf(part.txids).map(({ text, line }) => {
    const txid = canonicalOn(chain, text);
    if (isEvm ? !/^0x[0-9a-f]{64}$/.test(txid) : txid.length > 128) wrong('txids', 'txidWrong', { line });
    return txid;
  });
  if (txids.length === 0) wrong('txids', 'txidsMissing');
  if (txids.length > TXIDS_MAX) wrong('txids', 'txidsMany', { max: TXIDS_MAX });
  const addresses = (['sources', 'destinations'] as const).flatMap((field) =>
    linesOf(part[field]).map(({ text, line }) => {
      const address = canonicalOn(chain, text);
      if (isEvm ? !/^0x[0-9a-f]{40}$/.test(address) : address.length > 128) wrong(field, 'addressWrong', { line });
      return { address, role: field === 'sources' ? 'source' : 'destination' };
    }),
  );
  if (addresses.length > ADDRESSES_MAX) wrong('destinations', 'addressesMany', { max: ADDRESSES_MAX });
  const amounts = part.amounts.flatMap((typed) => {
    const field = (name: string) => `amounts.${typed.key}.${name}`;
    const known = assets.find(({ id }) => id === typed.asset);
    const asset = known?.id ?? `${chain}/erc20:${typed.contract.trim().toLowerCase()}`;
    if (known === undefined && !/^0x[0-9a-fA-F]{40}$/.test(typed.contract.trim()))
      wrong(field('contract'), 'contractWrong');
    const read = unitsOf(typed.amount, known?.decimals ?? 0);
    if (typed.amount.trim() === '') wrong(field('amount'), 'amountMissing');
    else if ('wrong' in read) {
      if (known === undefined) wrong(field('amount'), 'unitsWrong');
      else if (read.wrong === 'form') wrong(field('amount'), 'amountWrong');
      else wrong(field('amount'), 'amountFine', { decimals: known.decimals });
    }
    return 'units' in read ? [{ asset, units: read.units }] : [];
  });
  return {
    chain,
    txids: [...new Set(txids)],
    ...(addresses.length > 0 && { addresses }),
    ...(amounts.length > 0 && { amounts }),
  };
}

function countriesIn(text: string, wrong: (country: string) => void): string[] {
  const codes = text.split(/[\s,;]+/).filter((code) => code !== '');
  for (const code of codes) if (!/^[A-Za-z]{2}$/.test(code)) wrong(code);
  return [...new Set(codes.map((code) => code.toUpperCase()))];
}

function filled(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''));
}
