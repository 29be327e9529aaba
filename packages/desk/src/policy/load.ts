import {
  type DetailedError,
  type Policy,
  type PolicyJson,
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  preparseSchema,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';
import { zText } from '@gongjo/contract';
import { sha256 } from '@noble/hashes/sha2.js';
import { hexOf } from '../kernel/index.ts';
import { literalsOf } from './literals.ts';
import type { PolicyFinding, PolicySet, Rule } from './model.ts';
import { reservedIds } from './reasons.ts';
import { peopleSchema, policySchema } from './schema.ts';

/** A policy set is written and read by people; the default has about ten rules in 6 kB. */
export const POLICY_TEXT_CHARS_MAX = 200_000;

/** Every rule is evaluated for every object that is to leave or enter. */
export const RULES_MAX = 500;

/** Rules are named in records and on pages. */
const ruleId = /^[a-z][a-z0-9-]{1,63}$/;

/** A schema, and the name under which the engine keeps it. */
interface Schema {
  readonly name: string;
  readonly text: string;
}
/** What may leave and enter. */
const sharing: Schema = { name: 'gongjo', text: policySchema };
export const schemaName = sharing.name;
/** What the desk's own people may do. */
const people: Schema = { name: 'gongjo-people', text: peopleSchema };
export const peopleSchemaName = people.name;

export interface Loaded {
  readonly policies: PolicySet;
  /** Empty when the set is sound; each is the `detail` of a `policy-invalid` problem. */
  readonly findings: readonly PolicyFinding[];
}

const digestOf = (text: string): string => hexOf(sha256(new TextEncoder().encode(text)));

const said = (error: DetailedError): string =>
  [error.message, error.sourceLocations?.[0]?.label, error.help]
    .filter((it) => it !== null && it !== undefined)
    .join('; ');

/** The engine counts bytes of UTF-8, people count lines. */
function lineAt(text: string, byteOffset: number): string {
  const before = new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, byteOffset));
  return `line ${before.split('\n').length}`;
}

/** The rules of a text in its order, or why it has none. The engine itself sorts `policy10` before `policy2`. */
function partsOf(text: string): { readonly parts: readonly string[]; readonly findings: readonly PolicyFinding[] } {
  if (text.length > POLICY_TEXT_CHARS_MAX) {
    return { parts: [], findings: [{ path: '', detail: `longer than ${POLICY_TEXT_CHARS_MAX} characters` }] };
  }
  const split = policySetTextToParts(text);
  if (split.type === 'failure') {
    const findings = split.errors.map((error) => {
      const start = error.sourceLocations?.[0]?.start;
      return { path: start === undefined ? '' : lineAt(text, start), detail: said(error) };
    });
    return { parts: [], findings };
  }
  if (split.policy_templates.length > 0) {
    return { parts: [], findings: [{ path: '', detail: 'templates (?principal, ?resource) are not used here' }] };
  }
  if (split.policies.length > RULES_MAX) {
    return { parts: [], findings: [{ path: '', detail: `more than ${RULES_MAX} rules` }] };
  }
  return { parts: split.policies.toSorted((a, b) => text.indexOf(a) - text.indexOf(b)), findings: [] };
}

/** The actions in a rule's head; actions have no groups here, so `in` means one of those named. */
function actionsOf({ action }: PolicyJson): string[] | null {
  if (action.op === 'All') return null;
  const named = 'entities' in action ? action.entities : 'entity' in action ? [action.entity] : [];
  return named.map((it) => ('__entity' in it ? it.__entity.id : it.id));
}

