import type {
  Address,
  AssetId,
  ChainId,
  DepositLead,
  IncidentMeasures,
  Instant,
  MonthMeasures,
  Text,
  ToldAgency,
  TxId,
} from '@gongjo/contract';
import { epochMs } from '../kernel/index.ts';

/** Followed value came to a service. */
export interface Deposit {
  readonly chain: ChainId;
  readonly txid: TxId;
  readonly from: Address | null;
  readonly to: Address | null;
  readonly place: Text | null;
  readonly country: string | null;
  readonly asset: AssetId;
  readonly units: bigint;
  readonly at: Instant;
  /** When this desk's alert of it was raised. */
  readonly raisedAt: Instant;
}

/** A desk of a country had an indicator for an address from then on. */
export interface Warning {
  readonly country: string;
  readonly chain: ChainId;
  readonly address: Address;
  readonly at: Instant;
}

/** What the desk has recorded of an incident and its parts; nothing else is measured. */
export interface MeasureFacts {
  readonly incident: { readonly id: string; readonly title: Text; readonly drill: boolean };
  readonly parts: readonly string[];
  /** This desk's. */
  readonly country: string;
  readonly occurredAt: Instant | null;
  readonly detectedAt: Instant | null;
  readonly reportedAt: Instant;
  readonly agencies: readonly ToldAgency[];
  readonly deposits: readonly Deposit[];
  readonly warnings: readonly Warning[];
  readonly places: readonly { readonly asset: AssetId; readonly units: bigint; readonly freezable: boolean }[];
  readonly held: readonly { readonly asset: AssetId; readonly units: bigint }[];
}

/**
 * The measures of one incident. *Lead time* of a deposit: its block's time minus the time at which a desk of the place's
 * country had the warning – an indicator for the address that paid or was paid, or, of this desk's own country, its alert.
 * Block times are a miner's word, good to minutes; so a lead of seconds says only "at once".
 */
export function measure(facts: MeasureFacts): IncidentMeasures {
  const { incident, parts, occurredAt, detectedAt, reportedAt, agencies } = facts;
  const leads = facts.deposits
    .map((deposit) => leadOf(facts, deposit))
    .sort((a, b) => (a.depositedAt < b.depositedAt ? -1 : 1));
  const [first] = leads;
  const told = agencies.flatMap(({ toldAt }) => toldAt ?? []).sort();
  const acknowledged = agencies.flatMap(({ acknowledgedAt }) => acknowledgedAt ?? []).sort();
  const after = (at: Instant | undefined) => (at === undefined ? null : seconds(epochMs(at) - epochMs(reportedAt)));
  const isWarned = ({ leadSeconds }: DepositLead) => leadSeconds !== null && leadSeconds >= 0;
  const atServices = leads.map(({ asset, units }) => ({ asset, units: BigInt(units) }));
  const warned = leads.filter(isWarned).map(({ asset, units }) => ({ asset, units: BigInt(units) }));
  const freezable = facts.places.filter((it) => it.freezable);
  return {
    incident,
    parts: [...parts],
    ...{ occurredAt, detectedAt, reportedAt },
    agencies: [...agencies],
    firstToldSeconds: after(told[0]),
    // While one waits, nobody can say when all will have been told.
    allToldSeconds: told.length === agencies.length ? after(told.at(-1)) : null,
    firstAcknowledgedSeconds: after(acknowledged[0]),
    firstDeposit: first
      ? {
          at: first.depositedAt,
          warnedAt: first.warnedAt,
          before: first.leadSeconds === null ? null : isWarned(first),
        }
      : null,
    deposits: leads,
    warnedBefore: leads.filter(isWarned).length,
    medianLeadSeconds: median(leads.flatMap(({ leadSeconds }) => leadSeconds ?? [])),
    atStops: wireSums(facts.places),
    freezable: wireSums(freezable),
    held: wireSums(facts.held),
    warnedShare: shares(warned, atServices),
    freezableShare: shares(freezable, facts.places),
  };
}

function leadOf({ warnings, country }: MeasureFacts, deposit: Deposit): DepositLead {
  const { chain, txid, from, to, place, asset, units, at } = deposit;
  const isHere = deposit.country === country;
  const known = warnings.filter(
    (it) => it.chain === chain && it.country === deposit.country && (it.address === from || it.address === to),
  );
  const times = [...known.map((it) => it.at), ...(isHere ? [deposit.raisedAt] : [])].sort();
  const warnedAt = times[0] ?? null;
  return {
    ...{ chain, txid, place, asset },
    address: to,
    country: deposit.country,
    units: units.toString(),
    depositedAt: at,
    warnedAt,
    leadSeconds: warnedAt === null ? null : seconds(epochMs(at) - epochMs(warnedAt)),
  };
}

/** By month of the report, the newest first; exercises by themselves. */
export function measureMonths(measures: readonly IncidentMeasures[]): MonthMeasures[] {
  const groups = Map.groupBy(measures, ({ incident, reportedAt }) => `${reportedAt.slice(0, 7)} ${incident.drill}`);
  return [...groups]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([key, some]) => {
      const of = (pick: (it: IncidentMeasures) => number | null) => median(some.flatMap((it) => pick(it) ?? []));
      const deposits = some.flatMap((it) => it.deposits);
      return {
        month: key.slice(0, 7),
        drill: key.endsWith(' true'),
        incidents: some.length,
        medianFirstToldSeconds: of((it) => it.firstToldSeconds),
        medianAllToldSeconds: of((it) => it.allToldSeconds),
        medianFirstAcknowledgedSeconds: of((it) => it.firstAcknowledgedSeconds),
        deposits: deposits.length,
        warnedBefore: some.reduce((sum, it) => sum + it.warnedBefore, 0),
        medianLeadSeconds: median(deposits.flatMap(({ leadSeconds }) => leadSeconds ?? [])),
      };
    });
}

/** The middle one; of an even number the lower of the two, which somebody really measured. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

/** Rounded down, so that what is reported is never better than what was. */
const seconds = (ms: number) => Math.floor(ms / 1000);

type Sum = { readonly asset: AssetId; readonly units: bigint };

function sums(some: readonly Sum[]): Map<AssetId, bigint> {
  const total = new Map<AssetId, bigint>();
  for (const { asset, units } of some) total.set(asset, (total.get(asset) ?? 0n) + units);
  return total;
}

function wireSums(some: readonly Sum[]): { asset: AssetId; units: string }[] {
  return [...sums(some)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([asset, units]) => ({ asset, units: units.toString() }));
}

function shares(part: readonly Sum[], whole: readonly Sum[]): { asset: AssetId; ppm: number }[] {
  const of = sums(part);
  return [...sums(whole)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([asset, all]) =>
      all === 0n ? [] : [{ asset, ppm: Number(((of.get(asset) ?? 0n) * 1_000_000n) / all) }],
    );
}
