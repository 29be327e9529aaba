import { type IncidentKind, type NewIncident, type Tlp, zNewIncident } from '@gongjo/contract';

/** What a person typed. */
export interface IncidentForm {
  readonly chain: string;
  readonly txids: string;
  readonly kind: IncidentKind;
  readonly titleEn: string;
  readonly titleKo: string;
  readonly tlp: Tlp;
}

export const TXIDS_MAX = 100;
export const TITLE_CHARACTERS_MAX = 200;

export type FormError =
  | { readonly field: 'chain'; readonly code: 'chain' }
  | { readonly field: 'txids'; readonly code: 'txidsMissing' | 'txidsMany' }
  | { readonly field: 'txids'; readonly code: 'txidWrong'; readonly line: number }
  | { readonly field: 'titleEn' | 'titleKo'; readonly code: 'title' | 'titleLong' };

/** The incident as the desk takes it, or everything that is wrong with the form, at most one error for each field. */
export function readIncidentForm(form: IncidentForm): { incident: NewIncident } | { errors: FormError[] } {
  const lines = form.txids.split('\n').map((line) => line.trim());
  const txids = [...new Set(lines.filter((line) => line !== '').map((line) => canonical(form.chain, line)))];
  const [en, ko] = [form.titleEn.trim(), form.titleKo.trim()];
  const errors: FormError[] = [];
  if (form.chain === '') errors.push({ field: 'chain', code: 'chain' });
  const wrong = lines.findIndex((line) => line !== '' && !isTxid(form.chain, canonical(form.chain, line)));
  if (txids.length === 0) errors.push({ field: 'txids', code: 'txidsMissing' });
  else if (txids.length > TXIDS_MAX) errors.push({ field: 'txids', code: 'txidsMany' });
  else if (wrong >= 0) errors.push({ field: 'txids', code: 'txidWrong', line: wrong + 1 });
  if (en === '' && ko === '') errors.push({ field: 'titleEn', code: 'title' });
  if (en.length > TITLE_CHARACTERS_MAX) errors.push({ field: 'titleEn', code: 'titleLong' });
  if (ko.length > TITLE_CHARACTERS_MAX) errors.push({ field: 'titleKo', code: 'titleLong' });
  if (errors.length > 0) return { errors };
  const title = { en: en || ko, ko: ko || en };
  return { incident: zNewIncident.parse({ chain: form.chain, txids, kind: form.kind, title, tlp: form.tlp }) };
}

function canonical(chain: string, text: string): string {
  return chain.startsWith('eip155:') ? text.toLowerCase() : text;
}

/** On EVM chains the form of a hash is known; elsewhere the desk decides. */
function isTxid(chain: string, text: string): boolean {
  return chain.startsWith('eip155:') ? /^0x[0-9a-f]{64}$/.test(text) : text.length <= 128;
}
