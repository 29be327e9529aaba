import { type Address, type ChainId, zDate, zTag } from '@gongjo/contract';
import { addressFault, addressOn, chainOfTicker } from '../address/index.ts';
import { type Read, refusal, type TagRow } from './model.ts';

/** What a list says of one address, as text. */
export interface Said extends Omit<TagRow, 'chain' | 'address' | 'modified' | 'uri'> {
  /** CAIP-2, or a ticker. */
  readonly chain: string;
  readonly address: string;
  readonly modified?: string | undefined;
  readonly uri?: string | undefined;
}

/** Texts of a row that are too long are no attribution but a mistake of columns or quotes. */
const shape = zTag.omit({ chain: true, address: true, source: true, firstSeen: true, holder: true });
const caip2 = /^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$/;

/** Checks one row: the chain is known, the address is one of it, and every field fits. */
export function rowOf(row: number, said: Said): Read {
  const { chain: named, address: text, modified, uri, ...rest } = said;
  const written = text.trim();
  if (written === '') return refusal(row, 'field-missing', 'address', rest.label);
  if (named.trim() === '') return refusal(row, 'field-missing', 'chain', written);
  if (rest.label === '') return refusal(row, 'field-missing', 'label', written);
  const chain = caip2.test(named.trim()) ? (named.trim() as ChainId) : chainOfTicker(named, written);
  if (chain === null) return refusal(row, 'chain-unknown', named.slice(0, 40), written);
  const address: Address | null = addressOn(chain, written);
  if (address === null) return refusal(row, addressFault(chain, written), named.trim(), written);
  const parsed = shape.safeParse({
    ...rest,
    ...(modified !== undefined && zDate.safeParse(modified.slice(0, 10)).success
      ? { modified: modified.slice(0, 10) }
      : {}),
    ...(uri ? { uri } : {}),
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refusal(row, 'field-wrong', issue?.path.join('.') ?? '', written);
  }
  return { tag: { chain, address, ...parsed.data } };
}
