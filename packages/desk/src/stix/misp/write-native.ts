import { gongjoId } from '../id.ts';
import { isObservable, type StixObject } from '../model/index.ts';
import { type Subject, watchables } from '../pattern/index.ts';
import { attributeFor, walletAttribute } from './observable.ts';
import type { MispEntry, Sheet } from './sheet.ts';
import { mispSeconds } from './time.ts';

/** Objects that never were MISP's: indicators and observables of a desk or of another tool. */
export function writeNative(sheet: Sheet): void {
  const said = new Set(sheet.attributes.map((it) => key(it.type, it.value)));
  const isOpen = (it: StixObject): boolean => !sheet.used.has(it.id);
  for (const indicator of sheet.objects.filter((it) => it.type === 'indicator' && isOpen(it))) {
    writeIndicator(indicator, sheet, said);
  }
  for (const object of sheet.objects.filter((it) => isObservable(it) && isOpen(it))) {
    const entry = nativeOf(object);
    if (entry === null) continue;
    sheet.used.add(object.id);
    const [only] = entry.members;
    if (only !== undefined && entry.template === null && said.has(key(only.type, only.value))) continue;
    write(entry, object, sheet.uuid(object.id), false, sheet, said);
  }
}

const key = (type: unknown, value: unknown): string => JSON.stringify([type, value]);

interface Member {
  readonly relation: string;
  readonly type: string;
  readonly value: string;
}

/** An attribute (no template, one member) or an object by one of MISP's templates. */
interface Native {
  readonly template: { readonly name: string; readonly uuid: string; readonly version: string } | null;
  readonly members: readonly Member[];
}

const templates = {
  'coin-address': { name: 'coin-address', uuid: 'd0e6997e-78da-4815-a6a1-cfc1c1cb8a46', version: '7' },
  'bank-account': { name: 'bank-account', uuid: 'b4712203-95a8-4883-80e9-b566f5df11c9', version: '3' },
  'cryptocurrency-transaction': {
    name: 'cryptocurrency-transaction',
    uuid: 'a4aab70f-e43a-48cb-bf82-505de8228dd6',
    version: '3',
  },
} as const;

const attribute = (type: string, value: string): Native => ({
  template: null,
  members: [{ relation: '', type, value }],
});

/** MISP has an attribute type for Bitcoin's addresses; others are an object `coin-address`. */
function walletEntry(value: string): Native {
  const { type } = walletAttribute(value);
  if (type === 'btc') return attribute(type, value);
  return { template: templates['coin-address'], members: [{ relation: 'address-crypto', type, value }] };
}

function transactionEntry(value: string, symbol: unknown): Native {
  const members: Member[] = [{ relation: 'transaction-number', type: 'text', value }];
  if (typeof symbol === 'string') members.push({ relation: 'symbol', type: 'text', value: symbol });
  return { template: templates['cryptocurrency-transaction'], members };
}

function nativeOf(object: StixObject): Native | null {
  if (object.type === 'cryptocurrency-transaction') {
    const value = object.value ?? object.hash;
    return typeof value === 'string' ? transactionEntry(value, object.symbol) : null;
  }
  if (object.type === 'bank-account') {
    const members = bankRelations.flatMap(([property, relation, type]): Member[] => {
      const value = object[property];
      return typeof value === 'string' ? [{ relation, type, value }] : [];
    });
    return members.length === 0 ? null : { template: templates['bank-account'], members };
  }
  const plain = attributeFor(object);
  if (plain === null) return null;
  return object.type === 'cryptocurrency-wallet' ? walletEntry(plain.value) : attribute(plain.type, plain.value);
}

const bankRelations = [
  ['iban', 'iban', 'iban'],
  ['account_number', 'account', 'bank-account-nr'],
  ['bic', 'swift', 'bic'],
  ['currency', 'currency-code', 'text'],
] as const;

