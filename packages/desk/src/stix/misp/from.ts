import { gongjoId, type StixId } from '../id.ts';
import type { StixObject } from '../model/index.ts';
import { OBJECTS_MAX } from '../read.ts';
import { type Finding, isRecord, shapeFault } from '../shape.ts';
import { addAttribute } from './attribute.ts';
import { Collection, type Context, type Path } from './collection.ts';
import { type MispEvent, zMispEvent, zMispObject, zMispReport } from './event.ts';
import { addGalaxies, mispEpoch } from './galaxy.ts';
import { labelled, mispLabel } from './label.ts';
import { markingRefs, unmarked } from './mark.ts';
import { addObject, addReferences } from './object.ts';
import { stixTime } from './time.ts';

/** An export of a MISP server may hold several events; more than this is sent in parts. */
export const MISP_EVENTS_MAX = 100;

/** Enough to repair a document; the rest would only repeat it. */
export const MISP_FINDINGS_MAX = 1_000;

export interface MispReading {
  readonly objects: readonly StixObject[];
  /** What is wrong, contradictory or left out. */
  readonly findings: readonly Finding[];
  /** What came along without a meaning in STIX: as a note, a label or a property of MISP's. */
  readonly kept: readonly Finding[];
}

/**
 * Reads MISP events (an event, `{Event}`, `{response: […]}` or a list of them) as STIX 2.1 objects. Never throws. Identifiers
 * come from MISP's UUIDs and from values, so the same event read again gives the same objects.
 */
export function fromMisp(json: unknown): MispReading {
  const collection = new Collection();
  const shape = shapeFault(json, []);
  if (shape !== null) return { objects: [], findings: [shape], kept: [] };
  for (const { event, path } of eventsOf(json, collection)) addEvent(event, collection, path);
  return {
    objects: collection.objects,
    findings: collection.findings.slice(0, MISP_FINDINGS_MAX),
    kept: collection.kept.slice(0, MISP_FINDINGS_MAX),
  };
}

interface Found {
  readonly event: unknown;
  readonly path: Path;
}

function eventsOf(json: unknown, collection: Collection): Found[] {
  const one = (value: unknown, path: Path): Found =>
    isRecord(value) && value.Event !== undefined
      ? { event: value.Event, path: [...path, 'Event'] }
      : { event: value, path };
  const list = isRecord(json) && json.response !== undefined ? json.response : json;
  if (!Array.isArray(list)) return [one(list, list === json ? [] : ['response'])];
  const base = list === json ? [] : ['response'];
  if (list.length > MISP_EVENTS_MAX)
    collection.wrong(base, `more than ${MISP_EVENTS_MAX} events; the rest is left out`);
  return list.slice(0, MISP_EVENTS_MAX).map((value, i) => one(value, [...base, i]));
}

/** Korean is told from the script, so that a reader in the other language knows what to translate. */
const isKorean = (text: string): boolean => /\p{Script=Hangul}/u.test(text);

function addEvent(json: unknown, collection: Collection, path: Path): void {
  const event = collection.read(zMispEvent, json, path, 'a MISP event');
  if (event === null) return;
  const time = eventTime(event, collection, path);
  const { marks, tags } = collection.tagged(event.Tag, unmarked, path);
  const author = event.Orgc
    ? { created_by_ref: addAuthor(event.Orgc, time, collection, path, markingRefs(marks)) }
    : {};
  const id = collection.id(event.published ? 'report' : 'grouping', event.uuid, path);
  const context: Context = { collection, event: id, author, marks, time };
  collection.stands(event.uuid, id);
  const before = new Set(collection.objects.map((it) => it.id));
  const galaxies = addGalaxies(event.Galaxy, context, marks, path);
  addParts(event, context, path);
  const refs = collection.objects.map((it) => it.id).filter((it) => !before.has(it) && !isFrame(it));
  const [first, ...rest] = [...new Set([...galaxies.ids, ...refs])];
  collection.add({
    spec_version: '2.1',
    id,
    ...author,
    created: time,
    modified: time,
    ...(event.published
      ? { type: 'report', published: stixTime(event.publish_timestamp) ?? time }
      : { type: 'grouping', context: 'suspicious-activity' }),
    name: event.info,
    ...(isKorean(event.info) ? { lang: 'ko' } : {}),
    object_refs: first === undefined ? [author.created_by_ref ?? anonymous(time, collection)] : [first, ...rest],
    ...labelled([...eventLabels(event, time), ...tags, ...galaxies.tags]),
    ...markingRefs(marks),
  } as StixObject);
}

