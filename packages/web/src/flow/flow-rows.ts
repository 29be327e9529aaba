import type { Asset } from '@gongjo/contract';
import type { Key } from '../parts/sort-rows.ts';
import type { Ribbon } from './layout.ts';

export const flowColumns = ['time', 'height', 'from', 'to', 'units', 'asset', 'rule', 'certainty', 'txid'] as const;
export type FlowColumn = (typeof flowColumns)[number];

/** Digits of the largest amount that a chain counts. */
const UNIT_DIGITS_MAX = 78;

/** What a step is sorted by. Amounts of one asset by their units; of several, asset by asset. */
export function stepKey({ hop }: Ribbon, column: FlowColumn): Key {
  if (column === 'units') return `${hop.asset} ${hop.units.padStart(UNIT_DIGITS_MAX, '0')}`;
  return hop[column] ?? '';
}

/** One line for each step, exact: units and, as decimal, the amount. */
export function stepCells({ hop }: Ribbon, assetOf: (id: string) => Asset | undefined): string[] {
  return [
    hop.time,
    String(hop.height),
    hop.from ?? '',
    hop.to ?? '',
    hop.units,
    assetOf(hop.asset)?.symbol ?? '',
    hop.asset,
    hop.rule,
    hop.certainty,
    hop.txid,
    String(hop.ord),
  ];
}