/** One rule by its annotations, or what they lack. */
function ruleOf(part: string, text: string): (Rule & { readonly json: PolicyJson }) | PolicyFinding {
  const path = `line ${text.slice(0, Math.max(text.indexOf(part), 0)).split('\n').length}`;
  const read = policyToJson(part);
  if (read.type === 'failure') return { path, detail: read.errors.map(said).join('; ') };
  const { annotations = {}, effect } = read.json;
  const id = annotations.id ?? '';
  if (!ruleId.test(id)) return { path, detail: 'the rule needs an @id of lower-case letters, digits and hyphens' };
  if (reservedIds.has(id)) return { path: id, detail: 'this @id is reserved' };
  const reason = zText.safeParse({ en: annotations.reason_en, ko: annotations.reason_ko });
  if (!reason.success) return { path: id, detail: 'the rule needs both @reason_en and @reason_ko' };
  const mentions = literalsOf([read.json]).attributes;
  return { id, effect, reason: reason.data, text: part, actions: actionsOf(read.json), mentions, json: read.json };
}

/** Errors, and also warnings: a rule that can never apply, or hidden characters in one, would otherwise go unseen. */
function validationFindings(schema: Schema, policies: Record<string, Policy>): PolicyFinding[] {
  const answer = validate({ schema: schema.text, policies: { staticPolicies: policies } });
  if (answer.type === 'failure') return answer.errors.map((error) => ({ path: '', detail: said(error) }));
  const byRule = [...answer.validationErrors, ...answer.validationWarnings];
  return [
    ...byRule.map(({ policyId, error }) => ({ path: policyId, detail: said(error) })),
    ...answer.otherWarnings.map((error) => ({ path: '', detail: said(error) })),
  ];
}

/** Has the engine keep a set under this name. Answers what it finds wrong. */
function keepParsed(schema: Schema, name: string, policies: Record<string, Policy>): PolicyFinding[] {
  const kept = [preparseSchema(schema.name, schema.text), preparsePolicySet(name, { staticPolicies: policies })];
  return kept.flatMap((parsed) =>
    parsed.type === 'failure' ? parsed.errors.map((error) => ({ path: '', detail: said(error) })) : [],
  );
}

/** A set of one rule of a sound set: whether that rule applies, whatever the others say. */
export function alone(rule: Rule): PolicySet {
  const name = `rule ${digestOf(rule.text)}`;
  const sound = keepParsed(sharing, name, { [rule.id]: rule.text }).length === 0;
  const literals = { attributes: rule.mentions, texts: new Map(), entities: new Map(), numbers: new Set<number>() };
  return { sound, rules: new Map([[rule.id, rule]]), sha256: name, literals };
}

/**
 * Reads a policy set (Cedar text), checks every rule against the schema and its annotations, and has the engine parse it
 * once. A text with any fault gives a set that forbids everything: half a policy set is not the agency's will. An empty
 * text is sound and permits nothing.
 *
 * The engine keeps parsed sets for the life of the process, by the digest of their text; loading the same text again adds
 * nothing.
 */
export function loadPolicies(text: string): Loaded {
  return load(sharing, text);
}

/** The same for the rules about the desk's own people. */
export function loadPeoplePolicies(text: string): Loaded {
  return load(people, text);
}

function load(schema: Schema, text: string): Loaded {
  const { parts, findings: broken } = partsOf(text);
  const findings: PolicyFinding[] = [...broken];
  const rules = new Map<string, Rule>();
  const policies: Record<string, Policy> = {};
  const read: PolicyJson[] = [];
  for (const part of parts) {
    const rule = ruleOf(part, text);
    if ('detail' in rule) findings.push(rule);
    else if (rules.has(rule.id)) findings.push({ path: rule.id, detail: 'two rules have this @id' });
    else {
      const { json, ...own } = rule;
      rules.set(rule.id, own);
      policies[rule.id] = part;
      read.push(json);
    }
  }
  findings.push(...validationFindings(schema, policies));
  const digest = digestOf(text);
  if (findings.length === 0) {
    findings.push(...keepParsed(schema, digest, policies));
  }
  const sound = findings.length === 0;
  return {
    policies: { sound, rules: sound ? rules : new Map(), sha256: digest, literals: literalsOf(sound ? read : []) },
    findings,
  };
}