/** Authors and markings are about the event, not in it. */
const isFrame = (id: string): boolean => /^(identity|marking-definition)--/.test(id);

function addParts(event: MispEvent, context: Context, path: Path): void {
  const { collection } = context;
  const parts: [string, readonly unknown[], (json: unknown, at: Path) => void][] = [
    ['Attribute', event.Attribute, (json, at) => addAttribute(json, context, at)],
    ['Object', event.Object, (json, at) => addObject(json, context, at)],
    ['EventReport', event.EventReport, (json, at) => addReport(json, context, at)],
  ];
  for (const [key, list, add] of parts) {
    for (const [i, json] of list.entries()) {
      if (collection.size >= OBJECTS_MAX) {
        collection.wrong([...path, key, i], `more than ${OBJECTS_MAX} objects; the rest is left out`);
        return;
      }
      add(json, [...path, key, i]);
    }
  }
  for (const [i, json] of event.Object.entries()) {
    const object = zMispObject.safeParse(json).data;
    if (object !== undefined) addReferences(object, context, [...path, 'Object', i]);
  }
}

function eventTime(event: MispEvent, collection: Collection, path: Path): string {
  const time = stixTime(event.timestamp);
  if (time !== null) return time;
  const day = Date.parse(`${event.date ?? ''}T00:00:00Z`);
  collection.wrong([...path, 'timestamp'], 'no time of the event; its date stands for it');
  return Number.isFinite(day) ? new Date(day).toISOString() : mispEpoch;
}

function addAuthor(
  organisation: { readonly uuid: string; readonly name: string },
  time: string,
  collection: Collection,
  path: Path,
  marking: { readonly object_marking_refs?: StixId[] },
): StixId {
  return collection.add({
    type: 'identity',
    spec_version: '2.1',
    id: collection.id('identity', organisation.uuid, [...path, 'Orgc']),
    created: mispEpoch,
    modified: time,
    name: organisation.name,
    identity_class: 'organization',
    ...marking,
  } as StixObject);
}

/** An event with neither content nor author still refers to something: STIX has no empty lists. */
function anonymous(time: string, collection: Collection): StixId {
  return collection.add({
    type: 'identity',
    spec_version: '2.1',
    id: gongjoId('identity', 'misp', 'anonymous'),
    created: mispEpoch,
    modified: time,
    name: 'Unknown author',
    identity_class: 'unknown',
  } as StixObject);
}

/** MISP's own values for "not said"; they are not carried. */
const UNDEFINED_THREAT_LEVEL = '4';
const INITIAL_ANALYSIS = '0';

function eventLabels(event: MispEvent, time: string): string[] {
  const { threat_level_id: threat, analysis, extends_uuid: extended } = event;
  return [
    mispLabel('date', event.date ?? time.slice(0, 10)),
    ...(threat && threat !== UNDEFINED_THREAT_LEVEL ? [mispLabel('threat-level', threat)] : []),
    ...(analysis && analysis !== INITIAL_ANALYSIS ? [mispLabel('analysis', analysis)] : []),
    ...(extended ? [mispLabel('extends', extended)] : []),
  ];
}

function addReport(json: unknown, context: Context, path: Path): void {
  const { collection } = context;
  const report = collection.read(zMispReport, json, path, 'an event report');
  if (report === null) return;
  const time = stixTime(report.timestamp) ?? context.time;
  if (!report.content) {
    collection.wrong([...path, 'content'], 'an empty report, left out');
    return;
  }
  const id = collection.add({
    type: 'note',
    spec_version: '2.1',
    id: collection.id('note', report.uuid, path),
    ...context.author,
    created: time,
    modified: time,
    ...(report.deleted ? { revoked: true } : {}),
    abstract: report.name,
    content: report.content,
    ...(isKorean(report.content) ? { lang: 'ko' } : {}),
    object_refs: [context.event],
    ...labelled([mispLabel('data-layer', 'EventReport')]),
    ...markingRefs(context.marks),
  } as StixObject);
  collection.stands(report.uuid, id);
}
