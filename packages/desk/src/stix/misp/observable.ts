import { zChainId } from '@gongjo/contract';
import { canonicalJson } from '../../kernel/index.ts';
import { type StixId, stixId, transactionId, walletId } from '../id.ts';
import { bankAccountExtension, type StixObject, transactionExtension, walletExtension } from '../model/index.ts';
import type { Comparison } from '../pattern/model.ts';
import { uuid5 } from '../uuid.ts';

/** Which types of MISP attributes are which property of which STIX observable, and back. */

/** MISP's type `btc` says on which chain: Bitcoin's main chain (CAIP-2). Its other wallet types name no chain known here. */
export const bitcoin = zChainId.parse('bip122:000000000019d6689c085ae165831e93');

/** One value of one observable: `file` at `hashes`, `MD5`. */
export interface Place {
  readonly type: string;
  readonly path: readonly string[];
  /** Whether a text is a value of it; what is not stays a note. */
  readonly form: RegExp;
}

const some = /\S/;
const at = (type: string, ...path: string[]): Place => ({ type, path, form: some });
const hash = (algorithm: string, digits: number): Place => ({
  type: 'file',
  path: ['hashes', algorithm],
  form: new RegExp(`^[0-9A-Fa-f]{${digits}}$`),
});

const wallet = [at('cryptocurrency-wallet', 'value')];
const domain = [at('domain-name', 'value')];
const url = [at('url', 'value')];
const email: Place[] = [{ type: 'email-addr', path: ['value'], form: /^[^\s@]+@[^\s@]+$/ }];
const ip: Place[] = [
  { type: 'ipv4-addr', path: ['value'], form: /^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/ },
  { type: 'ipv6-addr', path: ['value'], form: /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(\/\d{1,3})?$/ },
];
const name = [at('file', 'name')];
const hashes = {
  md5: hash('MD5', 32),
  sha1: hash('SHA-1', 40),
  sha224: hash('SHA-224', 56),
  sha256: hash('SHA-256', 64),
  sha384: hash('SHA-384', 96),
  sha512: hash('SHA-512', 128),
};

type Parts = readonly (readonly Place[])[];

/** For each part of a value (MISP joins two parts with a bar), the places where it can stand: the first whose form it has. */
const placesOf: ReadonlyMap<string, Parts> = new Map<string, Parts>([
  ...['btc', 'xmr', 'dash'].map((type) => [type, [wallet]] as const),
  ['iban', [[at('bank-account', 'iban')]]],
  ['bank-account-nr', [[at('bank-account', 'account_number')]]],
  ...['domain', 'hostname'].map((type) => [type, [domain]] as const),
  ...['ip-src', 'ip-dst'].map((type) => [type, [ip]] as const),
  ['domain|ip', [domain, ip]],
  ...['url', 'uri', 'link'].map((type) => [type, [url]] as const),
  ...['email', 'email-src', 'email-dst', 'email-reply-to', 'target-email'].map((type) => [type, [email]] as const),
  ['filename', [name]],
  ...Object.entries(hashes).flatMap(([type, place]): [string, Place[][]][] => [
    [type, [[place]]],
    [`filename|${type}`, [name, [place]]],
  ]),
]);

export interface Placed {
  readonly place: Place;
  readonly value: string;
}

/** Where the parts of a value of this MISP type stand; `null` where there is no such place or the value has not its form. */
export function place(type: string, value: string): Placed[] | null {
  const parts = placesOf.get(type);
  if (parts === undefined) return null;
  // The last bar divides: a file's name may have one, a hash or an address has none.
  const bar = parts.length === 1 ? -1 : value.lastIndexOf('|');
  if (parts.length === 2 && bar < 0) return null;
  const texts = parts.length === 1 ? [value] : [value.slice(0, bar), value.slice(bar + 1)];
  const placed = parts.map((places, i) => {
    const text = texts[i] ?? '';
    const found = places.find(({ form }) => form.test(text));
    return found === undefined ? null : { place: found, value: text };
  });
  return placed.every((it) => it !== null) ? placed : null;
}

/** Whether MISP values of the type have a place at all, whatever the value. */
export const isPlaceable = (type: string): boolean => placesOf.has(type);

