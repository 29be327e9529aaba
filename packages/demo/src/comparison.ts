import { type AssetId, type Incident, type Stop, stopKinds, type TxId, zIncident } from '@gongjo/contract';
import { z } from 'zod';
import type { ExpectedBalance } from './book.ts';

export const zIncidentList = z.object({ incidents: z.array(zIncident) });

/** One line of the result: value of one asset in one kind of place, by the script's book and by a desk. */
export interface Line {
  readonly asset: AssetId;
  readonly kind: 'stolen' | Stop['kind'];
  readonly expected: bigint;
  readonly found: bigint;
}

/** The incident that these transactions opened, whichever desk opened it. */
export function incidentOf(incidents: readonly Incident[], lead: readonly TxId[]): Incident | undefined {
  const wanted = [...lead].sort().join();
  return incidents.find(({ txids }) => [...txids].sort().join() === wanted);
}

/** All that either side says is somewhere. Addresses are not compared: a desk with more tags stops earlier. */
export function compare(expected: readonly ExpectedBalance[], incident: Incident | undefined): Line[] {
  const assets = new Set<AssetId>([
    ...expected.map(({ asset }) => asset),
    ...(incident?.stolen.map(({ asset }) => asset) ?? []),
    ...(incident?.places.map(({ asset }) => asset) ?? []),
  ]);
  return [...assets].flatMap((asset) => {
    const balance = expected.find((one) => one.asset === asset);
    const stolen = incident?.stolen.filter((one) => one.asset === asset) ?? [];
    const lines: Line[] = [{ asset, kind: 'stolen', expected: balance?.lead ?? 0n, found: sum(stolen) }];
    for (const kind of stopKinds) {
      const here = balance?.stops.filter((stop) => stop.kind === kind) ?? [];
      const there = incident?.places.filter((place) => place.stop === kind && place.asset === asset) ?? [];
      lines.push({ asset, kind, expected: sum(here), found: sum(there) });
    }
    return lines.filter((line) => line.expected > 0n || line.found > 0n);
  });
}

export function agrees(lines: readonly Line[]): boolean {
  return lines.length > 0 && lines.every((line) => line.expected === line.found);
}

function sum(items: readonly { readonly units: bigint | string }[]): bigint {
  return items.reduce((total, { units }) => total + BigInt(units), 0n);
}
