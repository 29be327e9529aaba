import { canonicalJson } from '../kernel/index.ts';
import { objectFindings, versionFault } from './check.ts';
import { type StixId, zRefTo, zStixId } from './id.ts';
import type { StixObject } from './model/index.ts';
import { type Finding, isRecord, NODES_MAX, nodesWithin, pointer } from './shape.ts';
import { timeKey } from './time.ts';

/** All of ATT&CK for ICS is 1,826 objects; a delivery about one incident has hundreds. Larger ones are sent in parts. */
export const OBJECTS_MAX = 10_000;

/** How much of a document is read. */
export interface ReadBounds {
  readonly objectsMax: number;
  readonly nodesMax: number;
}

const deliveryBounds: ReadBounds = { objectsMax: OBJECTS_MAX, nodesMax: NODES_MAX };

/** For a file that a person names, once: all of ATT&CK for Enterprise is 25,000 objects and under two million values. */
export const fileBounds: ReadBounds = { objectsMax: 200_000, nodesMax: 10_000_000 };

/** Enough to repair a document; the rest would only repeat it. */
export const FINDINGS_MAX = 100;

/** Enough to repair an object. */
export const FINDINGS_OF_OBJECT_MAX = 10;

/** An object of a document that is not among its objects, and why. */
export interface Rejected {
  /** Its place in the document's list. */
  readonly index: number;
  /** Where it has one that can be read. */
  readonly id: StixId | null;
  /** At least one, at most `FINDINGS_OF_OBJECT_MAX`; only the first where the document has `FINDINGS_MAX` already. */
  readonly findings: readonly Finding[];
}

/** What a document holds, and what is wrong with it. Objects are as they came: nothing is added, renamed or dropped. */
export interface Reading {
  readonly objects: readonly StixObject[];
  /** The first `FINDINGS_MAX` of all, those about the document as a whole included. */
  readonly findings: readonly Finding[];
  /** Every object that is not among `objects`, but for repetitions. Empty where the document is refused as a whole. */
  readonly rejected: readonly Rejected[];
  /** The document was refused as a whole, and `findings` has the one reason. */
  readonly refused: boolean;
}

/** The list of objects of a bundle (STIX 2.1 section 8) or an envelope (TAXII 2.1 section 3.7), or what is wrong. */
function listOf(json: unknown, { objectsMax, nodesMax }: ReadBounds): readonly unknown[] | Finding {
  if (!isRecord(json)) return { path: '', detail: 'neither a STIX bundle nor a TAXII envelope' };
  if (json.type !== undefined && json.type !== 'bundle') return { path: '/type', detail: 'not a bundle' };
  const version = json.spec_version === undefined ? null : versionFault(json.spec_version);
  if (version !== null) return { path: '/spec_version', detail: version };
  if (json.type === 'bundle' && !zRefTo('bundle').safeParse(json.id).success) {
    return { path: '/id', detail: 'not the id of a bundle' };
  }
  if (json.objects === undefined) return [];
  if (!Array.isArray(json.objects)) return { path: '/objects', detail: 'not a list' };
  if (json.objects.length > objectsMax) return { path: '/objects', detail: `more than ${objectsMax} objects` };
  if (!nodesWithin(json.objects, nodesMax)) return { path: '/objects', detail: `more than ${nodesMax} values` };
  return json.objects;
}

/** Observables have no versions. One time may be spelt with more or fewer zeros. */
const versionKey = (object: StixObject): string =>
  typeof object.modified === 'string' ? `${object.id} ${timeKey(object.modified)}` : object.id;

/**
 * Reads a bundle or an envelope from a stranger. Never throws; a document that is refused as a whole gives no objects and
 * one finding. An object with a finding is not among the objects, and the others are. The same version given twice is given
 * once; with two different contents, the second is rejected.
 */
export function readObjects(json: unknown, bounds: ReadBounds = deliveryBounds): Reading {
  const list = listOf(json, bounds);
  if ('detail' in list) return { objects: [], findings: [list], rejected: [], refused: true };
  const findings: Finding[] = [];
  const rejected: Rejected[] = [];
  const objects = new Map<string, StixObject>();
  for (const [index, value] of list.entries()) {
    const faults = faultsOf(value, index, objects);
    if (faults.length === 0) continue;
    const told = faults.slice(0, findings.length < FINDINGS_MAX ? FINDINGS_OF_OBJECT_MAX : 1);
    rejected.push({ index, id: idOf(value), findings: told });
    if (findings.length < FINDINGS_MAX) findings.push(...told);
  }
  return { objects: [...objects.values()], findings: findings.slice(0, FINDINGS_MAX), rejected, refused: false };
}

function faultsOf(value: unknown, index: number, objects: Map<string, StixObject>): Finding[] {
  const path = ['objects', index];
  const faults = objectFindings(value, path);
  if (faults.length > 0) return faults;
  // The value itself is kept, not the schema's copy of it, which has its properties in another order.
  const object = value as StixObject;
  const key = versionKey(object);
  const earlier = objects.get(key);
  if (earlier === undefined) {
    objects.set(key, object);
    return [];
  }
  if (canonicalJson(earlier) === canonicalJson(object)) return [];
  return [{ path: pointer(path), detail: 'the same version stands here before with other content' }];
}

function idOf(value: unknown): StixId | null {
  return isRecord(value) ? (zStixId.safeParse(value.id).data ?? null) : null;
}