/** The value of this MISP type that the observables carry; `null` where one part is missing. */
export function valueAt(type: string, objects: readonly StixObject[]): string | null {
  const parts = (placesOf.get(type) ?? []).map((places) => {
    const found = places.flatMap((it) => objects.map((object) => read(object, it)));
    return found.find((it) => it !== null) ?? null;
  });
  return parts.length === 0 || parts.some((it) => it === null) ? null : parts.join('|');
}

function read(object: StixObject, { type, path }: Place): string | null {
  let value: unknown = object.type === type ? object : undefined;
  for (const key of path)
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' ? value : null;
}

/** MISP types by which an observable of STIX that no attribute is behind becomes one. */
const plainTypes = [
  'iban',
  'bank-account-nr',
  'domain',
  'ip-dst',
  'url',
  'email',
  'sha256',
  'sha1',
  'md5',
  'sha512',
  'filename',
];

/** An attribute for an observable: its MISP type and value; `null` for an observable that MISP attributes cannot say. */
export function attributeFor(object: StixObject): { readonly type: string; readonly value: string } | null {
  if (object.type === 'cryptocurrency-wallet') {
    const value = object.value ?? object.address;
    return typeof value === 'string' ? walletAttribute(value) : null;
  }
  for (const type of plainTypes) {
    const value = valueAt(type, [object]);
    if (value !== null) return { type, value };
  }
  return null;
}

/** MISP has a type for addresses of Bitcoin (`btc`) and none for most others, which it writes as `text`. */
export function walletAttribute(value: string): { readonly type: string; readonly value: string } {
  const isBitcoin = /^([13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{11,71})$/.test(value);
  return { type: isBitcoin ? 'btc' : 'text', value };
}

/** The observables at these places: one per type, or with `apart` one per value. */
export function observables(placed: readonly Placed[]): StixObject[] {
  const byType = new Map<string, Record<string, unknown>>();
  for (const { place: it, value } of placed) {
    const object = byType.get(it.type) ?? {};
    const [first = '', second] = it.path;
    if (second === undefined) object[first] = value;
    else object[first] = { ...(object[first] as Record<string, string> | undefined), [second]: value };
    byType.set(it.type, object);
  }
  return [...byType].map(([type, properties]) => observable(type, properties));
}

const extensionOf: ReadonlyMap<string, string> = new Map([
  ['cryptocurrency-wallet', walletExtension],
  ['cryptocurrency-transaction', transactionExtension],
  ['bank-account', bankAccountExtension],
]);

export function observable(type: string, properties: Readonly<Record<string, unknown>>): StixObject {
  const extension = extensionOf.get(type);
  return {
    type,
    spec_version: '2.1',
    id: observableId(type, properties),
    ...properties,
    ...(extension === undefined ? {} : { extensions: { [extension]: { extension_type: 'new-sco' } } }),
  };
}

/** STIX 2.1 section 2.9: the namespace of deterministic identifiers of observables. */
const stixNamespace = '00abedb4-aa42-466c-9c01-fed23315a9b7';
const preferredHashes = ['MD5', 'SHA-1', 'SHA-256', 'SHA-512'];

/** Section 2.9: UUIDv5 of the contributing properties as canonical JSON; of several hashes, one in the standard's order. */
function observableId(type: string, properties: Readonly<Record<string, unknown>>): StixId {
  if (type === 'cryptocurrency-wallet') return walletId(String(properties.value));
  if (type === 'cryptocurrency-transaction') return transactionId(String(properties.value));
  return stixId(type, uuid5(stixNamespace, canonicalJson(contributing(type, properties))));
}

function contributing(type: string, properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (type === 'file') {
    const all = (properties.hashes ?? {}) as Record<string, string>;
    const chosen = [...preferredHashes, ...Object.keys(all).sort()].find((it) => all[it] !== undefined);
    return {
      ...(chosen === undefined ? {} : { hashes: { [chosen]: all[chosen] } }),
      ...(properties.name === undefined ? {} : { name: properties.name }),
    };
  }
  if (type === 'bank-account') {
    const { iban, account_number, bic } = properties;
    if (iban !== undefined) return { iban };
    return { account_number, ...(bic === undefined ? {} : { bic }) };
  }
  return { value: properties.value };
}

/** The comparison that finds the value at its place. */
export function comparison({ place: { type, path }, value }: Placed): Comparison {
  return {
    kind: 'test',
    path: { type, steps: path.map((key) => ({ key })) },
    negated: false,
    operator: '=',
    value: { kind: 'string', value },
  };
}
