import type { TracedPlace, TraceMethod } from '@gongjo/contract';

/** What each method says of one place, the first method's difference left out. */
export interface ComparedPlace {
  readonly key: string;
  readonly place: TracedPlace;
  /** In the order of the methods; 0 where a method does not reach it. */
  readonly units: readonly bigint[];
}

/**
 * Where value ends, method by method: one row for each place that any of them reaches, so that differences stand side by side.
 * Rows in the first method's order, what only others reach after them.
 */
export function comparePlaces(
  methods: readonly { readonly method: TraceMethod; readonly places: readonly TracedPlace[] }[],
): ComparedPlace[] {
  const rows = new Map<string, { place: TracedPlace; units: bigint[] }>();
  methods.forEach(({ places }, index) => {
    for (const place of places) {
      const key = placeOf(place);
      const row = rows.get(key) ?? { place, units: methods.map(() => 0n) };
      row.units[index] = (row.units[index] ?? 0n) + BigInt(place.units);
      rows.set(key, row);
    }
  });
  return [...rows].map(([key, row]) => ({ key, ...row }));
}

/** What all methods say of each asset, in the order of the rows. */
export function compareTotals(rows: readonly ComparedPlace[]): { readonly asset: string; readonly units: bigint[] }[] {
  const totals = new Map<string, bigint[]>();
  for (const { place, units } of rows) {
    const before = totals.get(place.asset);
    totals.set(
      place.asset,
      units.map((part, index) => part + (before?.[index] ?? 0n)),
    );
  }
  return [...totals].map(([asset, units]) => ({ asset, units }));
}

function placeOf({ asset, stop, tag, address }: TracedPlace): string {
  return JSON.stringify([asset, stop, tag === null ? ['address', address] : ['holder', tag.actor ?? tag.label]]);
}
