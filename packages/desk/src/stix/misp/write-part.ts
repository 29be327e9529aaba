import type { StixObject } from '../model/index.ts';
import { isRecord } from '../shape.ts';
import { readLabels } from './label.ts';
import { valueAt } from './observable.ts';
import type { MispEntry, Sheet } from './sheet.ts';
import { mispSeconds, mispTime } from './time.ts';
import { clustersOf, clusterTag, isReference, writeGalaxies } from './write-galaxy.ts';

/** The way back for what an attribute, an object or a report of a MISP event became. */

/** "As the event around": MISP's word for a part that has no distribution of its own. */
const INHERIT = '5';

const attributeKeys = ['type', 'category', 'to_ids'];
const objectKeys = ['name', 'meta-category', 'template-uuid', 'template-version', 'to_ids'];

const text = (key: string, value: unknown): MispEntry =>
  typeof value === 'string' && value !== '' ? { [key]: value } : {};
const deleted = (object: StixObject): MispEntry => (object.revoked === true ? { deleted: true } : {});

export function writeObserved(object: StixObject, sheet: Sheet): void {
  const asObject = readLabels(object.labels, objectKeys);
  const indicator = sheet.byId.get(`indicator--${sheet.uuid(object.id)}`);
  if (asObject.facts.has('name')) {
    writeObject(object, indicator, asObject.facts, sheet);
    return;
  }
  const { facts, tags } = readLabels(object.labels, attributeKeys);
  const type = facts.get('type');
  const found = refsOf(object).flatMap((ref) => sheet.byId.get(ref) ?? []);
  const value = type === undefined ? null : valueAt(type, found);
  if (type === undefined || value === null) return;
  const isDetected = facts.has('to_ids') && indicator !== undefined;
  sheet.attributes.push({
    ...attributeHead(object, sheet),
    type,
    ...text('category', facts.get('category')),
    value,
    to_ids: isDetected,
    ...text('comment', isDetected ? indicator.description : object.x_misp_comment),
    ...seenOf(object),
    ...tagged(object, indicator, tags, sheet),
  });
  use(object, indicator, sheet);
}

function attributeHead(object: StixObject, sheet: Sheet): MispEntry {
  return {
    uuid: sheet.uuid(object.id),
    timestamp: mispSeconds(object.modified),
    distribution: INHERIT,
    ...deleted(object),
  };
}

function tagged(
  object: StixObject,
  indicator: StixObject | undefined,
  tags: readonly string[],
  sheet: Sheet,
): MispEntry {
  const clusters = clustersOf([object.id, ...(indicator ? [indicator.id] : [])], sheet);
  const own = clusters.filter((it) => tags.includes(clusterTag(it)));
  return { Tag: sheet.tags(tags, object), Galaxy: writeGalaxies(own) };
}

function refsOf(object: StixObject): string[] {
  return Array.isArray(object.object_refs) ? object.object_refs.map(String) : [];
}

function use(object: StixObject, indicator: StixObject | undefined, sheet: Sheet): void {
  for (const id of [object.id, ...refsOf(object)]) sheet.used.add(id);
  if (indicator === undefined) return;
  sheet.used.add(indicator.id);
  for (const it of sheet.relationshipsOf(indicator.id)) {
    if (it.relationship_type === 'based-on' && it.target_ref === object.id) sheet.used.add(it.id);
  }
}

/** MISP leaves out what the attribute's own time already says. */
function seenOf(object: StixObject): MispEntry {
  const [first, last] = [String(object.first_observed), String(object.last_observed)];
  if (first === last && first === object.modified) return {};
  return { first_seen: mispTime(first), ...(last === first ? {} : { last_seen: mispTime(last) }) };
}

function writeObject(
  object: StixObject,
  indicator: StixObject | undefined,
  facts: ReadonlyMap<string, string>,
  sheet: Sheet,
): void {
  const clusters = clustersOf([object.id, ...(indicator ? [indicator.id] : [])], sheet);
  const entries = Array.isArray(object.x_misp_attributes) ? object.x_misp_attributes.filter(isRecord) : [];
  sheet.mispObjects.push({
    uuid: sheet.uuid(object.id),
    name: facts.get('name'),
    ...text('meta-category', facts.get('meta-category')),
    ...text('template_uuid', facts.get('template-uuid')),
    ...text('template_version', facts.get('template-version')),
    timestamp: mispSeconds(object.modified),
    distribution: INHERIT,
    ...deleted(object),
    ...text('comment', object.x_misp_comment),
    ...(object.type === 'note' ? {} : seenOf(object)),
    Attribute: entries.map((it) => member(it, clusters)),
    ObjectReference: references(object, sheet),
  });
  use(object, indicator, sheet);
}

function member({ tags, ...entry }: Readonly<Record<string, unknown>>, clusters: readonly StixObject[]): MispEntry {
  const names = Array.isArray(tags) ? tags.map(String) : [];
  const own = clusters.filter((it) => names.includes(clusterTag(it)));
  return {
    to_ids: false,
    distribution: INHERIT,
    ...entry,
    Tag: names.map((name) => ({ name })),
    Galaxy: writeGalaxies(own),
  };
}

function references(object: StixObject, sheet: Sheet): MispEntry[] {
  return sheet
    .relationshipsOf(object.id)
    .filter(isReference)
    .map((it) => {
      sheet.used.add(it.id);
      return {
        uuid: sheet.uuid(it.id),
        object_uuid: sheet.uuid(object.id),
        referenced_uuid: sheet.uuid(String(it.target_ref)),
        relationship_type: it.relationship_type,
        ...text('comment', it.description),
        timestamp: mispSeconds(it.modified),
        ...deleted(it),
      };
    });
}

/** A note is an attribute or an object that STIX has no observable for, or else a report to be read. */
export function writeNote(object: StixObject, sheet: Sheet): void {
  const asObject = readLabels(object.labels, objectKeys);
  if (asObject.facts.has('name')) {
    writeObject(object, undefined, asObject.facts, sheet);
    return;
  }
  const { facts, tags } = readLabels(object.labels, attributeKeys);
  const type = facts.get('type');
  sheet.used.add(object.id);
  if (type !== undefined) {
    sheet.attributes.push({
      ...attributeHead(object, sheet),
      type,
      ...text('category', facts.get('category')),
      value: object.content,
      to_ids: facts.has('to_ids'),
      ...text('comment', object.x_misp_comment),
      ...(typeof object.x_misp_first_seen === 'string' ? { first_seen: mispTime(object.x_misp_first_seen) } : {}),
      ...(typeof object.x_misp_last_seen === 'string' ? { last_seen: mispTime(object.x_misp_last_seen) } : {}),
      ...tagged(object, undefined, tags, sheet),
    });
    return;
  }
  sheet.reports.push({
    uuid: sheet.uuid(object.id),
    name: typeof object.abstract === 'string' && object.abstract !== '' ? object.abstract : 'Note',
    content: object.content,
    timestamp: mispSeconds(object.modified),
    distribution: INHERIT,
    ...deleted(object),
  });
}
