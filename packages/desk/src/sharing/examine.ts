import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Reason, Tlp } from '@gongjo/contract';
import { canonicalJson, detailOf, GongjoError } from '../kernel/index.ts';
import { decide, type Verdict, type Way } from '../policy/index.ts';
import { readObjects, type StixObject, tlpDefinitionFault, tlpOf } from '../stix/index.ts';
import { effectiveOf } from './marking.ts';
import { type SealedObject, seal } from './object.store.ts';
import { type Party, partnerFacts, type SharingContext } from './party.ts';
import type { Rejected } from './quarantine.store.ts';

/** Whoever brings objects. Only a desk's are signed. */
export interface Source {
  readonly party: Party;
  readonly via: Way;
  /** What is done with unmarked objects: refused, or taken for this level from now on. */
  readonly unmarked: Tlp | 'refuse';
  /** The delivery that brings them; null for none. */
  readonly delivery: string | null;
}

/** An object that is valid STIX and that policy lets in. */
export interface Candidate {
  readonly index: number;
  readonly sealed: SealedObject;
}

export interface Examined {
  readonly candidates: readonly Candidate[];
  readonly rejected: readonly Rejected[];
  readonly reasons: readonly Reason[];
}

/** Some ten milliseconds; others have their turn between. */
const objectsPerTurn = 50;
/** An object that cannot be told by its identifier is told by its place. */
const idCharsMax = 300;

/** Parses a text from a stranger. Throws `bundle-invalid`. */
export function parseJson(text: string): unknown {
  // Databases do not hold it, and JSON has no place for it.
  if (text.includes('\u0000')) throw new GongjoError('bundle-invalid', { path: '', detail: 'it contains NUL' });
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new GongjoError('bundle-invalid', { path: '', detail: detailOf(thrown) });
  }
}

/** The objects of a bundle or an envelope. Throws `bundle-invalid` for what is neither, or holds more than `max`. */
export function objectsIn(json: unknown, max: number): readonly unknown[] {
  const given = isRecord(json) && Array.isArray(json.objects) ? (json.objects as unknown[]) : [];
  if (given.length > max) throw new GongjoError('bundle-invalid', { path: '/objects', detail: `more than ${max}` });
  const { findings } = readObjects(isRecord(json) && Array.isArray(json.objects) ? { ...json, objects: [] } : json);
  if (findings[0]) throw new GongjoError('bundle-invalid', { path: findings[0].path, detail: findings[0].detail });
  return given;
}

export function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/**
 * Reads, validates and judges each object on its own. Takes no transaction and gives way now and then: whatever a partner
 * sends, others are answered meanwhile.
 */
export async function examine(context: SharingContext, source: Source, values: readonly unknown[]): Promise<Examined> {
  const judge = judgeFor(context, source);
  const candidates: Candidate[] = [];
  const rejected: Rejected[] = [];
  const reasons = new Map<string, Reason>();
  for (const [index, value] of values.entries()) {
    if (index % objectsPerTurn === 0) await nextTurn();
    const { object, fault, path } = read(value, index);
    const refusal = object ? judge(object) : { fault, path, reasons: [] };
    for (const reason of refusal.reasons) reasons.set(reason.policy, reason);
    if (object && !refusal.fault) candidates.push({ index, sealed: seal(object) });
    else if (refusal.fault)
      rejected.push({
        index,
        id: idOf(value),
        body: textOf(value),
        path: refusal.path,
        problem: refusal.fault.problem,
      });
  }
  return { candidates, rejected, reasons: [...reasons.values()] };
}

interface Read {
  readonly object: StixObject | null;
  readonly fault: GongjoError | null;
  readonly path: string | null;
}

function read(value: unknown, index: number): Read {
  const { objects, findings } = readObjects({ objects: [value] });
  const [object] = objects;
  const [finding] = findings;
  if (object && !finding) return { object, fault: null, path: null };
  const path = (finding?.path ?? '').replace('/objects/0', `/objects/${index}`);
  const lie = falseMarking(value);
  const fault = lie
    ? new GongjoError('marking-false', { id: idOf(value) ?? `objects/${index}`, detail: lie })
    : new GongjoError('bundle-invalid', { path, detail: finding?.detail ?? 'not an object' });
  return { object: null, fault, path };
}

/** A marking definition that says another level than its identifier stands for would make a reader trust the wrong colour. */
function falseMarking(value: unknown): string | null {
  if (!isRecord(value) || value.type !== 'marking-definition' || typeof value.id !== 'string') return null;
  return tlpDefinitionFault(value as StixObject);
}

/** Objects that describe the format itself carry no marking and no case: STIX 2.1 leaves them unmarked. */
const unmarkedTypes: ReadonlySet<string> = new Set(['marking-definition']);

interface Refusal {
  readonly fault: GongjoError | null;
  readonly path: string | null;
  readonly reasons: readonly Reason[];
}

/** Objects with the same facts get the same verdict. */
function judgeFor({ policies, desk, handling }: SharingContext, { party, via, unmarked }: Source) {
  const verdicts = new Map<string, Verdict>();
  const partner = partnerFacts(party);
  const namesObjects = policies.literals.entities.has('StixObject');
  return (object: StixObject): Refusal => {
    const own = tlpOf(object);
    if (own === null && unmarkedTypes.has(object.type)) return { fault: null, path: null, reasons: [] };
    const given = unmarked === 'refuse' ? null : unmarked;
    const { tlp, handling: carried } = effectiveOf(object, { given, mark: null }, handling?.marks ?? []);
    const at = { path: '/object_marking_refs', reasons: [] };
    if (tlp === 'conflict') return { fault: new GongjoError('marking-conflict', { id: object.id }), ...at };
    if (tlp === null) return { fault: new GongjoError('object-unmarked', { id: object.id }), ...at };
    const key = canonicalJson([namesObjects ? object.id : '', object.type, tlp, carried]);
    const verdict =
      verdicts.get(key) ??
      decide(policies, {
        action: 'admit',
        desk: desk.desk,
        partner,
        object: {
          id: object.id,
          type: object.type,
          tlp,
          origin: party.id,
          communities: party.communities,
          handling: carried,
          incident: null,
        },
        via,
        purpose: 'investigation',
        legalBasis: party.agreement,
        signatureVerified: via === 'desk',
      });
    verdicts.set(key, verdict);
    if (verdict.decision === 'permit') return { fault: null, path: null, reasons: verdict.reasons };
    const detail = verdict.reasons.map(({ text }) => text.en).join(' ');
    return { fault: new GongjoError('policy-refused', { detail }), path: null, reasons: [] };
  };
}

function idOf(value: unknown): string | null {
  return isRecord(value) && typeof value.id === 'string' && value.id.length <= idCharsMax
    ? value.id.replace(/\p{C}/gu, '')
    : null;
}

function textOf(value: unknown): string {
  // Half a surrogate pair and NUL are no text for a database.
  return (JSON.stringify(value) ?? '').toWellFormed().replaceAll('\u0000', '');
}
