import type { Address, ChainId, DeskCard, Instant, Text, Tlp, TxId } from '@gongjo/contract';
import { invariant } from '../kernel/index.ts';
import { type AssetAmount, drillLabel, gongjoExtension, type IncidentFacts } from './extension.ts';
import { gongjoId, type StixId, stixId, transactionId, walletId } from './id.ts';
import { tlpRefs } from './levels.ts';
import {
  type Bundle,
  type Identity,
  type IncidentObject,
  type Indicator,
  type LanguageContent,
  type Note,
  type Relationship,
  type Sighting,
  type StixObject,
  type Transaction,
  transactionExtension,
  type Wallet,
  walletExtension,
} from './model/index.ts';
import { walletPattern } from './pattern.ts';

/** Who says it, when, and for whom. `created` is the time of the object's first version; left out, it is this one. */
export interface Stamp {
  readonly now: Instant;
  readonly created?: Instant;
  /** The identity object of the desk that speaks. */
  readonly author: StixId;
  readonly tlp: Tlp;
  /** It is part of an exercise, and says so. */
  readonly drill?: boolean;
}

const times = (stamp: Pick<Stamp, 'now' | 'created'>) => ({ created: stamp.created ?? stamp.now, modified: stamp.now });

const versioned = (stamp: Stamp) => ({
  spec_version: '2.1' as const,
  created_by_ref: stamp.author,
  ...times(stamp),
  ...(stamp.drill ? { labels: [drillLabel] } : {}),
  object_marking_refs: tlpRefs(stamp.tlp),
});

const exact = (part: Readonly<Record<string, unknown>>) => ({
  [gongjoExtension]: { extension_type: 'property-extension', ...part },
});

const amountPart = ({ asset, units }: AssetAmount) => ({
  asset: asset.id,
  units: units.toString(),
  symbol: asset.symbol,
  decimals: asset.decimals,
});

/** STIX has no empty lists; a property whose list would be empty is left out. */
const unlessEmpty = <K extends string, T>(key: K, items: readonly T[]): { readonly [key in K]?: T[] } =>
  items.length === 0 ? {} : ({ [key]: [...items] } as { readonly [key in K]: T[] });

/** The identifier of a desk's identity object. */
export function deskIdentityId(desk: DeskCard['desk']): StixId {
  return gongjoId('identity', desk);
}

/** The desk itself, as the author of everything that it sends. */
export function deskIdentity(card: DeskCard, stamp: Omit<Stamp, 'author'>): Identity {
  return {
    type: 'identity',
    spec_version: '2.1',
    id: deskIdentityId(card.desk),
    ...times(stamp),
    name: card.name.en,
    identity_class: 'organization',
    contact_information: card.url,
    lang: 'en',
    object_marking_refs: tlpRefs(stamp.tlp),
  };
}

export function incidentObject(incident: IncidentFacts, stamp: Stamp): IncidentObject {
  return {
    type: 'incident',
    id: incident.id,
    ...versioned(stamp),
    name: incident.title.en,
    lang: 'en',
    extensions: exact({
      chain: incident.chain,
      kind: incident.kind,
      txids: [...incident.txids],
      ...(incident.occurredAt === null ? {} : { occurred_at: incident.occurredAt }),
      ...unlessEmpty('stolen', incident.stolen.map(amountPart)),
      title_ko: incident.title.ko,
      ...(incident.detectedAt ? { detected_at: incident.detectedAt } : {}),
      ...(incident.reportedAt ? { reported_at: incident.reportedAt } : {}),
      ...unlessEmpty('addresses', incident.addresses ?? []),
      ...unlessEmpty('amounts', incident.amounts ?? []),
      ...(incident.drill ? { drill: true } : {}),
      ...(incident.mainId ? { main_ref: incident.mainId } : {}),
    }),
  };
}

/**
 * An address. Its identifier comes from the address alone, so the same address on two chains is one object to STIX; the
 * extension names the chain on which it is meant here.
 */
export function walletObject(address: Address, chain: ChainId, tlp: Tlp): Wallet {
  return {
    type: 'cryptocurrency-wallet',
    spec_version: '2.1',
    id: walletId(address),
    value: address,
    object_marking_refs: tlpRefs(tlp),
    extensions: { [walletExtension]: { extension_type: 'new-sco' }, ...exact({ chain }) },
  };
}

export interface TransactionInput {
  readonly txid: TxId;
  readonly chain: ChainId;
  /** Of the chain's own coin; the published schema demands one. */
  readonly symbol: string;
  readonly time: Instant;
  /** Minting has no `from`, burning no `to`. */
  readonly transfers: readonly (AssetAmount & { readonly from: Address | null; readonly to: Address | null })[];
}

