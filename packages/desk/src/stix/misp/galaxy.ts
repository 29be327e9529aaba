import type { StixId } from '../id.ts';
import { gongjoId } from '../id.ts';
import type { StixObject } from '../model/index.ts';
import type { Context, Path } from './collection.ts';
import type { MispCluster, MispGalaxy } from './event.ts';
import { labelled, mispLabel } from './label.ts';
import { type Marks, markingRefs } from './mark.ts';

/**
 * Clusters of MISP's galaxies – threat actors, intrusion sets, malware and the like – as the STIX objects that mean the
 * same. Those of ATT&CK carry ATT&CK's own UUIDs, so they keep their identity. A cluster of any other galaxy stays the
 * tag that it also is: `misp-galaxy:sector="Finance"`.
 */

const typeOf: ReadonlyMap<string, string> = new Map([
  ['threat-actor', 'threat-actor'],
  ...['mitre-intrusion-set', 'microsoft-activity-group'].map((it) => [it, 'intrusion-set'] as const),
  ...['ransomware', 'mitre-malware', 'malpedia', 'rat', 'banker', 'botnet', 'stealer', 'backdoor', 'cryptominers'].map(
    (it) => [it, 'malware'] as const,
  ),
  ...['mitre-tool', 'tool'].map((it) => [it, 'tool'] as const),
  ['mitre-attack-pattern', 'attack-pattern'],
  ['mitre-course-of-action', 'course-of-action'],
]);

/** The galaxy that a STIX type goes to when it did not come from one. */
export const galaxyOf: ReadonlyMap<string, { readonly type: string; readonly name: string }> = new Map([
  ['threat-actor', { type: 'threat-actor', name: 'Threat Actor' }],
  ['intrusion-set', { type: 'mitre-intrusion-set', name: 'Intrusion Set' }],
  ['malware', { type: 'mitre-malware', name: 'Malware' }],
  ['tool', { type: 'mitre-tool', name: 'mitre-tool' }],
  ['attack-pattern', { type: 'mitre-attack-pattern', name: 'Attack Pattern' }],
  ['course-of-action', { type: 'mitre-course-of-action', name: 'Course of Action' }],
]);

/** Keys of `meta` that have a place of their own in STIX. */
const placedMeta = ['synonyms', 'refs', 'external_id'];
const hasAliases: ReadonlySet<string> = new Set(['threat-actor', 'intrusion-set', 'malware', 'tool', 'attack-pattern']);

/** MISP does not say when an organisation or a cluster was first made; one time that never changes keeps its versions in order. */
export const mispEpoch = '1970-01-01T00:00:00.000Z';

export const galaxyTag = (type: string, value: string): string => `misp-galaxy:${type}="${value}"`;

/** Adds the clusters that are mapped. Returns them with the tag of each, and the tags of those that are not. */
export function addGalaxies(galaxies: readonly MispGalaxy[], context: Context, marks: Marks, path: Path) {
  const ids: StixId[] = [];
  const tags: string[] = [];
  for (const [i, galaxy] of galaxies.entries()) {
    for (const [k, cluster] of galaxy.GalaxyCluster.entries()) {
      const at = [...path, 'Galaxy', i, 'GalaxyCluster', k];
      tags.push(galaxyTag(galaxy.type, cluster.value));
      const type = typeOf.get(galaxy.type);
      if (type === undefined) context.collection.keep(at, `a cluster of the galaxy ${galaxy.type}, as a label`);
      else ids.push(addCluster(type, galaxy, cluster, context, marks, at));
    }
  }
  return { ids, tags };
}

function addCluster(
  type: string,
  galaxy: MispGalaxy,
  cluster: MispCluster,
  context: Context,
  marks: Marks,
  at: Path,
): StixId {
  const { collection } = context;
  const meta = Array.isArray(cluster.meta) ? {} : (cluster.meta ?? {});
  const texts = (key: string): string[] => textsIn(meta[key]);
  const synonyms = hasAliases.has(type) ? texts('synonyms') : [];
  const references = [
    ...texts('external_id').map((external_id) => ({ source_name: sourceOf(galaxy.type), external_id })),
    ...texts('refs').map((url) => ({ source_name: 'misp-galaxy', url })),
  ];
  const rest = Object.fromEntries(
    Object.entries(meta).filter(
      ([key, value]) =>
        (!placedMeta.includes(key) || (key === 'synonyms' && synonyms.length === 0)) && !isNothing(value),
    ),
  );
  if (Object.keys(rest).length > 0) collection.keep([...at, 'meta'], 'further facts of a cluster, as x_misp_meta');
  const id = collection.add({
    type,
    spec_version: '2.1',
    id: collection.id(type, cluster.uuid, at),
    created: mispEpoch,
    modified: context.time,
    name: cluster.value,
    ...(cluster.description ? { description: cluster.description } : {}),
    ...(synonyms.length === 0 ? {} : { aliases: synonyms }),
    ...(type === 'malware' ? { is_family: true } : {}),
    ...(references.length === 0 ? {} : { external_references: references }),
    ...labelled([
      mispLabel('galaxy-type', galaxy.type),
      ...(galaxy.name === undefined ? [] : [mispLabel('galaxy-name', galaxy.name)]),
      ...(galaxy.uuid === undefined ? [] : [mispLabel('galaxy-uuid', galaxy.uuid)]),
    ]),
    ...(Object.keys(rest).length === 0 ? {} : { x_misp_meta: rest }),
    ...markingRefs(marks),
  } as StixObject);
  collection.stands(cluster.uuid, id);
  for (const [i] of (cluster.GalaxyClusterRelation ?? []).entries()) {
    collection.wrong(
      [...at, 'GalaxyClusterRelation', i],
      'relations of a galaxy are not carried; they belong to the galaxy',
    );
  }
  return id;
}

/** Empty and placeholder values, which STIX does not take. */
const isNothing = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && (value.length === 0 || value.includes(null)));

const sourceOf = (galaxyType: string): string => (galaxyType.startsWith('mitre-') ? 'mitre-attack' : 'misp-galaxy');

/** STIX 2.1 section 4.7: what an indicator can indicate. Anything else is only related. */
const indicated: ReadonlySet<string> = new Set(['attack-pattern', 'intrusion-set', 'malware', 'threat-actor', 'tool']);

/** Ties an attribute's object to a cluster that it carries. */
export function relate(source: StixId, target: StixId, context: Context, time: string, marks: Marks): void {
  const [targetType = ''] = target.split('--');
  const type = source.startsWith('indicator--') && indicated.has(targetType) ? 'indicates' : 'related-to';
  addRelationship(type, source, target, context, time, marks);
}

export function addRelationship(
  type: string,
  source: StixId,
  target: StixId,
  context: Context,
  time: string,
  marks: Marks,
): void {
  context.collection.add({
    type: 'relationship',
    spec_version: '2.1',
    id: gongjoId('relationship', 'misp', type, source, target),
    ...context.author,
    created: time,
    modified: time,
    relationship_type: type,
    source_ref: source,
    target_ref: target,
    ...markingRefs(marks),
  } as StixObject);
}

function textsIn(value: unknown): string[] {
  return [value].flat().filter((it) => typeof it === 'string' && it !== '') as string[];
}
