import { z } from 'zod';
import { zAddress, zAsset, zAssetId, zChainId, zInstant, zTxId, zUnits } from './chain.ts';
import { zTag } from './tag.ts';
import { zText } from './text.ts';
import { stopKinds, zTrace } from './trace.ts';

/** FIRST, Traffic Light Protocol 2.0, from least to most restrictive. */
export const tlpLevels = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const;
export const zTlp = z.enum(tlpLevels);
export type Tlp = z.infer<typeof zTlp>;

export const incidentKinds = ['theft', 'ransomware', 'abuse-payment', 'fraud', 'sanctions'] as const;
export const zIncidentKind = z.enum(incidentKinds);
export type IncidentKind = z.infer<typeof zIncidentKind>;

/** Who the value left, and who received it, as a report says so. */
export const addressRoles = ['source', 'destination'] as const;
export const zReportedAddress = z.strictObject({ address: zAddress, role: z.enum(addressRoles) });
export type ReportedAddress = z.infer<typeof zReportedAddress>;

/** What a report says was taken, in the asset's smallest unit. */
export const zReportedAmount = z.strictObject({ asset: zAssetId, units: zUnits });
export type ReportedAmount = z.infer<typeof zReportedAmount>;

/** Who reported it: a person and how to call back. */
export const zReporter = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  organisation: z.string().min(1).max(200).optional(),
  contact: z.string().min(1).max(500).optional(),
});
export type Reporter = z.infer<typeof zReporter>;

/** How it came in. `page`: a person, through the pages or the command line; `api`: an exchange's program. */
export const reportVias = ['page', 'api', 'stix', 'watch', 'drill'] as const;
export type ReportVia = (typeof reportVias)[number];

/** A theft names at most a few hundred addresses at its start; more is a list, and lists are imported. */
const reportedAddressesMax = 1_000;
/** A theft takes few assets. */
const reportedAmountsMax = 100;
/** More chains than this are not one incident. */
const partsMax = 16;

const zWhatMoved = z.strictObject({
  chain: zChainId,
  txids: z.array(zTxId).min(1).max(100),
  addresses: z.array(zReportedAddress).max(reportedAddressesMax).optional(),
  amounts: z.array(zReportedAmount).max(reportedAmountsMax).optional(),
});

/** What a person or a program gives to open an incident. No marking given: the desk's own default, TLP:AMBER. */
export const zNewIncident = zWhatMoved.extend({
  kind: zIncidentKind,
  title: zText,
  victim: z.string().min(1).max(200).optional(),
  tlp: zTlp.optional(),
  occurredAt: zInstant.optional(),
  detectedAt: zInstant.optional(),
  reporter: zReporter.optional(),
  /** Countries concerned besides those that the desk finds: ISO 3166-1 alpha-2. */
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .max(60)
    .optional(),
  /** An exercise: marked as one everywhere. */
  drill: z.boolean().optional(),
  /** What it took on other chains: each becomes an incident of its own, and all are seen as one. */
  parts: z.array(zWhatMoved).max(partsMax).optional(),
});
export type NewIncident = z.infer<typeof zNewIncident>;

/** What an incident says of its report; what nobody said is absent. */
export const zIncidentRecord = z.object({
  addresses: z.array(zReportedAddress).optional(),
  amounts: z.array(zReportedAmount).optional(),
  reporter: zReporter.optional(),
  countries: z.array(z.string()).optional(),
  detectedAt: zInstant.optional(),
  reportedAt: zInstant.optional(),
  via: z.enum(reportVias).optional(),
  drill: z.boolean().optional(),
  /** Of an exercise: contacts that are not marked for exercises are told, too. */
  notifyAll: z.boolean().optional(),
  /** The incident of which this is a part on another chain, or another report. */
  mainId: z.string().optional(),
});
export type IncidentRecord = z.infer<typeof zIncidentRecord>;

/** One line of "where is the money now?": value of one asset in one kind of place. */
export const zPlace = z.object({
  stop: z.enum(stopKinds),
  /** Who holds it, where a tag says so. */
  holder: z.object({ tag: zTag, name: zText.nullable(), country: z.string().nullable() }).nullable(),
  address: zAddress.nullable(),
  asset: zAssetId,
  units: zUnits,
  /** Parts per million of all that stands somewhere in this asset. */
  sharePpm: z.int(),
  since: zInstant,
});
export type Place = z.infer<typeof zPlace>;

