import { type NewWatch, type TagCategory, type WatchKind, zNewWatch } from '@gongjo/contract';
import { instantOf } from '../../format/local-time.ts';
import { reasonCharsMax, reasonCharsMin } from '../reason.ts';

/** What a person typed. */
export interface WatchForm {
  readonly kind: WatchKind;
  readonly chain: string;
  readonly address: string;
  readonly category: TagCategory;
  readonly addresses: string;
  readonly name: string;
  readonly reason: string;
  /** `2026-01-31`: watched to the end of that day, by the desk's clock. */
  readonly until: string;
}

export const NAME_CHARACTERS_MAX = 200;

export type WatchErrorCode =
  | 'address'
  | 'addressMissing'
  | 'addressesMissing'
  | 'nameMissing'
  | 'reasonShort'
  | 'tooLong'
  | 'untilPast';
export type WatchErrors = Partial<Record<keyof WatchForm, WatchErrorCode>>;

export interface ReadWatch {
  readonly asked: NewWatch;
  /** Of a list; empty for the others. */
  readonly addresses: readonly string[];
}

/** The watch as the desk takes it, or everything that is wrong with the form, at most one error for each field. */
export function readWatchForm(
  form: WatchForm,
  { now, timeZone }: { readonly now: string; readonly timeZone: string },
): { readonly watch: ReadWatch } | { readonly errors: WatchErrors } {
  const [address, name, reason] = [form.address.trim(), form.name.trim(), form.reason.trim()];
  const addresses = form.kind === 'list' ? addressesIn(form.addresses) : [];
  const until = form.until === '' ? null : instantOf(`${form.until}T23:59`, timeZone);
  const found: WatchErrors = {
    ...(form.kind === 'address' && address === '' && { address: 'addressMissing' }),
    ...(form.kind === 'address' && address !== '' && !isAddress(form.chain, address) && { address: 'address' }),
    ...(form.kind === 'list' && addresses.length === 0 && { addresses: 'addressesMissing' }),
    ...(form.kind === 'list' && name === '' && { name: 'nameMissing' }),
    ...(name.length > NAME_CHARACTERS_MAX && { name: 'tooLong' }),
    ...(reason.length < reasonCharsMin && { reason: 'reasonShort' }),
    ...(reason.length > reasonCharsMax && { reason: 'tooLong' }),
    ...(form.until !== '' && (until === null || until <= now) && { until: 'untilPast' }),
  };
  if (Object.keys(found).length > 0) return { errors: found };
  const asked = zNewWatch.parse({
    kind: form.kind,
    chain: form.chain,
    reason,
    ...(form.kind === 'address' && { address }),
    ...(form.kind === 'category' && { category: form.category }),
    ...(name !== '' && { name }),
    ...(until !== null && { until }),
  });
  return { watch: { asked, addresses } };
}

/** The first column of each line, each address once; a heading is told by the desk as no address. */
export function addressesIn(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => (line.split(/[,;\t]/)[0] ?? '').trim().replace(/^"|"$/g, ''));
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** On EVM chains the form of an address is known; elsewhere the desk decides. */
export function isAddress(chain: string, text: string): boolean {
  return chain.startsWith('eip155:') ? /^0x[0-9a-fA-F]{40}$/.test(text) : /^\S{1,128}$/.test(text);
}
