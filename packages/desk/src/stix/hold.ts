import {
  type Address,
  type ChainId,
  type HoldAmount,
  type HoldScope,
  type HoldState,
  holdScopes,
  holdStates,
  type Instant,
  type Text,
  zAddress,
  zAssetId,
  zChainId,
  zHoldId,
  zTxId,
  zUnits,
} from '@gongjo/contract';
import { z } from 'zod';
import { instant } from '../kernel/index.ts';
import type { Stamp } from './build.ts';
import { drillLabel, gongjoExtension, gongjoPart } from './extension.ts';
import { gongjoId, type StixId, zRefTo } from './id.ts';
import { tlpRefs } from './levels.ts';
import type { StixObject } from './model/index.ts';
import { zTimestamp } from './model/index.ts';

/**
 * A hold request as a STIX course of action (STIX 2.1 section 4.5) with our property extension: what a partner has to know so
 * that two countries do not ask for the same value without knowing of each other. `docs/stix-extension.md` lists the fields.
 */
export interface HoldShared {
  /** The desk's own identifier of the request, `hold--…`. */
  readonly key: string;
  readonly incident: StixId;
  readonly chain: ChainId;
  readonly address: Address;
  readonly txids: readonly string[];
  readonly addressee: { readonly id: string; readonly name: Text; readonly country: string | null };
  readonly state: HoldState;
  readonly scope: HoldScope;
  readonly number: string | null;
  readonly amounts: readonly HoldAmount[];
  readonly held: readonly { readonly asset: HoldAmount['asset']; readonly units: string }[];
  readonly draftedAt: Instant;
  readonly sentAt: Instant | null;
  readonly expiresAt: Instant | null;
  /** Of an exercise: the object's label. */
  readonly drill: boolean;
}

/** As many as a request names (`contract` `zHoldFacts`). */
const TXIDS_MAX = 1_000;
const AMOUNTS_MAX = 100;

const zTime = zTimestamp.refine((it) => Number.isFinite(Date.parse(it)), 'not an instant');
const zHeld = z.looseObject({ asset: zAssetId, units: zUnits });

export const zHoldExtension = z.looseObject({
  extension_type: z.literal('property-extension'),
  chain: zChainId,
  /** Absent: a course of action that is no hold request. */
  hold: z
    .looseObject({
      key: zHoldId,
      incident_ref: zRefTo('incident'),
      address: zAddress,
      txids: z.array(zTxId).min(1).max(TXIDS_MAX).optional(),
      addressee_id: z.string().min(1).max(200),
      addressee: z.string().min(1).max(300),
      addressee_ko: z.string().min(1).max(300),
      addressee_country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
      state: z.enum(holdStates),
      scope: z.enum(holdScopes),
      number: z.string().min(1).max(100).optional(),
      amounts: z
        .array(zHeld.extend({ symbol: z.string().max(64), decimals: z.int().min(0).max(77) }))
        .min(1)
        .max(AMOUNTS_MAX),
      held: z.array(zHeld).min(1).max(AMOUNTS_MAX).optional(),
      drafted_at: zTime,
      sent_at: zTime.optional(),
      expires_at: zTime.optional(),
    })
    .optional(),
});

export function holdObject(hold: HoldShared, stamp: Stamp): StixObject & { readonly modified: string } {
  const { addressee, txids, held } = hold;
  return {
    type: 'course-of-action',
    id: gongjoId('course-of-action', stamp.author, hold.key),
    spec_version: '2.1',
    created_by_ref: stamp.author,
    created: stamp.created ?? stamp.now,
    modified: stamp.now,
    ...(hold.drill ? { labels: [drillLabel] } : {}),
    object_marking_refs: tlpRefs(stamp.tlp),
    name: `Hold request to ${addressee.name.en}`,
    description: `State: ${hold.state}. Value at ${hold.address}.`,
    lang: 'en',
    extensions: {
      [gongjoExtension]: {
        extension_type: 'property-extension',
        chain: hold.chain,
        hold: {
          key: hold.key,
          incident_ref: hold.incident,
          address: hold.address,
          ...(txids.length > 0 && { txids: [...txids] }),
          addressee_id: addressee.id,
          addressee: addressee.name.en,
          addressee_ko: addressee.name.ko,
          ...(addressee.country && { addressee_country: addressee.country }),
          state: hold.state,
          scope: hold.scope,
          ...(hold.number && { number: hold.number }),
          amounts: hold.amounts.map(({ asset, symbol, decimals, units }) => ({ asset, symbol, decimals, units })),
          ...(held.length > 0 && { held: held.map(({ asset, units }) => ({ asset, units })) }),
          drafted_at: hold.draftedAt,
          ...(hold.sentAt && { sent_at: hold.sentAt }),
          ...(hold.expiresAt && { expires_at: hold.expiresAt }),
        },
      },
    },
  };
}

/** What a course of action says of a hold; `null` for another type, and for one that is no hold request. */
export function holdOf(object: StixObject): HoldShared | null {
  if (object.type !== 'course-of-action') return null;
  const part = zHoldExtension.safeParse(gongjoPart(object)).data;
  const hold = part?.hold;
  if (!part || !hold) return null;
  const time = (text: string | undefined) => (text === undefined ? null : instant(Date.parse(text)));
  return {
    key: hold.key,
    incident: hold.incident_ref,
    chain: part.chain,
    address: hold.address,
    txids: hold.txids ?? [],
    addressee: {
      id: hold.addressee_id,
      name: { en: hold.addressee, ko: hold.addressee_ko },
      country: hold.addressee_country ?? null,
    },
    state: hold.state,
    scope: hold.scope,
    number: hold.number ?? null,
    amounts: hold.amounts.map(({ asset, symbol, decimals, units }) => ({ asset, symbol, decimals, units })),
    held: (hold.held ?? []).map(({ asset, units }) => ({ asset, units })),
    draftedAt: instant(Date.parse(hold.drafted_at)),
    sentAt: time(hold.sent_at),
    expiresAt: time(hold.expires_at),
    drill: Array.isArray(object.labels) && object.labels.includes(drillLabel),
  };
}
