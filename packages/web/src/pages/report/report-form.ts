import type { IncidentKind, Tlp } from '@gongjo/contract';

/** An amount as typed: of an asset that the desk knows, or of a token by its contract in its smallest unit. */
export interface AmountForm {
  readonly key: number;
  /** An asset's identifier; empty: `contract` names the token. */
  readonly asset: string;
  readonly contract: string;
  readonly amount: string;
}

/** What moved on one chain, as typed. */
export interface MovedForm {
  readonly key: number;
  readonly chain: string;
  readonly txids: string;
  readonly sources: string;
  readonly destinations: string;
  readonly amounts: readonly AmountForm[];
}

/** What a person typed. Times are those of a clock on this desk's wall. */
export interface ReportForm {
  readonly kind: IncidentKind;
  readonly titleEn: string;
  readonly titleKo: string;
  readonly tlp: Tlp;
  readonly victim: string;
  readonly countries: string;
  readonly occurredAt: string;
  readonly detectedAt: string;
  readonly reporterName: string;
  readonly reporterOrganisation: string;
  readonly reporterContact: string;
  readonly drill: boolean;
  readonly moved: readonly MovedForm[];
}

export const emptyMoved = (key: number, chain = ''): MovedForm => ({
  ...{ key, chain, txids: '', sources: '', destinations: '', amounts: [] },
});

export const emptyReport: ReportForm = {
  ...{ kind: 'theft', titleEn: '', titleKo: '', tlp: 'amber', victim: '', countries: '', occurredAt: '' },
  ...{ detectedAt: '', reporterName: '', reporterOrganisation: '', reporterContact: '', drill: false },
  moved: [emptyMoved(0)],
};

/** What is not empty, without the spaces around it, each once, and the number of the line on which it stands. */
export function linesOf(text: string): { readonly text: string; readonly line: number }[] {
  const found = new Map<string, number>();
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const trimmed = line.trim();
    if (trimmed !== '' && !found.has(trimmed)) found.set(trimmed, at + 1);
  }
  return [...found].map(([trimmed, line]) => ({ text: trimmed, line }));
}

/** On EVM chains letters mean nothing in hashes and addresses; elsewhere they do. */
export function canonicalOn(chain: string, text: string): string {
  return chain.startsWith('eip155:') ? text.toLowerCase() : text;
}
