import { type Asset, zText } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import { gongjoPart, type IncidentFacts, zIncidentExtension } from './extension.ts';
import type { StixObject } from './model/index.ts';

/** What an incident says in our extension; `null` for another type and for an incident that does not carry it. */
export function incidentOf(object: StixObject): IncidentFacts | null {
  if (object.type !== 'incident') return null;
  const part = zIncidentExtension.safeParse(gongjoPart(object)).data;
  const title = zText.safeParse({ en: object.name, ko: part?.title_ko }).data;
  if (part === undefined || title === undefined) return null;
  const assetOf = (it: { asset: Asset['id']; symbol: string; decimals: number }): Asset => ({
    id: it.asset,
    symbol: it.symbol,
    decimals: it.decimals,
  });
  return {
    id: object.id,
    title,
    chain: part.chain,
    kind: part.kind,
    txids: part.txids,
    occurredAt: part.occurred_at === undefined ? null : instant(Date.parse(part.occurred_at)),
    stolen: (part.stolen ?? []).map((it) => ({ asset: assetOf(it), units: BigInt(it.units) })),
    ...(part.detected_at && { detectedAt: timeOf(part.detected_at) }),
    ...(part.reported_at && { reportedAt: timeOf(part.reported_at) }),
    ...(part.addresses && { addresses: part.addresses.map(({ address, role }) => ({ address, role })) }),
    ...(part.amounts && { amounts: part.amounts.map(({ asset, units }) => ({ asset, units })) }),
    ...(part.drill && { drill: true }),
    ...(part.main_ref && { mainId: part.main_ref }),
  };
}

const timeOf = (text: string) => instant(Date.parse(text));

/** A line of a list; longer ones are cut. */
export const LABEL_CHARS_MAX = 200;

/** The properties that name an object, the most telling first. */
const namingProperties = ['name', 'value', 'address', 'hash', 'pattern', 'abstract', 'content'] as const;

/**
 * A line by which a person recognises the object: a name, an address, a hash, or what it joins. It is a partner's text on
 * our page, so control and direction characters, with which it could pose as another line, are taken out.
 */
export function labelOf(object: StixObject): string {
  return line(ownLabel(object)) || object.id;
}

function ownLabel(object: StixObject): string {
  const text = (property: string): string => {
    const value = object[property];
    return typeof value === 'string' ? value.trim() : '';
  };
  if (object.type === 'relationship') {
    return `${text('source_ref')} – ${text('relationship_type')} → ${text('target_ref')}`;
  }
  if (object.type === 'sighting') return text('sighting_of_ref');
  if (object.type === 'language-content') return text('object_ref');
  return namingProperties.map(text).find((it) => it !== '') ?? '';
}

function line(text: string): string {
  const plain = text
    .slice(0, 2 * LABEL_CHARS_MAX)
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return plain.length > LABEL_CHARS_MAX ? `${plain.slice(0, LABEL_CHARS_MAX - 1)}…` : plain;
}
