import type { Problem } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { detailOf, GongjoError } from '../kernel/index.ts';
import type { Records } from '../platform/index.ts';
import { decide, type Verdict } from '../policy/index.ts';
import { OBJECTS_MAX, readObjects, type StixObject, tlpOf } from '../stix/index.ts';
import { forgetWithdrawn } from './collection.store.ts';
import { type CollectionRecipient, collectionBasis, recipientOf } from './collection.ts';
import { decideFor } from './collection-decide.ts';
import { keepObjects, seal } from './object.store.ts';
import { versionOfUnversioned } from './readable.sql.ts';
import type { SharingContext } from './release.ts';

/** What became of one object of an addition. */
export interface AddedObject {
  readonly id: string;
  readonly version: string;
  /** Why it was not taken; null: it was. */
  readonly problem: Problem | null;
}

/** Whoever adds, without a signature: `account:NAME` or `feed:NAME`. */
export interface AddingSource {
  readonly origin: string;
  readonly via: 'account' | 'feed';
  readonly country: string;
  readonly agreement: string | null;
  readonly unmarked: CollectionRecipient['unmarked'];
}

/** Admits each object for itself, once; what is admitted is decided about for the collection it was written into, in the same transaction. */
export async function addObjects(
  records: Records,
  context: SharingContext,
  source: AddingSource,
  collection: CollectionRecipient | null,
  objects: readonly unknown[],
): Promise<AddedObject[]> {
  const judge = judging(context, source);
  const examined = objects.map((value, index) => examine(judge, value, index));
  const sealed = examined.flatMap(({ object }) => (object ? [seal(object)] : []));
  const conflicts = await records.transaction(async (tx) => {
    const conflicting = await keepObjects(tx, context.clock, source.origin, null, sealed);
    const bad = new Set(conflicting.map(({ id, modified }) => `${id} ${modified ?? ''}`));
    const taken = sealed.filter(({ id, modified }) => !bad.has(`${id} ${modified ?? ''}`));
    if (collection) {
      await forgetWithdrawn(tx, recipientOf(collection.alias), source.origin, taken);
      await decideFor(
        tx,
        context,
        collection,
        taken.map(({ id, modified, type, sha256, object }) => ({
          id,
          modified: modified ?? '',
          origin: source.origin,
          type,
          incident: null,
          sha256,
          object,
        })),
        collectionBasis(context, collection),
      );
    }
    await recordAudit(tx, context.clock, {
      actor: source.origin,
      action: 'sharing.added',
      subject: collection?.alias ?? source.origin,
      details: { objects: taken.length, refused: examined.length - taken.length },
    });
    return bad;
  });
  return examined.map(({ id, version, object, problem }) => {
    const isConflict = object && conflicts.has(`${id} ${typeof object.modified === 'string' ? object.modified : ''}`);
    return { id, version, problem: isConflict ? new GongjoError('object-conflict', { id }).problem : problem };
  });
}

/** The objects of an envelope (TAXII 2.1 section 3.7), unread. Throws `bundle-invalid` where the text is none. */
export function objectsIn(envelope: string): readonly unknown[] {
  const invalid = (path: string, detail: string) => new GongjoError('bundle-invalid', { path, detail });
  let json: unknown;
  try {
    json = JSON.parse(envelope);
  } catch (thrown) {
    throw invalid('', detailOf(thrown));
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw invalid('', 'not an envelope');
  const objects = 'objects' in json ? json.objects : [];
  if (!Array.isArray(objects)) throw invalid('/objects', 'not a list');
  if (objects.length > OBJECTS_MAX) throw invalid('/objects', `more than ${OBJECTS_MAX}`);
  return objects;
}

/** The character NUL, which no database holds, as JSON writes it. */
const nul = /(?<!\\)(?:\\\\)*\\u0000/;

interface Examined extends AddedObject {
  readonly object: StixObject | null;
}

function examine(judge: (object: StixObject) => void, value: unknown, index: number): Examined {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof given[name] === 'string' ? given[name].slice(0, 200) : null);
  const known = {
    id: text('id') ?? `objects/${index}`,
    version: text('modified') ?? text('created') ?? versionOfUnversioned,
  };
  try {
    const { objects, findings } = readObjects({ objects: [value] });
    const [object] = objects;
    if (nul.test(JSON.stringify(value)))
      throw new GongjoError('bundle-invalid', { path: `/objects/${index}`, detail: 'it contains NUL' });
    if (!object || findings[0])
      throw new GongjoError('bundle-invalid', {
        path: findings[0]?.path.replace('/objects/0', `/objects/${index}`) ?? '',
        detail: findings[0]?.detail ?? 'not an object',
      });
    judge(object);
    return { ...known, object, problem: null };
  } catch (thrown) {
    if (!(thrown instanceof GongjoError)) throw thrown;
    return { ...known, object: null, problem: thrown.problem };
  }
}

/** Throws for an object that may not come in. Objects of the same facts get the same answer: the policy is asked once for all. */
function judging({ policies, desk }: SharingContext, source: AddingSource): (object: StixObject) => void {
  const verdicts = new Map<string, Verdict>();
  const partner = {
    id: source.origin,
    kind: 'source' as const,
    country: source.country,
    agreement: source.agreement,
    paired: false,
    roles: [],
    communities: [],
  };
  return ({ id, type, ...object }) => {
    const marked = tlpOf({ id, type, ...object });
    if (marked === null && type === 'marking-definition') return;
    const tlp = marked === null && source.unmarked !== 'refuse' ? source.unmarked : marked;
    if (tlp === null || tlp === 'conflict') throw new GongjoError('object-unmarked', { id });
    const key = `${type} ${tlp}`;
    const verdict =
      verdicts.get(key) ??
      decide(policies, {
        action: 'admit',
        desk: desk.desk,
        partner,
        object: { id, type, tlp, origin: source.origin, communities: [], handling: [], incident: null },
        purpose: 'investigation',
        legalBasis: source.agreement,
        via: source.via,
        signatureVerified: false,
      });
    verdicts.set(key, verdict);
    if (verdict.decision === 'forbid')
      throw new GongjoError('policy-refused', { detail: verdict.reasons.map(({ text }) => text.en).join(' ') });
  };
}
