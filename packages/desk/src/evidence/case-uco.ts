import { createHash } from 'node:crypto';
import type { Trace } from '@gongjo/contract';
import { canonicalJson } from '../kernel/index.ts';
import { type Manifest, manifestFile } from './archive/manifest.ts';
import type { Sums } from './archive/sums.ts';
import { fingerprint } from './archive/thumbprint.ts';
import type { CustodyFile, TagsFile } from './content.ts';
import { reportTexts } from './texts.ts';

/**
 * A package as CASE 1.4 / UCO 1.4 in JSON-LD, as forensic tools exchange investigations: the investigation, the action that
 * traced the value with its tool and performer, the files of the package with their digests, every address as a digital
 * address, every hop as a relationship between two, and the chain of custody as provenance records. UCO has no class for a
 * transfer of a crypto asset; the relation carries transaction, amount and rule as its description. Identifiers follow from the
 * package, so that the same package gives the same document.
 */
export interface CaseParts {
  readonly manifest: Manifest;
  readonly trace: Trace;
  readonly tags: TagsFile;
  readonly custody: CustodyFile;
  /** SHA-256 of the package, hexadecimal, and its size. */
  readonly sha256: string;
  readonly bytes: number;
}

type Node = { readonly '@id': string; readonly '@type': string } & Readonly<Record<string, unknown>>;

