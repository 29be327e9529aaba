import {
  type Asset,
  addressRoles,
  type ChainId,
  type IncidentKind,
  type Instant,
  type ReportedAddress,
  type ReportedAmount,
  type Text,
  type TxId,
  zAddress,
  zAssetId,
  zCaseRevision,
  zChainId,
  zIncidentKind,
  zRequestEvent,
  zText,
  zTxId,
  zUnits,
} from '@gongjo/contract';
import { z } from 'zod';
import { type StixId, zRefTo, zStixId } from './id.ts';
import { tlpRefs } from './levels.ts';
import { type ExtensionDefinition, type Identity, type StixObject, zTimestamp } from './model/index.ts';

/**
 * Gongjo's own property extension: what the published objects cannot say exactly – which chain, and amounts as decimal
 * strings in the asset's smallest unit. `docs/stix-extension.md` describes it for other implementers.
 */
export const gongjoExtension = 'extension-definition--b83c9753-75ab-4a4c-b1ed-d359623e0e7d';

const gongjoProject = zStixId.parse('identity--58b77a17-364f-4ccb-91a4-4c9acefbef79');

/** The first day of the extension's version 1.0; part of the published objects and therefore fixed. */
const publishedAt = '2026-01-01T00:00:00.000Z';

/** One amount of one asset, exact. */
export interface AssetAmount {
  readonly asset: Asset;
  readonly units: bigint;
}

/** What a desk tells about an incident. */
export interface IncidentFacts {
  /** `incident--<uuid>`, made by the desk that opened it. */
  readonly id: StixId;
  readonly title: Text;
  readonly chain: ChainId;
  readonly kind: IncidentKind;
  readonly txids: readonly TxId[];
  readonly occurredAt: Instant | null;
  readonly stolen: readonly AssetAmount[];
  /** What the report said; what nobody said is absent. */
  readonly detectedAt?: Instant;
  readonly reportedAt?: Instant;
  readonly addresses?: readonly ReportedAddress[];
  readonly amounts?: readonly ReportedAmount[];
  /** An exercise. */
  readonly drill?: boolean;
  /** The incident of which it is a part. */
  readonly mainId?: string;
}

/** The label that every object of an exercise carries, so that tools that do not know the extension see it, too. */
export const drillLabel = 'drill';

/** A lead names at most 100 transactions (`contract` `zNewIncident`), and a theft takes few assets; more is not a lead. */
const TXIDS_MAX = 100;
const AMOUNTS_MAX = 1_000;

/** Symbol and decimals are bounded as in `contract` `zAsset`. */
const zAmount = z.looseObject({
  asset: zAssetId,
  units: zUnits,
  symbol: z.string().max(64),
  decimals: z.int().min(0).max(77),
});

/** A leap second is a legal STIX timestamp, but no instant of a chain's clock. */
const zBlockTime = zTimestamp.refine((it) => Number.isFinite(Date.parse(it)), 'not an instant');

const zPropertyExtension = z.looseObject({ extension_type: z.literal('property-extension') });

/** On an incident. Lists are left out where they are empty, as STIX 2.1 section 2.8 demands. */
export const zIncidentExtension = zPropertyExtension.extend({
  chain: zChainId,
  kind: zIncidentKind,
  txids: z.array(zTxId).min(1).max(TXIDS_MAX),
  occurred_at: zBlockTime.optional(),
  stolen: z.array(zAmount).min(1).max(AMOUNTS_MAX).optional(),
  title_ko: z.string().min(1).max(2000),
  detected_at: zBlockTime.optional(),
  reported_at: zBlockTime.optional(),
  addresses: z
    .array(z.looseObject({ address: zAddress, role: z.enum(addressRoles) }))
    .min(1)
    .max(AMOUNTS_MAX)
    .optional(),
  amounts: z
    .array(z.looseObject({ asset: zAssetId, units: zUnits }))
    .min(1)
    .max(AMOUNTS_MAX)
    .optional(),
  drill: z.boolean().optional(),
  main_ref: zRefTo('incident').optional(),
});

/** On a wallet and on an indicator: the chain on which the address is meant. */
export const zChainExtension = zPropertyExtension.extend({ chain: zChainId });

const zWalletRef = zRefTo('cryptocurrency-wallet');

/** On a transaction: every movement of value in it, in the order of the chain. */
export const zTransactionExtension = zChainExtension.extend({
  transfers: z
    .array(zAmount.extend({ from_ref: zWalletRef.optional(), to_ref: zWalletRef.optional() }))
    .min(1)
    .max(AMOUNTS_MAX)
    .optional(),
});

/** On a grouping that names a case (`case.ts`). */
export const zGroupingExtension = zPropertyExtension.extend({ case: z.literal(true), title: zText });

/** On a note that carries a change of a fact of a case, or an event of a request to a partner. */
export const zRevisionExtension = zPropertyExtension.extend({ revision: zCaseRevision });
export const zRequestExtension = zPropertyExtension.extend({ request: zRequestEvent });

/** What an object carries under our extension's key; `undefined` where it carries nothing. */
export function gongjoPart({ extensions }: StixObject): unknown {
  if (typeof extensions !== 'object' || extensions === null || !Object.hasOwn(extensions, gongjoExtension))
    return undefined;
  return (extensions as Readonly<Record<string, unknown>>)[gongjoExtension];
}

/** The chain that an object names in our extension, or `null`. */
export function chainOf(object: StixObject): ChainId | null {
  return zChained.safeParse(gongjoPart(object)).data?.chain ?? null;
}

const zChained = z.looseObject({ chain: zChainId });

/** Who defines the extension: the project, not a desk, so that every desk sends the same object. */
export const projectIdentity: Identity = {
  type: 'identity',
  spec_version: '2.1',
  id: gongjoProject,
  created: publishedAt,
  modified: publishedAt,
  name: 'Gongjo',
  description: 'Software with which agencies follow stolen cryptocurrency together.',
  identity_class: 'system',
  object_marking_refs: tlpRefs('clear'),
};

export const extensionDefinition: ExtensionDefinition = {
  type: 'extension-definition',
  spec_version: '2.1',
  id: zStixId.parse(gongjoExtension),
  created_by_ref: gongjoProject,
  created: publishedAt,
  modified: publishedAt,
  name: 'Gongjo exact cryptocurrency facts',
  description:
    'Names the chain (CAIP-2) and assets (CAIP-19) of incidents, indicators, wallets and transactions, and their amounts as decimal strings in the smallest unit.',
  schema: 'docs/stix-extension.md in the Gongjo repository',
  version: '1.0',
  extension_types: ['property-extension'],
  object_marking_refs: tlpRefs('clear'),
};
