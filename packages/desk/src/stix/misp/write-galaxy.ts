import type { StixObject } from '../model/index.ts';
import { isRecord } from '../shape.ts';
import { galaxyOf, galaxyTag } from './galaxy.ts';
import { readLabels } from './label.ts';
import type { MispEntry, Sheet } from './sheet.ts';

const keys = ['galaxy-type', 'galaxy-name', 'galaxy-uuid'];

function galaxyFacts(object: StixObject) {
  const { facts } = readLabels(object.labels, keys);
  const known = galaxyOf.get(object.type);
  const type = facts.get('galaxy-type') ?? known?.type ?? object.type;
  return {
    type,
    name: facts.get('galaxy-name') ?? (facts.has('galaxy-type') ? null : known?.name),
    uuid: facts.get('galaxy-uuid'),
  };
}

/** The tag that MISP matches a cluster by. */
export function clusterTag(object: StixObject): string {
  return galaxyTag(galaxyFacts(object).type, String(object.name));
}

interface Group {
  readonly galaxy: MispEntry;
  readonly clusters: MispEntry[];
}

export function writeGalaxies(objects: readonly StixObject[]): MispEntry[] {
  const groups = new Map<string, Group>();
  for (const object of objects) {
    const { type, name, uuid } = galaxyFacts(object);
    const key = JSON.stringify([type, name, uuid]);
    const galaxy = { ...(uuid === undefined ? {} : { uuid }), type, ...(name ? { name } : {}) };
    const group: Group = groups.get(key) ?? { galaxy, clusters: [] };
    group.clusters.push(cluster(object, type));
    groups.set(key, group);
  }
  return [...groups.values()].map(({ galaxy, clusters }) => ({ ...galaxy, GalaxyCluster: clusters }));
}

function cluster(object: StixObject, type: string): MispEntry {
  const references: unknown[] = Array.isArray(object.external_references) ? object.external_references : [];
  const texts = (key: string) =>
    references.map((it) => (isRecord(it) ? it[key] : undefined)).filter((it) => typeof it === 'string');
  const listed = { synonyms: object.aliases ?? [], external_id: texts('external_id'), refs: texts('url') };
  const placed = Object.fromEntries(
    Object.entries(listed).filter(([, value]) => Array.isArray(value) && value.length > 0),
  );
  return {
    uuid: object.id.slice(-36),
    type,
    value: object.name,
    tag_name: galaxyTag(type, String(object.name)),
    ...(typeof object.description === 'string' ? { description: object.description } : {}),
    meta: { ...(isRecord(object.x_misp_meta) ? object.x_misp_meta : {}), ...placed },
  };
}

/** The clusters that these objects are tied to; the ties are said by where the clusters stand. */
export function clustersOf(ids: readonly string[], sheet: Sheet): StixObject[] {
  const found = new Map<string, StixObject>();
  for (const tie of ids.flatMap((id) => sheet.relationshipsOf(id))) {
    const target = sheet.byId.get(String(tie.target_ref));
    const isTie = tie.relationship_type === 'indicates' || tie.relationship_type === 'related-to';
    if (target === undefined || !galaxyOf.has(target.type) || !isTie || isReference(tie)) continue;
    sheet.used.add(tie.id).add(target.id);
    found.set(target.id, target);
  }
  return [...found.values()];
}

export function isReference(relationship: StixObject): boolean {
  return readLabels(relationship.labels, ['data-layer']).facts.get('data-layer') === 'ObjectReference';
}
