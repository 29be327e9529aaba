import { type CaseRevision, type RequestEvent, type Text, zCaseId } from '@gongjo/contract';
import { canonicalJson } from '../kernel/index.ts';
import type { Stamp } from './build.ts';
import {
  drillLabel,
  gongjoExtension,
  gongjoPart,
  zGroupingExtension,
  zRequestExtension,
  zRevisionExtension,
} from './extension.ts';
import { gongjoId, type StixId, zStixId } from './id.ts';
import { tlpRefs } from './levels.ts';
import type { StixObject } from './model/index.ts';
import { noteContent, noteObject } from './note.ts';

/**
 * A joint case as STIX 2.1: a `grouping` (section 4.4) that names it, and a `note` (section 4.13) for each change of a fact, whose
 * extension holds the change exactly and whose content says it for whoever does not know the extension. A note is never changed:
 * another change is another note. `docs/stix-extension.md` describes it for other implementers.
 */

export interface CaseObjectInput {
  /** `grouping--…`, made by the desk that opens the case. */
  readonly id: string;
  readonly title: Text;
  /** What it is about; at least one. */
  readonly about: readonly StixId[];
}

export function caseObject({ id, title, about }: CaseObjectInput, { now, author, tlp, drill }: Stamp): StixObject {
  return {
    type: 'grouping',
    spec_version: '2.1',
    id: zStixId.parse(id),
    created_by_ref: author,
    created: now,
    modified: now,
    ...(drill ? { labels: [drillLabel] } : {}),
    object_marking_refs: tlpRefs(tlp),
    name: title.en,
    lang: 'en',
    context: 'suspicious-activity',
    object_refs: [...about],
    extensions: { [gongjoExtension]: { extension_type: 'property-extension', case: true, title } },
  };
}

/** The title of the case that a grouping names; null where it names none. */
export function caseTitleOf(object: StixObject): Text | null {
  if (object.type !== 'grouping' || !zCaseId.safeParse(object.id).success) return null;
  return zGroupingExtension.safeParse(gongjoPart(object)).data?.title ?? null;
}

/** Its identifier names its content, so that the same change built again is the same object. */
export function revisionId(author: StixId, revision: CaseRevision): StixId {
  return gongjoId('note', author, 'case', canonicalJson(revision));
}

export function revisionObject(
  revision: CaseRevision,
  content: string,
  about: readonly StixId[],
  stamp: Stamp,
): StixObject {
  return noteObject(revisionId(stamp.author, revision), content, about, { revision }, stamp);
}

/** The change of a fact that a note carries; null where it carries none, or where its identifier does not name its content. */
export function revisionOf(object: StixObject): CaseRevision | null {
  return noteContent(object, 'revision', zRevisionExtension, revisionId);
}

/** As `revisionId`. */
export function requestEventId(author: StixId, event: RequestEvent): StixId {
  return gongjoId('note', author, 'request', canonicalJson(event));
}

/** One event of a request to a partner, as a note like those of a case. */
export function requestEventObject(
  event: RequestEvent,
  content: string,
  about: readonly StixId[],
  stamp: Stamp,
): StixObject {
  return noteObject(requestEventId(stamp.author, event), content, about, { request: event }, stamp);
}

/** The event that a note carries; null where it carries none, or where its identifier does not name its content. */
export function requestEventOf(object: StixObject): RequestEvent | null {
  return noteContent(object, 'request', zRequestExtension, requestEventId);
}

/** What a note claims to carry: a change of a fact, an event of a request, a hold request or a word to one; or none of these. */
export function noteClaim(object: StixObject): 'revision' | 'request' | 'hold-asked' | 'hold-told' | null {
  const part = gongjoPart(object);
  if (object.type !== 'note' || typeof part !== 'object' || part === null) return null;
  if ('revision' in part) return 'revision';
  if ('request' in part) return 'request';
  if ('hold_asked' in part) return 'hold-asked';
  return 'hold_told' in part ? 'hold-told' : null;
}

/** It is part of a case or of a request between desks, and so for the desks that are in it. */
export function isCaseWork(object: StixObject): boolean {
  return noteClaim(object) !== null || caseTitleOf(object) !== null;
}
