import type { z } from 'zod';
import { gongjoExtension, gongjoPart } from './extension.ts';
import { extensionSchemaOf } from './extension-schema.ts';
import { isObservable, type StixObject, schemaOf, zStixObject } from './model/index.ts';
import { selects } from './selector.ts';
import { type Finding, isRecord, pointer, shapeFault } from './shape.ts';
import { compareTimes } from './time.ts';
import { tlpDefinitionFault } from './tlp.ts';

/** What is wrong with one object, by STIX 2.1 and by our own extension. */

type Path = readonly PropertyKey[];

/** Pairs of times of which the second may not be before the first; `later`: nor at the same time. */
const ordered = [
  { first: 'created', second: 'modified', later: false }, // 3.2
  { first: 'valid_from', second: 'valid_until', later: true }, // 4.7
  { first: 'analysis_started', second: 'analysis_ended', later: false }, // 4.12
  { first: 'first_observed', second: 'last_observed', later: false }, // 4.14
  { first: 'start_time', second: 'stop_time', later: true }, // 5.1
  { first: 'first_seen', second: 'last_seen', later: false }, // 4.2, 5.2 and others
  { first: 'start', second: 'end', later: false }, // 6.12
  { first: 'validity_not_before', second: 'validity_not_after', later: false }, // 6.18
] as const;

/** Section 3.1: names of properties are lower-case letters, digits and underscores. */
const propertyName = /^[a-z0-9_]+$/;

const received = /received (\w+)/;

/** What a schema found, in plain words. */
function plainDetail(issue: z.core.$ZodIssue, value: unknown): string {
  if (valueThere(value, issue.path) === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value'))
    return 'missing';
  if (issue.code === 'invalid_type')
    return `${issue.expected} expected, not ${received.exec(issue.message)?.[1] ?? 'this'}`;
  if (issue.code === 'invalid_value') return `not one of: ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_union') return 'of none of the forms that it may have';
  return issue.message;
}

function valueThere(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[step] : undefined),
    value,
  );
}

function schemaFindings(schema: z.ZodType, value: unknown, path: Path): Finding[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return issues.map((issue) => ({ path: pointer([...path, ...issue.path]), detail: plainDetail(issue, value) }));
}

/** STIX 2.0 is another language that looks the same; reading it as 2.1 would be guessing. */
export function versionFault(version: unknown): string | null {
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
  return ordered.flatMap(({ first, second, later }) => {
    const early = object[first];
    const late = object[second];
    if (typeof early !== 'string' || typeof late !== 'string') return [];
    const order = compareTimes(late, early);
    if (order > 0 || (order === 0 && !later)) return [];
    return [{ path: pointer([...path, second]), detail: order < 0 ? `before ${first}` : `not after ${first}` }];
  });
}

/** Section 7.2.3.1: a selector that selects nothing would leave unmarked what its author meant to mark. */
function selectorFindings(object: StixObject, path: Path): Finding[] {
  const markings: readonly unknown[] = Array.isArray(object.granular_markings) ? object.granular_markings : [];
  return markings.flatMap((marking, i) => {
    const selectors: readonly unknown[] =
      isRecord(marking) && Array.isArray(marking.selectors) ? marking.selectors : [];
    return selectors.flatMap((selector, j) =>
      typeof selector !== 'string' || selects(object, selector)
        ? []
        : [
            {
              path: pointer([...path, 'granular_markings', i, 'selectors', j]),
              detail: 'selects nothing in this object',
            },
          ],
    );
  });
}

/** Everything that is wrong with an object; nothing, where it can be taken as it is. `path` is where it stands. */
export function objectFindings(value: unknown, path: Path): Finding[] {
  const shape = shapeFault(value, path);
  if (shape !== null) return [shape];
  const basic = zStixObject.safeParse(value);
  if (!basic.success) return schemaFindings(zStixObject, value, path);
  const object = basic.data;
  const version = objectVersionFault(object);
  if (version !== null) return [{ path: pointer([...path, 'spec_version']), detail: version }];
  const findings = [...schemaFindings(schemaOf(object), object, path), ...propertyFindings(object, path)];
  if (findings.length === 0) findings.push(...orderFindings(object, path), ...selectorFindings(object, path));
  if (!object.id.startsWith(`${object.type}--`)) {
    findings.push({ path: pointer([...path, 'id']), detail: `the id of another type than ${object.type}` });
  }
  if (gongjoPart(object) !== undefined) {
    const at = [...path, 'extensions', gongjoExtension];
    findings.push(...schemaFindings(extensionSchemaOf(object.type), gongjoPart(object), at));
  }
  const tlpFault = object.type === 'marking-definition' ? tlpDefinitionFault(object) : null;
  if (tlpFault !== null) findings.push({ path: pointer(path), detail: tlpFault });
  return distinct(findings);
}

/** An empty list is found by the schema and by the look at all properties. */
function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((it) => [`${it.path} ${it.detail}`, it])).values()];
}