const context = {
  '@vocab': 'https://ontology.unifiedcyberontology.org/uco/local#',
  kb: 'urn:uuid:',
  'case-investigation': 'https://ontology.caseontology.org/case/investigation/',
  'uco-action': 'https://ontology.unifiedcyberontology.org/uco/action/',
  'uco-core': 'https://ontology.unifiedcyberontology.org/uco/core/',
  'uco-identity': 'https://ontology.unifiedcyberontology.org/uco/identity/',
  'uco-observable': 'https://ontology.unifiedcyberontology.org/uco/observable/',
  'uco-tool': 'https://ontology.unifiedcyberontology.org/uco/tool/',
  'uco-types': 'https://ontology.unifiedcyberontology.org/uco/types/',
  'uco-vocabulary': 'https://ontology.unifiedcyberontology.org/uco/vocabulary/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

const typed = (type: string, value: string | number | boolean) => ({ '@type': `xsd:${type}`, '@value': String(value) });
const ref = ({ '@id': id }: Node) => ({ '@id': id });

export function caseUco(parts: CaseParts): string {
  const { manifest, trace, tags, custody, sha256, bytes } = parts;
  const { incident, made, desk, program, tlp } = manifest;
  /** RFC 9562 section 5.8: a UUID of our own making, from the package and what it names. */
  const idOf = (kind: string, key: string): string => {
    const hex = createHash('sha256').update(`${sha256} ${kind} ${key}`).digest('hex');
    const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
    return `kb:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
  const node = (type: string, key: string, more: Readonly<Record<string, unknown>>): Node => ({
    '@id': idOf(type, key),
    '@type': type,
    ...more,
  });
  const facet = (type: string, key: string, more: Readonly<Record<string, unknown>>) =>
    node(`uco-observable:${type}`, key, more);
  const fileNode = (name: string, sums: Pick<Sums, 'bytes' | 'sha256'>) =>
    node('uco-observable:File', name, {
      'uco-core:hasFacet': [
        facet('FileFacet', name, {
          'uco-observable:fileName': name,
          'uco-observable:sizeInBytes': typed('integer', sums.bytes),
        }),
        facet('ContentDataFacet', name, {
          'uco-observable:hash': node('uco-types:Hash', name, {
            'uco-types:hashMethod': { '@type': 'uco-vocabulary:HashNameVocab', '@value': 'SHA256' },
            'uco-types:hashValue': typed('hexBinary', sums.sha256),
          }),
        }),
      ],
    });

  const performer = node('uco-identity:Organization', desk.desk, {
    'uco-core:name': desk.name.en,
    'uco-core:description': `${desk.name.ko}; ${desk.country}; key ${fingerprint(desk.key)}`,
  });
  const tool = node('uco-tool:Tool', 'gongjo', { 'uco-core:name': 'Gongjo', 'uco-tool:version': program });
  const archive = fileNode('package.tar', { bytes, sha256 });
  const files = manifest.files.map((it) => fileNode(it.name, it));
  const labels = new Map<string, string[]>();
  for (const { address, label, source } of tags.tags)
    labels.set(address, [...(labels.get(address) ?? []), `${label} (${source})`]);
  const addresses = new Map<string, Node>();
  const addressOf = (address: string): Node => {
    const known = addresses.get(address);
    if (known) return known;
    const named = labels.get(address);
    const made = node('uco-observable:DigitalAddress', address, {
      ...(named === undefined ? {} : { 'uco-core:description': named.join('; ') }),
      'uco-core:hasFacet': [
        facet('DigitalAddressFacet', address, {
          'uco-observable:addressValue': address,
          ...(named === undefined ? {} : { 'uco-observable:displayName': named[0] }),
        }),
      ],
    });
    addresses.set(address, made);
    return made;
  };
  const hops = trace.hops.flatMap((hop) => {
    if (hop.from === null || hop.to === null) return [];
    return [
      node('uco-observable:ObservableRelationship', `hop ${hop.id}`, {
        'uco-core:source': ref(addressOf(hop.from)),
        'uco-core:target': ref(addressOf(hop.to)),
        'uco-core:kindOfRelationship': 'Transferred_To',
        'uco-core:isDirectional': typed('boolean', true),
        'uco-core:startTime': typed('dateTime', hop.time),
        'uco-core:description': `${hop.txid}:${hop.ord} ${hop.units} ${hop.asset} (${hop.rule}, ${hop.certainty}, block ${hop.height})`,
      }),
    ];
  });
  for (const { address } of trace.stops) if (address !== null) addressOf(address);
  const provenance = [
    node('case-investigation:ProvenanceRecord', 'package', {
      'case-investigation:exhibitNumber': sha256,
      'uco-core:object': [ref(archive)],
      'uco-core:description': `Signed by ${desk.desk}; TLP:${tlp.toUpperCase()}; ${manifestFile} lists the files`,
    }),
    ...custody.records.map((it) =>
      node('case-investigation:ProvenanceRecord', `custody ${it.id}`, {
        'case-investigation:exhibitNumber': it.sha256,
        'uco-core:objectCreatedTime': typed('dateTime', it.at),
        'uco-core:description': `${it.direction === 'in' ? 'Received' : 'Handed out'}: ${it.name}; ${it.who}; ${it.why}`,
      }),
    ),
  ];
  const action = node('case-investigation:InvestigativeAction', 'trace', {
    'uco-core:name': 'Trace of the stolen value',
    'uco-core:description': canonicalJson(trace.question),
    'uco-action:startTime': typed('dateTime', made.at),
    'uco-action:endTime': typed('dateTime', made.at),
    'uco-action:performer': ref(performer),
    'uco-action:instrument': ref(tool),
    'uco-action:object': files.filter((_, n) => manifest.files[n]?.name === 'rows.json').map(ref),
    'uco-action:result': [ref(archive), ...provenance.slice(0, 1).map(ref)],
  });
  const investigation = node('case-investigation:Investigation', incident.id, {
    'uco-core:name': manifest.drill ? `${reportTexts.drill.en} ${incident.title.en}` : incident.title.en,
    'uco-core:description': `${incident.title.ko}; ${incident.id}; ${incident.chain}`,
    'case-investigation:focus': 'Theft of crypto assets',
    'uco-core:object': [action, performer, tool, archive, ...files, ...addresses.values(), ...hops, ...provenance].map(
      ref,
    ),
  });
  const graph = [
    investigation,
    action,
    performer,
    tool,
    archive,
    ...files,
    ...addresses.values(),
    ...hops,
    ...provenance,
  ];
  return `${canonicalJson({ '@context': context, '@graph': graph })}\n`;
}
