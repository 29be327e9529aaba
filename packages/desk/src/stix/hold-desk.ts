import { type HoldAsked, type HoldTold, zHoldAsked, zHoldTold } from '@gongjo/contract';
import { z } from 'zod';
import { canonicalJson } from '../kernel/index.ts';
import type { Stamp } from './build.ts';
import { gongjoId, type StixId } from './id.ts';
import type { StixObject } from './model/index.ts';
import { noteContent, noteObject } from './note.ts';

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
  return noteObject(holdAskedId(stamp.author, asked), content, [stamp.author], { hold_asked: asked }, stamp);
}

export function holdToldObject(told: HoldTold, content: string, stamp: Stamp): StixObject {
  return noteObject(holdToldId(stamp.author, told), content, [stamp.author], { hold_told: told }, stamp);
}

/** The request that a note carries; null where it carries none, or where its identifier does not name its content. */
export function holdAskedOf(object: StixObject): HoldAsked | null {
  return noteContent(object, 'hold_asked', zHoldAskedExtension, holdAskedId);
}

/** As `holdAskedOf`. */
export function holdToldOf(object: StixObject): HoldTold | null {
  return noteContent(object, 'hold_told', zHoldToldExtension, holdToldId);
}
