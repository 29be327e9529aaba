import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Reason, Tlp } from '@gongjo/contract';
import { canonicalJson, detailOf, GongjoError } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { decide, type Verdict, type Way } from '../policy/index.ts';
import {
  type Finding,
  nodesWithin,
  objectFindings,
  type ReadBounds,
  readObjects,
  type StixObject,
  tlpDefinitionFault,
  tlpOf,
} from '../stix/index.ts';
import { effectiveOf, type MarkReader, markReader } from './marking.ts';
import { type SealedObject, seal } from './object.store.ts';
import { noHandling, type Party, partnerFacts, type SharingContext } from './party.ts';
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

/** The objects of a bundle or an envelope. Throws `bundle-invalid` for what is neither, or holds more than the bounds. */
export function objectsIn(json: unknown, { objectsMax, nodesMax }: ReadBounds): readonly unknown[] {
  const invalid = (path: string, detail: string) => new GongjoError('bundle-invalid', { path, detail });
  const given = isRecord(json) && Array.isArray(json.objects) ? (json.objects as unknown[]) : null;
  const [finding] = readObjects(isRecord(json) && given ? { ...json, objects: [] } : json).findings;
  if (finding) throw invalid(finding.path, finding.detail);
  if (given === null) return [];
  if (given.length > objectsMax) throw invalid('/objects', `more than ${objectsMax}`);
  if (!nodesWithin(given, nodesMax)) throw invalid('/objects', `more than ${nodesMax} values`);
  return given;
}

export function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/**
 * Reads, validates and judges each object on its own. Takes no transaction and gives way now and then: whatever a partner
 * sends, others are answered meanwhile.
 */
export async function examine(
  db: Db,
  context: SharingContext,
  source: Source,
  values: readonly unknown[],
): Promise<Examined> {
  const sound: { readonly index: number; readonly object: StixObject }[] = [];
  const rejected: Rejected[] = [];
  const reject = (index: number, path: string | null, { problem }: GongjoError) =>
    rejected.push({ index, id: idOf(values[index]), body: textOf(values[index]), path, problem });
  for (const [index, value] of values.entries()) {
    if (index % objectsPerTurn === 0) await nextTurn();
    const [finding] = objectFindings(value, ['objects', index]);
    // The value itself is kept, not a schema's copy of it, which has its properties in another order.
    if (finding) reject(index, finding.path, faultOf(value, finding));
    else sound.push({ index, object: value as StixObject });
  }
  const objects = sound.map(({ object }) => object);
  const judge = judgeFor(context, source, await markReader(db, (context.handling ?? noHandling).book, objects));
  const candidates: Candidate[] = [];
  const reasons = new Map<string, Reason>();
  for (const [at, { index, object }] of sound.entries()) {
    if (at % objectsPerTurn === 0) await nextTurn();
    const verdict = judge(object);
    if (verdict instanceof GongjoError) {
      reject(index, `/objects/${index}`, verdict);
      continue;
    }
    for (const reason of verdict) reasons.set(reason.policy, reason);
    candidates.push({ index, sealed: seal(object) });
  }
  return { candidates, rejected, reasons: [...reasons.values()] };
}

function faultOf(value: unknown, { path, detail }: Finding): GongjoError {
  const lie = falseMarking(value);
  return lie
    ? new GongjoError('marking-false', { id: idOf(value) ?? path, detail: lie })
    : new GongjoError('bundle-invalid', { path, detail });
}

/** A marking definition that says another level than its identifier stands for would make a reader trust the wrong colour. */
function falseMarking(value: unknown): string | null {
  if (!isRecord(value) || value.type !== 'marking-definition' || typeof value.id !== 'string') return null;
  return tlpDefinitionFault(value as StixObject);
}

/** Objects that describe the format itself carry no marking and no case: STIX 2.1 leaves them unmarked. */
const unmarkedTypes: ReadonlySet<string> = new Set(['marking-definition']);

/** Objects with the same facts get the same verdict: the reasons that they are let in for, or what they are refused with. */
function judgeFor({ policies, desk }: SharingContext, { party, via, unmarked }: Source, reader: MarkReader) {
  const verdicts = new Map<string, Verdict>();
  const partner = partnerFacts(party);
  const namesObjects = policies.literals.entities.has('StixObject');
  const given = unmarked === 'refuse' ? null : unmarked;
  return (object: StixObject): readonly Reason[] | GongjoError => {
    const { tlp, handling } = effectiveOf(object, { given, mark: null }, reader);
    if (tlp === 'conflict') return new GongjoError('marking-conflict', { id: object.id });
    if (tlp === null || (given !== null && unmarkedTypes.has(object.type) && tlpOf(object) === null))
      return unmarkedTypes.has(object.type) ? [] : new GongjoError('object-unmarked', { id: object.id });
    const key = canonicalJson([namesObjects ? object.id : '', object.type, tlp, handling]);
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
          handling,
          incident: null,
        },
        via,
        purpose: 'investigation',
        legalBasis: party.agreement,
        signatureVerified: via === 'desk',
      });
    verdicts.set(key, verdict);
    if (verdict.decision === 'permit') return verdict.reasons;
    return new GongjoError('policy-refused', { detail: verdict.reasons.map(({ text }) => text.en).join(' ') });
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