export const timelineKinds = [
  'opened',
  'received',
  'moved',
  'swapped',
  'deposited',
  'mixed',
  'decoy',
  'sighted',
  'released',
  'refused',
  'receipted',
  'reorganised',
  'revised',
  'recalled',
  'approval-asked',
  'approval-given',
  'approval-refused',
  'consent-asked',
  'consent-given',
  'consent-refused',
  'reported-again',
  'joined',
  'kept-apart',
  'notified',
  'acknowledged',
  'escalated',
  'hold-sent',
  'hold-answered',
  'hold-expiring',
  'hold-expired',
  'hold-unacknowledged',
] as const;

/** What happened, in order. The text of each kind stands in the catalogue; its numbers and names are fields. */
export const zTimelineEntry = z.object({
  seq: z.int(),
  at: zInstant,
  kind: z.enum(timelineKinds),
  txid: zTxId.nullable(),
  address: zAddress.nullable(),
  asset: zAssetId.nullable(),
  units: zUnits.nullable(),
  /** A service, a partner or a person; a name in both languages where the directory has one. */
  who: zText.nullable(),
  count: z.int().nullable(),
});
export type TimelineEntry = z.infer<typeof zTimelineEntry>;

export const zIncident = z.object({
  id: z.string(),
  kind: zIncidentKind,
  title: zText,
  victim: z.string().nullable(),
  chain: zChainId,
  txids: z.array(zTxId),
  tlp: zTlp,
  /** The desk that opened it; `null` is this one. */
  origin: z.object({ desk: z.string(), name: zText }).nullable(),
  occurredAt: zInstant.nullable(),
  openedAt: zInstant,
  updatedAt: zInstant,
  stolen: z.array(z.object({ asset: zAssetId, units: zUnits })),
  places: z.array(zPlace),
  assets: z.array(zAsset),
  alertCount: z.int(),
  /** Set while the trace cannot be made yet, e.g. because the transaction is not in the ledger. */
  waitingFor: z.enum(['transaction']).nullable(),
  /** The desk that opened it took it back: it is kept as evidence and followed no more. */
  recalledAt: zInstant.optional(),
  ...zIncidentRecord.shape,
});
export type Incident = z.infer<typeof zIncident>;

export const zIncidentDetail = zIncident.extend({
  timeline: z.array(zTimelineEntry),
  trace: zTrace.nullable(),
  tags: z.array(zTag),
});
export type IncidentDetail = z.infer<typeof zIncidentDetail>;

/** What a standing question can answer; docs/watch.md says of each where it comes from and when it is wrong. */
export const alertRules = [
  'deposit-to-service',
  'mixer-entry',
  'indicator-moved',
  'coinjoin-entry',
  'bridge-entry',
  'freezable-now',
  'peel-chain',
  'structuring',
  'sleeper-wakes',
  'collection',
  'address-poisoning',
  'sanctioned-counterparty',
  'watched-moved',
  'about-to-move',
] as const;
export type AlertRule = (typeof alertRules)[number];
export const zAlert = z.object({
  id: z.string(),
  rule: z.enum(alertRules),
  /** `act`: it concerns a place in this desk's country. `know`: elsewhere. */
  urgency: z.enum(['act', 'know']),
  incident: z.object({ id: z.string(), title: zText }).nullable(),
  chain: zChainId,
  txid: zTxId,
  height: z.int(),
  blockTime: zInstant,
  raisedAt: zInstant,
  from: zAddress.nullable(),
  to: zAddress.nullable(),
  asset: zAsset,
  units: zUnits,
  service: z.object({ label: z.string(), name: zText.nullable(), country: z.string().nullable() }).nullable(),
  /** The alerts that it counts with. */
  group: z.string().optional(),
  /** The address that it is about, where that is neither a service nor the receiver. */
  subject: zAddress.optional(),
  /** The watch that saw it, where somebody ordered one. */
  watch: z.object({ id: z.string(), name: z.string(), reason: z.string() }).optional(),
  /** Of a rule that counts: how many, and since when. */
  count: z.int().optional(),
  since: zInstant.optional(),
  /** The node has the transaction, no block has it yet; it may never be in one. `height` is then the tip at that moment. */
  unconfirmed: z.boolean().optional(),
  /** Somebody silenced its group: it counts, and calls nobody. */
  silenced: z.boolean().optional(),
  /** A reorganisation took the block away. */
  withdrawnAt: zInstant.nullable(),
  acknowledgedAt: zInstant.nullable(),
  acknowledgedBy: z.string().nullable(),
});
export type Alert = z.infer<typeof zAlert>;
