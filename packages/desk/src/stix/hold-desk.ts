import { type HoldAsked, type HoldTold, zHoldAsked, zHoldTold } from '@gongjo/contract';
import { z } from 'zod';
import { canonicalJson } from '../kernel/index.ts';
import type { Stamp } from './build.ts';
import { drillLabel, gongjoExtension, gongjoPart } from './extension.ts';
import { gongjoId, type StixId, zStixId } from './id.ts';
import { tlpRefs } from './levels.ts';
import type { StixObject } from './model/index.ts';

/**
 * A hold request to the addressee's own desk, and what that desk says to it, as notes (STIX 2.1 section 4.13) like those of cases:
 * the extension holds it exactly, the content says it for others, and the identifier names the content. `docs/stix-extension.md`.
 */
const zPart = z.looseObject({ extension_type: z.literal('property-extension') });
export const zHoldAskedExtension = zPart.extend({ hold_asked: zHoldAsked });
export const zHoldToldExtension = zPart.extend({ hold_told: zHoldTold });

export function holdAskedId(author: StixId, asked: HoldAsked): StixId {
  return gongjoId('note', author, 'hold-asked', canonicalJson(asked));
}

export function holdToldId(author: StixId, told: HoldTold): StixId {
  return gongjoId('note', author, 'hold-told', canonicalJson(told));
}

export function holdAskedObject(asked: HoldAsked, content: string, stamp: Stamp): StixObject {
  return noteOf(holdAskedId(stamp.author, asked), content, { hold_asked: asked }, stamp);
}

export function holdToldObject(told: HoldTold, content: string, stamp: Stamp): StixObject {
  return noteOf(holdToldId(stamp.author, told), content, { hold_told: told }, stamp);
}

/** The request that a note carries; null where it carries none, or where its identifier does not name its content. */
export function holdAskedOf(object: StixObject): HoldAsked | null {
  if (object.type !== 'note') return null;
  const asked = zHoldAskedExtension.safeParse(gongjoPart(object)).data?.hold_asked;
  const author = zStixId.safeParse(object.created_by_ref).data;
  return asked && author && holdAskedId(author, asked) === object.id ? asked : null;
}

/** As `holdAskedOf`. */
export function holdToldOf(object: StixObject): HoldTold | null {
  if (object.type !== 'note') return null;
  const told = zHoldToldExtension.safeParse(gongjoPart(object)).data?.hold_told;
  const author = zStixId.safeParse(object.created_by_ref).data;
  return told && author && holdToldId(author, told) === object.id ? told : null;
}

function noteOf(id: StixId, content: string, part: object, { now, author, tlp, drill }: Stamp): StixObject {
  return {
    type: 'note',
    spec_version: '2.1',
    id,
    created_by_ref: author,
    created: now,
    modified: now,
    ...(drill ? { labels: [drillLabel] } : {}),
    object_marking_refs: tlpRefs(tlp),
    content,
    object_refs: [author],
    extensions: { [gongjoExtension]: { extension_type: 'property-extension', ...part } },
  } as StixObject;
}
