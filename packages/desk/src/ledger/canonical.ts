import type { ChainId, TxId } from '@gongjo/contract';
import { hashForm } from './bytes.ts';

/** The longest identifier of a chain whose form is not known (`zTxId`). */
const lengthMax = 128;

/** A transaction's identifier in the one form in which the ledger knows it; null where the text is none of the chain. */
export function txIdOn(chain: ChainId, text: string): TxId | null {
  const form = hashForm(chain);
  if (form === null) return text === '' || text.length > lengthMax ? null : (text as TxId);
  const lower = text.toLowerCase();
  return form.pattern.test(lower) ? (lower as TxId) : null;
}
