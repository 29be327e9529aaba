import { z } from 'zod';
import { zAddress, zAssetId, zChainId, zInstant, zTxId, zUnits } from './chain.ts';
import { zText } from './text.ts';

/** What counts: how fast people knew, and what of the value stood where it could be kept when they were warned. */

const zSum = z.object({ asset: zAssetId, units: zUnits });
const zShare = z.object({ asset: zAssetId, ppm: z.int() });

/** One deposit of followed value, and whether the desk of its country had the warning before. */
export const zDepositLead = z.object({
  chain: zChainId,
  txid: zTxId,
  address: zAddress.nullable(),
  place: zText.nullable(),
  country: z.string().nullable(),
  asset: zAssetId,
  units: zUnits,
  depositedAt: zInstant,
  /** When the desk of the place's country first had an indicator or an alert about it; null: not that this desk knows of. */
  warnedAt: zInstant.nullable(),
  /** Positive: warned before it happened. Null: not warned. */
  leadSeconds: z.int().nullable(),
});
export type DepositLead = z.infer<typeof zDepositLead>;

export const zToldAgency = z.object({
  agency: z.string(),
  name: zText,
  country: z.string(),
  dueAt: zInstant,
  toldAt: zInstant.nullable(),
  acknowledgedAt: zInstant.nullable(),
});
export type ToldAgency = z.infer<typeof zToldAgency>;

export const zIncidentMeasures = z.object({
  incident: z.object({ id: z.string(), title: zText, drill: z.boolean() }),
  /** The incident and its parts. */
  parts: z.array(z.string()),
  occurredAt: zInstant.nullable(),
  detectedAt: zInstant.nullable(),
  reportedAt: zInstant,
  agencies: z.array(zToldAgency),
  /** Seconds from the report to the first and to the last agency told, and to the first that acknowledged. */
  firstToldSeconds: z.int().nullable(),
  allToldSeconds: z.int().nullable(),
  firstAcknowledgedSeconds: z.int().nullable(),
  /** The first movement at a service: when it happened, and when it was warned of. */
  firstDeposit: z.object({ at: zInstant, warnedAt: zInstant.nullable(), before: z.boolean().nullable() }).nullable(),
  deposits: z.array(zDepositLead),
  warnedBefore: z.int(),
  medianLeadSeconds: z.int().nullable(),
  /** Where the value stands now, and of it what its holder or its issuer could freeze. */
  atStops: z.array(zSum),
  freezable: z.array(zSum),
  /** What is held back at a request. */
  held: z.array(zSum),
  /** Parts per million of the value that came to services, whose desk was warned before it came. */
  warnedShare: z.array(zShare),
  /** Parts per million of the value that stands somewhere, where it could be frozen. */
  freezableShare: z.array(zShare),
});
export type IncidentMeasures = z.infer<typeof zIncidentMeasures>;

/** What happened and what was practised are measured alike, and never together. */
export const zMonthMeasures = z.object({
  /** `2026-11`, by the time of the report. */
  month: z.string(),
  drill: z.boolean(),
  incidents: z.int(),
  medianFirstToldSeconds: z.int().nullable(),
  medianAllToldSeconds: z.int().nullable(),
  medianFirstAcknowledgedSeconds: z.int().nullable(),
  deposits: z.int(),
  warnedBefore: z.int(),
  medianLeadSeconds: z.int().nullable(),
});
export type MonthMeasures = z.infer<typeof zMonthMeasures>;
