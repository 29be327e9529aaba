import type { DeskCard, Refused, Tlp } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { originsOf } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { Db, Records } from '../platform/index.ts';
import { copyRelation, deskIdentityId, fileBounds, isObservable, type StixObject } from '../stix/index.ts';
import { adopt, incidentFault, incidentIn } from './adopt.ts';
import { caseFaults } from './adopt-case.ts';
import { holdDeskFaults } from './adopt-hold-desk.ts';
import { requestFaults } from './adopt-request.ts';
import { type Candidate, type Examined, examine, objectsIn, type Source } from './examine.ts';
import { keepFloors } from './floor.store.ts';
import { findObjects, keepObjects, ownAuthored, revokedIds, type SealedObject } from './object.store.ts';
import { noHandling, type SharingContext, sourceParty } from './party.ts';
import { quarantineObjects, type Rejected } from './quarantine.store.ts';

/** One transaction of an import; a larger one would hold up others for longer than a second. */
const objectsPerTransactionMax = 1_000;

export interface AdmittedObject {
  readonly index: number;
  readonly sealed: SealedObject;
  /** `added`: new here, or more of it than before. */
  readonly became: 'added' | 'known';
}

export interface AdmittedObjects {
  readonly objects: readonly AdmittedObject[];
  readonly rejected: readonly Rejected[];
  /** The incident that they are about. */
  readonly incident: string | null;
}

/**
 * Keeps what was examined, in the caller's transaction, each object on its own: what collides with ours, with a revocation or
 * with other content of the same version is rejected, the rest is kept once. What it changes here happens with it.
 */
export async function admitExamined(
  tx: Db,
  context: SharingContext,
  source: Source,
  { candidates, rejected: before }: Examined,
): Promise<AdmittedObjects> {
  const { clock } = context;
  const origin = source.party.id;
  const rejected: Rejected[] = [...before];
  const sound: Candidate[] = [];
  const faultOf = await collisions(tx, context, source, candidates);
  const given = candidates.map(({ sealed }) => sealed.object);
  const caseFaultOf = await caseFaults(tx, context, source, given);
  const requestFaultOf = await requestFaults(tx, context, source, given);
  const holdFaultOf = await holdDeskFaults(tx, context, source, given);
  for (const candidate of candidates) {
    const { object } = candidate.sealed;
    const fault =
      faultOf(object) ?? incidentFault(object) ?? caseFaultOf(object) ?? requestFaultOf(object) ?? holdFaultOf(object);
    if (fault) rejected.push(rejection(candidate, fault));
    else sound.push(candidate);
  }
  const incident = incidentIn(sound.map(({ sealed }) => sealed.object));
  const keepings = await keepObjects(
    tx,
    clock,
    { origin, incident, delivery: source.delivery, given: source.unmarked === 'refuse' ? null : source.unmarked },
    sound.map(({ sealed }) => sealed),
  );
  await keepFloors(
    tx,
    (context.handling ?? noHandling).book,
    sound.map(({ sealed }) => sealed.object),
  );
  const objects: AdmittedObject[] = [];
  for (const [at, candidate] of sound.entries()) {
    const keeping = keepings[at];
    if (keeping === 'conflict')
      rejected.push(rejection(candidate, new GongjoError('object-conflict', { id: candidate.sealed.id })));
    else objects.push({ ...candidate, became: keeping === 'added' || keeping === 'wider' ? 'added' : 'known' });
  }
  rejected.sort((a, b) => a.index - b.index);
  await quarantineObjects(tx, clock, origin, source.delivery, rejected);
  const sighted = await adopt(tx, context, source, objects);
  return { objects, rejected, incident: incident ?? sighted };
}

function rejection({ index, sealed }: Candidate, { problem }: GongjoError): Rejected {
  return { index, id: sealed.id, body: sealed.body, path: null, problem };
}

/** What a receipt and an answer say of what was not admitted. */
export function refusedOf({ index, id, problem }: Rejected): Refused {
  return { index, id, code: problem.code, detail: problem.text.en };
}

