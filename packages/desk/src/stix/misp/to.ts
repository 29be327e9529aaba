import { gongjoId } from '../id.ts';
import type { StixObject } from '../model/index.ts';
import type { Finding } from '../shape.ts';
import { galaxyOf } from './galaxy.ts';
import { readLabels } from './label.ts';
import { Sheet } from './sheet.ts';
import { mispSeconds } from './time.ts';
import { clusterTag, writeGalaxies } from './write-galaxy.ts';
import { writeNative } from './write-native.ts';
import { writeNote, writeObserved } from './write-part.ts';

export interface MispWriting {
  readonly event: { readonly Event: Readonly<Record<string, unknown>> };
  /** What the event does not say, by its place in the list. */
  readonly left: readonly Finding[];
}

const eventKeys = ['date', 'threat-level', 'analysis', 'extends'];

/** Information shared by "your organisation only": who gets it further is decided by people on the MISP server, not by us. */
const OWN_ORGANISATION_ONLY = '0';

/**
 * Writes STIX objects as one MISP event (MISP core format, draft-dulaunoy-misp-core-format-20). Objects that `fromMisp` made
 * get back their UUIDs and properties, so that `fromMisp` of the result gives the same objects; others become the
 * attributes, objects, galaxies and reports that say the same. Markings become tags on whatever carries them.
 */
export function toMisp(objects: readonly StixObject[]): MispWriting {
  const container = containerOf(objects);
  const sheet = new Sheet(objects, container);
  for (const object of objects) {
    if (object.type === 'observed-data') writeObserved(object, sheet);
    else if (object.type === 'note') writeNote(object, sheet);
  }
  writeNative(sheet);
  const { facts, tags } = readLabels(container?.labels, eventKeys);
  const clusters = objects.filter((it) => galaxyOf.has(it.type));
  const onEvent = clusters.filter((it) => tags.includes(clusterTag(it)) || !sheet.used.has(it.id));
  const author = sheet.byId.get(
    String(container?.created_by_ref ?? objects.find((it) => it.created_by_ref)?.created_by_ref),
  );
  const organisation = author === undefined ? null : { uuid: sheet.uuid(author.id), name: String(author.name) };
  const threat = facts.get('threat-level') ?? '4';
  const galaxyTags = onEvent.map(clusterTag);
  for (const it of [container, author, ...onEvent]) if (it) sheet.used.add(it.id);
  const event = {
    uuid: sheet.uuid(container?.id ?? gongjoId('grouping', 'misp', ...objects.map(({ id }) => id))),
    info: typeof container?.name === 'string' && container.name !== '' ? container.name : 'STIX 2.1 objects',
    date: facts.get('date') ?? String(container?.created ?? sheet.time ?? '1970-01-01').slice(0, 10),
    timestamp: mispSeconds(sheet.time),
    ...(container?.type === 'report'
      ? { published: true, publish_timestamp: mispSeconds(container.published) }
      : { published: false, publish_timestamp: '0' }),
    threat_level_id: threat,
    analysis: facts.get('analysis') ?? '0',
    ...(facts.has('extends') ? { extends_uuid: facts.get('extends') } : {}),
    distribution: OWN_ORGANISATION_ONLY,
    ...(organisation === null ? {} : { Orgc: organisation, Org: organisation }),
    Tag: sheet.eventTags([...tags, ...galaxyTags]),
    Galaxy: writeGalaxies(onEvent),
    Attribute: sheet.attributes,
    Object: sheet.mispObjects,
    EventReport: sheet.reports,
  };
  return { event: { Event: event }, left: sheet.left() };
}

/** What stands for the event: a report or a grouping, or else an incident. */
function containerOf(objects: readonly StixObject[]): StixObject | null {
  const isMisp = (it: StixObject) =>
    Array.isArray(it.labels) && it.labels.some((label) => /^misp:date=/.test(String(label)));
  const reports = objects.filter(({ type }) => type === 'report' || type === 'grouping');
  return reports.find(isMisp) ?? reports[0] ?? objects.find(({ type }) => type === 'incident') ?? null;
}
