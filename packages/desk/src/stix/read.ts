import type { z } from 'zod';
import { canonicalJson } from '../kernel/index.ts';
import { extensionSchemaOf, gongjoExtension, gongjoPart } from './extension.ts';
import { zRefTo } from './id.ts';
import { isObservable, type StixObject, schemaOf, zStixObject } from './model/index.ts';
import { type Finding, isRecord, pointer, shapeFault } from './shape.ts';
import { tlpDefinitionFault } from './tlp.ts';

/** All of ATT&CK for ICS is 1,826 objects; a delivery about one incident has hundreds. Larger ones are sent in parts. */
export const OBJECTS_MAX = 10_000;

/** Enough to repair a document; the rest would only repeat it. */
export const FINDINGS_MAX = 100;

/** What a document holds, and what is wrong with it. Objects are as they came: nothing is added, renamed or dropped. */
export interface Reading {
  readonly objects: readonly StixObject[];
  readonly findings: readonly Finding[];
}

/** Pairs of times of which the second may not be before the first (sections 3.2, 4.7, 5.1, 5.2). */
const ordered = [
  ['created', 'modified'],
  ['valid_from', 'valid_until'],
  ['start_time', 'stop_time'],
  ['first_seen', 'last_seen'],
] as const;

/** Section 3.1: names of properties are lower-case letters, digits and underscores. */
const propertyName = /^[a-z0-9_]+$/;

type Path = readonly PropertyKey[];

function schemaFindings(schema: z.ZodType, value: unknown, path: Path): Finding[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return issues.map((issue) => ({ path: pointer([...path, ...issue.path]), detail: issue.message }));
}

/** STIX 2.0 is another language that looks the same; reading it as 2.1 would be guessing. */
function versionFault(version: unknown): string | null {
  if (version === '2.1') return null;
  return `STIX ${typeof version === 'string' ? version.slice(0, 20) : 'of an unknown version'}; only STIX 2.1 is read`;
}

function objectVersionFault(object: StixObject): string | null {
  if (object.spec_version !== undefined) return versionFault(object.spec_version);
  return isObservable(object) ? null : 'missing; STIX 2.1 requires it, objects of STIX 2.0 have none';
}

function propertyFindings(object: StixObject, path: Path): Finding[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const at = pointer([...path, name]);
    if (!propertyName.test(name)) return [{ path: at, detail: 'not the name of a property' }];
    if (value === null) return [{ path: at, detail: 'null is not a value in STIX' }];
    return Array.isArray(value) && value.length === 0 ? [{ path: at, detail: 'an empty list' }] : [];
  });
}

function orderFindings(object: StixObject, path: Path): Finding[] {
  return ordered.flatMap(([first, second]) => {
    const early = object[first];
    const late = object[second];
    const wrong = typeof early === 'string' && typeof late === 'string' && Date.parse(late) < Date.parse(early);
    return wrong ? [{ path: pointer([...path, second]), detail: `before ${first}` }] : [];
  });
}

function objectFindings(value: unknown, path: Path): Finding[] {
  const shape = shapeFault(value, path);
  if (shape !== null) return [shape];
  const basic = zStixObject.safeParse(value);
  if (!basic.success) return schemaFindings(zStixObject, value, path);
  const object = basic.data;
  const version = objectVersionFault(object);
  if (version !== null) return [{ path: pointer([...path, 'spec_version']), detail: version }];
  const findings = [
    ...schemaFindings(schemaOf(object), object, path),
    ...propertyFindings(object, path),
    ...orderFindings(object, path),
  ];
  if (!object.id.startsWith(`${object.type}--`)) {
    findings.push({ path: pointer([...path, 'id']), detail: `the id of another type than ${object.type}` });
  }
  if (gongjoPart(object) !== undefined) {
    const at = [...path, 'extensions', gongjoExtension];
    findings.push(...schemaFindings(extensionSchemaOf(object.type), gongjoPart(object), at));
  }
  const tlpFault = object.type === 'marking-definition' ? tlpDefinitionFault(object) : null;
  if (tlpFault !== null) findings.push({ path: pointer(path), detail: tlpFault });
  return findings;
}

/** The list of objects of a bundle (STIX 2.1 section 8) or an envelope (TAXII 2.1 section 3.7), or what is wrong. */
function listOf(json: unknown): readonly unknown[] | Finding {
  if (!isRecord(json)) return { path: '', detail: 'neither a STIX bundle nor a TAXII envelope' };
  if (json.type !== undefined && json.type !== 'bundle') return { path: '/type', detail: 'not a bundle' };
  const version = json.spec_version === undefined ? null : versionFault(json.spec_version);
  if (version !== null) return { path: '/spec_version', detail: version };
  if (json.type === 'bundle' && !zRefTo('bundle').safeParse(json.id).success) {
    return { path: '/id', detail: 'not the id of a bundle' };
  }
  if (json.objects === undefined) return [];
  if (!Array.isArray(json.objects)) return { path: '/objects', detail: 'not a list' };
  if (json.objects.length > OBJECTS_MAX) return { path: '/objects', detail: `more than ${OBJECTS_MAX} objects` };
  return json.objects;
}

/** Observables have no versions. */
const versionKey = (object: StixObject): string =>
  typeof object.modified === 'string' ? `${object.id} ${object.modified}` : object.id;

/**
 * Reads a bundle or an envelope from a stranger. Never throws; a document that is refused as a whole gives no objects and
 * one finding. An object with a finding is not among the objects. The same version given twice is given once; with two
 * different contents, the second is a finding. Reading ends at the bound on findings.
 */
export function readObjects(json: unknown): Reading {
  const list = listOf(json);
  if ('detail' in list) return { objects: [], findings: [list] };
  const findings: Finding[] = [];
  const objects = new Map<string, StixObject>();
  for (const [i, value] of list.entries()) {
    const path = ['objects', i];
    const faults = objectFindings(value, path);
    if (faults.length === 0) {
      // The value itself is kept, not the schema's copy of it, which has its properties in another order.
      const object = value as StixObject;
      const key = versionKey(object);
      const earlier = objects.get(key);
      if (earlier === undefined) objects.set(key, object);
      else if (canonicalJson(earlier) !== canonicalJson(object)) {
        faults.push({ path: pointer(path), detail: 'the same version stands here before with other content' });
      }
    }
    findings.push(...faults);
    if (findings.length >= FINDINGS_MAX) break;
  }
  return { objects: [...objects.values()], findings: findings.slice(0, FINDINGS_MAX) };
}