/** Says of an object whether it takes the name of something that is not its sender's. */
async function collisions(
  tx: Db,
  { desk }: SharingContext,
  { party }: Source,
  candidates: readonly Candidate[],
): Promise<(object: StixObject) => GongjoError | null> {
  const objects = candidates.map(({ sealed }) => sealed);
  const ids = objects.map(({ id }) => id);
  const us = deskIdentityId(desk.desk);
  const ours = await ownAuthored(tx, desk.desk, us, ids);
  const incidents = await originsOf(
    tx,
    objects.filter(({ type }) => type === 'incident').map(({ id }) => id),
  );
  const authors = await incidentAuthors(tx, incidents);
  const revoked = await revokedIds(tx, party.id, ids);
  return (object) => {
    const conflict = new GongjoError('object-conflict', { id: object.id });
    // One desk opened it, and its other partners may pass it on before or after it comes from there itself.
    const isAnothers = authors.has(object.id) && authors.get(object.id) !== object.created_by_ref;
    if (incidents.get(object.id) !== party.id && !ours.has(object.id) && isAnothers) return conflict;
    const modified = String(object.modified ?? '');
    if (!isObservable(object) && (object.created_by_ref === us || object.id === us || ours.has(object.id))) {
      // Our own, as we told it, or less of it, may come back to us; it changes nothing.
      const told = toldAs(ours.get(object.id) ?? new Map(), modified).map((own) => copyRelation(object, own));
      if (!told.some((relation) => relation === 'same' || relation === 'narrower')) return conflict;
    }
    const last = revoked.get(object.id);
    if (last && !last.has(modified)) return new GongjoError('object-revoked', { id: object.id });
    return null;
  };
}

/** What others may have of a version of ours: the revoked one is told to each in the words of the version that it had (`takeBack`). */
function toldAs(versions: ReadonlyMap<string, StixObject>, modified: string): StixObject[] {
  const own = versions.get(modified);
  if (own?.revoked !== true) return own ? [own] : [];
  return [...versions.values()].map((it) => ({ ...it, modified, revoked: true }));
}

/** By incident that is here, the identity that its first teller names as its author; null for ours and where none is named. */
async function incidentAuthors(tx: Db, incidents: ReadonlyMap<string, string | null>): Promise<Map<string, unknown>> {
  const authors = new Map<string, unknown>([...incidents.keys()].map((id) => [id, null]));
  for (const [desk, held] of Map.groupBy(incidents, ([, from]) => from)) {
    if (desk === null) continue;
    const told = await findObjects(
      tx,
      desk,
      held.map(([id]) => id),
    );
    for (const [id, object] of told) authors.set(id, object.created_by_ref ?? null);
  }
  return authors;
}

/** What came of a document that an account, a feed or a file brought. */
export interface AdmittedFrom {
  readonly added: number;
  readonly known: number;
  readonly results: readonly {
    readonly index: number;
    readonly id: string | null;
    readonly modified: string | null;
    readonly became: 'added' | 'known' | 'refused';
    readonly rejected: Rejected | null;
  }[];
}

/**
 * Admits the objects of a bundle or an envelope from a source that signs nothing, each on its own, in transactions of a
 * thousand. The same document again adds nothing. Throws `bundle-invalid` for what is no document, `policy-refused` while the policy
 * set has a fault.
 */
export async function admitFrom(
  records: Records,
  context: SharingContext,
  source: Omit<Source, 'delivery'> & { readonly by: string },
  json: unknown,
): Promise<AdmittedFrom> {
  refuseWithoutPolicy(context);
  const values = objectsIn(json, fileBounds);
  const results: AdmittedFrom['results'][number][] = [];
  for (let at = 0; at < values.length; at += objectsPerTransactionMax) {
    const whole = { ...source, delivery: null };
    const part = await examine(records, context, whole, values.slice(at, at + objectsPerTransactionMax));
    const { objects, rejected } = await records.transaction(async (tx) => {
      const admitted = await admitExamined(tx, context, whole, part);
      await recordAudit(tx, context.clock, {
        actor: source.by,
        action: 'sharing.imported',
        subject: source.party.id,
        details: { objects: admitted.objects.length, refused: admitted.rejected.length },
      });
      return admitted;
    });
    for (const { index, sealed, became } of objects)
      results.push({ index: at + index, id: sealed.id, modified: sealed.modified, became, rejected: null });
    for (const it of rejected) {
      const path = it.path === null ? null : it.path.replace(`/objects/${it.index}`, `/objects/${at + it.index}`);
      const moved = { ...it, index: at + it.index, path };
      results.push({ index: moved.index, id: it.id, modified: null, became: 'refused', rejected: moved });
    }
  }
  results.sort((a, b) => a.index - b.index);
  const count = (became: string) => results.filter((it) => it.became === became).length;
  return { added: count('added'), known: count('known'), results };
}

/** A file that a person here imports, as a source: its country is ours, and nobody signed it. */
export function fileSource(desk: DeskCard, label: string, unmarked: Tlp | 'refuse'): Omit<Source, 'delivery'> {
  return { party: sourceParty(`file:${label}`, desk.country, null, label), via: 'file', unmarked };
}

/** A fault in the policy set is ours and passes; it must not make what was sent refused for good. */
export function refuseWithoutPolicy({ policies }: SharingContext): void {
  if (!policies.sound) throw new GongjoError('policy-refused', { detail: 'The policy set is not valid.' });
}
