import { z } from 'zod';
import { zAddress, zAssetId, zChainId, zInstant, zTxId, zUnits } from './chain.ts';
import { alertRules } from './incident.ts';
import { zIncidentMeasures } from './measure.ts';
import { zText } from './text.ts';

/**
 * Chains of exercises. They are no chains that anybody else has: the name says that it is an exercise, which one, and of which
 * kin its rows are – `accounts` like Ethereum's, `outputs` like Bitcoin's.
 */
export const drillChainPrefixes = { accounts: 'gongjo:drill-accounts-', outputs: 'gongjo:drill-outputs-' } as const;
export type DrillChainKin = keyof typeof drillChainPrefixes;

/** Of which kin a chain of an exercise is; null where the chain is none. */
export function drillKinOf(chain: string): DrillChainKin | null {
  for (const kin of ['accounts', 'outputs'] as const) if (chain.startsWith(drillChainPrefixes[kin])) return kin;
  return null;
}

/** A thief who needs fewer does nothing worth following; more is not an exercise but a load test. */
export const drillAddresses = { least: 200, most: 20_000, usual: 1_200 } as const;
/** Times as fast as it would be; an hour in a second is as fast as anybody wants to watch. */
export const drillPaceMax = 3_600;
const seedMax = 2 ** 31 - 1;

/** What a person gives to begin an exercise. */
export const zNewDrill = z.strictObject({
  seed: z.int().min(0).max(seedMax).optional(),
  addresses: z.int().min(drillAddresses.least).max(drillAddresses.most).optional(),
  /** Times as fast as it would be; absent: 1. */
  pace: z.int().min(1).max(drillPaceMax).optional(),
  /** As fast as the desk and its partners keep up; then `pace` says nothing. */
  atOnce: z.boolean().optional(),
  /** Seconds until it begins, in which partners can join. */
  inSeconds: z.int().min(0).max(86_400).optional(),
  /** Tell contacts that are not marked for exercises, too. */
  notify: z.boolean().optional(),
  /** A folder with recorded blocks instead of a generated heist; an absolute path. */
  blocks: z.string().min(1).max(4096).optional(),
});
export type NewDrill = z.infer<typeof zNewDrill>;

export const zJoinDrill = z.strictObject({
  code: z.string().min(1).max(200),
  /** Of a recorded one: the folder with the same recording; an absolute path. */
  blocks: z.string().min(1).max(4096).optional(),
});
export type JoinDrill = z.infer<typeof zJoinDrill>;

const zShare = z.object({ asset: zAssetId, units: zUnits, of: zUnits, ppm: z.int() });

/** One deposit that the exercise made at a service, and whether the desk of its country knew. */
export const zDrillDeposit = z.object({
  chain: zChainId,
  txid: zTxId,
  address: zAddress,
  service: zText,
  country: z.string(),
  asset: zAssetId,
  units: zUnits,
  depositedAt: zInstant,
  /** When the desk of the service's country first had an indicator or an alert about it, as far as this desk knows. */
  warnedAt: zInstant.nullable(),
  /** Whole seconds, rounded down. Positive: warned before it happened. */
  leadSeconds: z.int().nullable(),
  /** When this desk's own alert of it was raised. */
  alertedAt: zInstant.nullable(),
});
export type DrillDeposit = z.infer<typeof zDrillDeposit>;

/** What a rule was to say, and said. */
export const zDrillRule = z.object({
  rule: z.enum(alertRules),
  /** What the exercise did that the rule is made for, and how much of it the rule spoke of. */
  expected: z.int(),
  found: z.int(),
  alerts: z.int(),
  /** Alerts about what was none of the thief's. */
  falseAlarms: z.int(),
});
export type DrillRule = z.infer<typeof zDrillRule>;

/** How an exercise went at this desk, in the measures of real incidents. */
export const zDrillScore = z.object({
  at: zInstant,
  /** All of it had been played when it was scored. */
  complete: z.boolean(),
  addresses: z.int(),
  deposits: z.array(zDrillDeposit),
  /** Of the deposits: warned of at all, warned of before they happened, and never. */
  warned: z.int(),
  warnedBefore: z.int(),
  missed: z.int(),
  /** Of a recorded one nobody has a book: then what the desk's own trace says is taken for true. */
  book: z.enum(['generated', 'own-trace']),
  /** Deposits in countries of whose desks this one does not know what they had. */
  unknown: z.int(),
  /** Deposits at services of this desk's country, and how many of them this desk raised an alert about. */
  here: z.object({ deposits: z.int(), alerted: z.int() }),
  medianLeadSeconds: z.int().nullable(),
  shortestLeadSeconds: z.int().nullable(),
  longestLeadSeconds: z.int().nullable(),
  falseAlarms: z.int(),
  rules: z.array(zDrillRule),
  /** Of all that was stolen, by the asset in which it ended: what stood at a freezable place when this desk was warned. */
  freezableWhenWarned: z.array(zShare),
  /** Of the incident that the exercise opened, with its parts; null where it is not here. */
  measures: zIncidentMeasures.nullable(),
});
export type DrillScore = z.infer<typeof zDrillScore>;

export const drillRoles = ['lead', 'partner'] as const;
export const drillStates = ['waiting', 'running', 'played', 'ended'] as const;
export const zDrill = z.object({
  id: z.string(),
  /** What a partner's operator types to take part. */
  code: z.string(),
  role: z.enum(drillRoles),
  state: z.enum(drillStates),
  title: zText,
  chains: z.array(zChainId),
  /** What is known of it: a generated heist by its seed, a recorded one by its folder. */
  seed: z.int().nullable(),
  blocks: z.string().nullable(),
  pace: z.number().nullable(),
  notify: z.boolean(),
  startedAt: zInstant,
  startedBy: z.string(),
  endedAt: zInstant.nullable(),
  /** Events of the exercise, blocks and reports, and how many of them have happened. */
  events: z.int(),
  done: z.int(),
  incidents: z.array(z.string()),
  score: zDrillScore.nullable(),
});
export type Drill = z.infer<typeof zDrill>;

/** Blocks of an incident that happened, to be recorded from the ledger for exercises. */
export const zRecordDrill = z.strictObject({
  chain: zChainId,
  /** The transactions that took the value. */
  txids: z.array(zTxId).min(1).max(100),
  from: z.int().min(0),
  to: z.int().min(0),
  /** Where it is written; an absolute path. */
  folder: z.string().min(1).max(4096),
});
export type RecordDrill = z.infer<typeof zRecordDrill>;