const hashTypes: ReadonlyMap<string, string> = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-512', 'sha512'],
]);

function entryOf({ kind, form, value }: Subject): Native | null {
  if (kind === 'wallet') return walletEntry(value);
  if (kind === 'transaction') return transactionEntry(value, null);
  if (kind === 'bank-account') return attribute(form === 'iban' ? 'iban' : 'bank-account-nr', value);
  if (kind === 'domain') return attribute('domain', value);
  if (kind === 'url') return attribute('url', value);
  if (kind === 'email') return attribute('email', value);
  if (kind === 'file') {
    const type = hashTypes.get(form?.toUpperCase() ?? '');
    return type === undefined ? null : attribute(type, value);
  }
  return attribute('ip-dst', value);
}

/** One entry for each value that the pattern names; a pattern that says more than values stays a pattern. */
function writeIndicator(indicator: StixObject, sheet: Sheet, said: Set<string>): void {
  sheet.used.add(indicator.id);
  const pattern = String(indicator.pattern);
  const { subjects, complete } = watchables(pattern, String(indicator.pattern_type));
  const entries = complete ? subjects.map(entryOf) : [];
  const [only, second] = entries;
  if (entries.length === 0 || entries.some((it) => it === null)) {
    const type = languageTypes.get(String(indicator.pattern_type));
    if (type === undefined) sheet.used.delete(indicator.id);
    else write(attribute(type, pattern), indicator, sheet.uuid(indicator.id), true, sheet, said);
    return;
  }
  for (const entry of entries) {
    if (entry === null) continue;
    const value = entry.members[0]?.value ?? '';
    const isOne = entry === only && second === undefined;
    const uuid = sheet.uuid(isOne ? indicator.id : gongjoId('indicator', 'misp', indicator.id, value));
    write(entry, indicator, uuid, true, sheet, said);
  }
}

/** Languages of patterns that MISP has a type for. */
const languageTypes: ReadonlyMap<string, string> = new Map([
  ['stix', 'stix2-pattern'],
  ['yara', 'yara'],
  ['sigma', 'sigma'],
  ['snort', 'snort'],
]);

const financial: ReadonlySet<string> = new Set(['btc', 'xmr', 'iban', 'bank-account-nr', 'bic']);
const payload: ReadonlySet<string> = new Set([
  'md5',
  'sha1',
  'sha256',
  'sha512',
  'filename',
  'email',
  'yara',
  'sigma',
  'stix2-pattern',
]);

function categoryOf(type: string): string {
  if (financial.has(type)) return 'Financial fraud';
  if (payload.has(type)) return 'Payload delivery';
  return type === 'text' ? 'Other' : 'Network activity';
}

function write(
  { template, members }: Native,
  object: StixObject,
  uuid: string,
  toIds: boolean,
  sheet: Sheet,
  said: Set<string>,
): void {
  const timestamp = mispSeconds(object.modified ?? sheet.time);
  const comment = typeof object.description === 'string' ? { comment: object.description } : {};
  const head = { timestamp, distribution: '5', ...(object.revoked === true ? { deleted: true } : {}) };
  const tags = { Tag: sheet.tags([], object), Galaxy: [] };
  const entries = members.map(({ relation, type, value }, i): MispEntry => {
    said.add(key(type, value));
    const base = { ...head, type, category: categoryOf(type), value, to_ids: toIds && i === 0, ...tags };
    if (template === null) return { uuid, ...base, ...comment };
    return { uuid: sheet.uuid(gongjoId('note', 'misp', uuid, relation, value)), object_relation: relation, ...base };
  });
  if (template === null) {
    sheet.attributes.push(...entries);
    return;
  }
  sheet.mispObjects.push({
    uuid,
    name: template.name,
    'meta-category': 'financial',
    template_uuid: template.uuid,
    template_version: template.version,
    ...head,
    ...comment,
    Attribute: entries,
    ObjectReference: [],
  });
}