export function transactionObject(transaction: TransactionInput, tlp: Tlp): Transaction {
  const side = (addresses: readonly (Address | null)[]) =>
    [...new Set(addresses)].filter((it) => it !== null).map((address) => ({ address_ref: walletId(address) }));
  const { transfers } = transaction;
  return {
    type: 'cryptocurrency-transaction',
    spec_version: '2.1',
    id: transactionId(transaction.txid),
    symbol: transaction.symbol,
    value: transaction.txid,
    execution_time: transaction.time,
    ...unlessEmpty('input', side(transfers.map((it) => it.from))),
    ...unlessEmpty('output', side(transfers.map((it) => it.to))),
    object_marking_refs: tlpRefs(tlp),
    extensions: {
      [transactionExtension]: { extension_type: 'new-sco' },
      ...exact({
        chain: transaction.chain,
        ...unlessEmpty(
          'transfers',
          transfers.map((it) => ({
            ...(it.from === null ? {} : { from_ref: walletId(it.from) }),
            ...(it.to === null ? {} : { to_ref: walletId(it.to) }),
            ...amountPart(it),
          })),
        ),
      }),
    },
  };
}

export interface IndicatorInput {
  readonly incident: StixId;
  readonly address: Address;
  readonly chain: ChainId;
  readonly validFrom: Instant;
  readonly description?: string;
}

/** "Watch this address": one per incident and address of a desk, whatever is learnt about it later. */
export function indicatorForWallet(input: IndicatorInput, stamp: Stamp): Indicator {
  return {
    type: 'indicator',
    id: gongjoId('indicator', stamp.author, input.incident, input.address),
    ...versioned(stamp),
    name: `Wallet ${input.address}`,
    ...(input.description === undefined ? {} : { description: input.description }),
    lang: 'en',
    indicator_types: ['malicious-activity'],
    pattern: walletPattern(input.address),
    pattern_type: 'stix',
    valid_from: input.validFrom,
    extensions: exact({ chain: input.chain }),
  };
}

export function relationship(type: string, source: StixId, target: StixId, stamp: Stamp): Relationship {
  return {
    type: 'relationship',
    id: gongjoId('relationship', stamp.author, type, source, target),
    ...versioned(stamp),
    relationship_type: type,
    source_ref: source,
    target_ref: target,
  };
}

export interface SightingInput {
  readonly indicator: StixId;
  /** What makes this sighting one and the same when it is built again, e.g. the transaction that moved the money. */
  readonly key: string;
  /** Identities of those at whose place it was seen. */
  readonly where: readonly StixId[];
  readonly count: number;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
}

export function sighting(input: SightingInput, stamp: Stamp): Sighting {
  return {
    type: 'sighting',
    id: gongjoId('sighting', stamp.author, input.indicator, input.key),
    ...versioned(stamp),
    sighting_of_ref: input.indicator,
    ...unlessEmpty('where_sighted_refs', input.where),
    first_seen: input.firstSeen,
    last_seen: input.lastSeen,
    count: input.count,
  };
}

export interface NoteInput {
  /** What makes this note one and the same when it is built again. */
  readonly key: string;
  readonly content: Text;
  readonly about: readonly StixId[];
}

/** A remark on objects, in English; `languageContent` gives its Korean. */
export function noteObject(input: NoteInput, stamp: Stamp): Note {
  return {
    type: 'note',
    id: gongjoId('note', stamp.author, input.key),
    ...versioned(stamp),
    lang: 'en',
    content: input.content.en,
    object_refs: [...input.about],
  };
}

/** The Korean of one version of an object: for each text property that is translated, its text. */
export function languageContent(
  object: StixObject & { readonly modified: string },
  korean: Readonly<Record<string, string>>,
  stamp: Stamp,
): LanguageContent {
  for (const property of Object.keys(korean))
    invariant(typeof object[property] === 'string', `${property} is no text of ${object.type}`);
  return {
    type: 'language-content',
    id: gongjoId('language-content', stamp.author, object.id),
    ...versioned(stamp),
    object_ref: object.id,
    object_modified: object.modified,
    contents: { ko: { ...korean } },
  };
}

/** Objects for one delivery. There is at least one: STIX has no empty lists. */
export function bundle(uuid: string, objects: readonly StixObject[]): Bundle {
  invariant(objects.length > 0, 'a bundle carries at least one object');
  return { type: 'bundle', id: stixId('bundle', uuid), objects };
}
