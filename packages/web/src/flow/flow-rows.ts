import type { Asset } from '@gongjo/contract';
import type { SortOrder } from '../parts/SortHead.tsx';
import type { Ribbon } from './layout.ts';

export const flowColumns = ['time', 'height', 'from', 'to', 'units', 'asset', 'rule', 'certainty', 'txid'] as const;
export type FlowColumn = (typeof flowColumns)[number];

/** What a step is sorted by. Amounts of one asset by their units; of several, asset by asset. */
function compareBy(column: FlowColumn, a: Ribbon, b: Ribbon): number {
  if (column === 'units') {
    if (a.hop.asset !== b.hop.asset) return a.hop.asset < b.hop.asset ? -1 : 1;
    const difference = BigInt(a.hop.units) - BigInt(b.hop.units);
    return difference === 0n ? 0 : difference < 0n ? -1 : 1;
  }
  if (column === 'height') return a.hop.height - b.hop.height;
  const [left, right] = [a.hop[column] ?? '', b.hop[column] ?? ''];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** The steps in the order that the reader asked for; equal ones stay in order of time. */
export function sortSteps(ribbons: readonly Ribbon[], { by, descending }: SortOrder<FlowColumn>): Ribbon[] {
  const sign = descending ? -1 : 1;
  return ribbons
    .map((ribbon, at) => ({ ribbon, at }))
    .sort((a, b) => sign * compareBy(by, a.ribbon, b.ribbon) || a.at - b.at)
    .map(({ ribbon }) => ribbon);
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
