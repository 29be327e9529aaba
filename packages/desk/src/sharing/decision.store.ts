import { type Reason, sharingReasons } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import type { OutcomeKind, Purpose } from '../policy/index.ts';
import { type ObjectRef, refKey } from './object.store.ts';

/** What was decided about one version of an object for a recipient, as far as the next decision needs to know it. */
export interface Standing extends ObjectRef {
  readonly outcome: OutcomeKind;
  readonly released: boolean;
  readonly withdrawn: boolean;
  /** The recipient's copy where it is not the object as it came. */
  readonly copy: string | null;
  readonly basis: string;
  /** The provision that it was decided on. */
  readonly legalBasis: string | null;
}

/** A decision to be recorded. */
export interface NewDecision extends ObjectRef {
  readonly type: string;
  readonly outcome: OutcomeKind;
  readonly released: boolean;
  readonly profile: string | null;
  /** JSON pointers of what a redaction took away. */
  readonly removed: readonly string[];
  readonly copy: string | null;
  /** Of the copy's bytes. */
  readonly sha256: string;
  readonly reasons: readonly Reason[];
}

/** What all decisions of one release share. */
export interface DecisionBasis {
  readonly recipient: string;
  readonly basis: string;
  readonly purpose: Purpose;
  readonly legalBasis: string | null;
}

/** What stands for a recipient of these objects, by `refKey`. */
export async function standingDecisions(
  db: Db,
  recipient: string,
  ids: readonly string[],
): Promise<Map<string, Standing>> {
  const rows = await db.query<Omit<Standing, 'id' | 'legalBasis'> & { object_id: string; legal_basis: string | null }>(
    `select object_id, modified, origin, outcome, released, withdrawn_at is not null as withdrawn, copy, basis, legal_basis
     from release_decisions where recipient = $1 and object_id = any($2)`,
    [recipient, ids],
  );
  return new Map(
    rows.map(({ object_id, legal_basis, ...row }) => {
      const standing = { ...row, id: object_id, legalBasis: legal_basis };
      return [refKey(standing), standing];
    }),
  );
}

/**
 * Records decisions in the order given. A decision made again takes the place of the one before and stands at the end, after
 * every cursor that a recipient holds.
 */
export async function keepDecisions(
  tx: Db,
  clock: Clock,
  { recipient, basis, purpose, legalBasis }: DecisionBasis,
  decisions: readonly NewDecision[],
): Promise<void> {
  if (decisions.length === 0) return;
  const refs = [
    decisions.map(({ id }) => id),
    decisions.map(({ modified }) => modified),
    decisions.map(({ origin }) => origin),
  ];
  await tx.query(
    `delete from release_decisions where recipient = $1
     and (object_id, modified, origin) in (select * from unnest($2::text[], $3::text[], $4::text[]))`,
    [recipient, ...refs],
  );
  await tx.query(
    `insert into release_decisions (recipient, object_id, modified, origin, type, outcome, released, profile, removed, copy, sha256,
       reasons, basis, purpose, legal_basis, decided_at)
     select $1, d ->> 'id', d ->> 'modified', d ->> 'origin', d ->> 'type', d ->> 'outcome', (d ->> 'released')::boolean,
       d ->> 'profile', d -> 'removed', d ->> 'copy', d ->> 'sha256', d -> 'reasons', $2, $3, $4, $5
     from jsonb_array_elements($6::jsonb) with ordinality as list (d, place) order by place`,
    [recipient, basis, purpose, legalBasis, instant(clock.now()), JSON.stringify(decisions)],
  );
  await refreshLatest(
    tx,
    recipient,
    decisions.filter(({ released }) => released).map(({ id }) => id),
  );
}

/** `latest` marks, of each object, the newest version that the recipient may read. */
async function refreshLatest(tx: Db, recipient: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `update release_decisions d set latest = r.place = 1 from (
       select object_id, modified, origin, row_number() over (
         partition by object_id order by nullif(modified, '')::timestamptz desc nulls last, seq desc) as place
       from release_decisions
       where recipient = $1 and object_id = any($2) and released and withdrawn_at is null) as r
     where d.recipient = $1 and d.object_id = r.object_id and d.modified = r.modified and d.origin = r.origin
       and d.latest <> (r.place = 1)`,
    [recipient, ids],
  );
}

/**
 * What was withdrawn may have stood before another version, or another origin's: that one now stands at the end, because a reader
 * whose cursor is past it never saw it.
 */
async function againLatest(tx: Db, recipient: string, ids: readonly string[]): Promise<void> {
  await tx.query(
    `update release_decisions d set latest = true, seq = default from (
       select distinct on (object_id) object_id, modified, origin, latest from release_decisions
       where recipient = $1 and object_id = any($2) and released and withdrawn_at is null
       order by object_id, nullif(modified, '')::timestamptz desc nulls last, seq desc) as r
     where d.recipient = $1 and d.object_id = r.object_id and d.modified = r.modified and d.origin = r.origin and not r.latest`,
    [recipient, ids],
  );
}

/** Takes from a recipient what it may read of these objects from an origin. Answers the versions that it had. */
export async function withdraw(
  tx: Db,
  clock: Clock,
  recipient: string,
  origin: string,
  ids: readonly string[],
): Promise<ObjectRef[]> {
  const rows = await tx.query<{ object_id: string; modified: string }>(
    `update release_decisions set withdrawn_at = $4, latest = false
     where recipient = $1 and origin = $2 and object_id = any($3) and released and withdrawn_at is null
     returning object_id, modified`,
    [recipient, origin, ids, instant(clock.now())],
  );
  await againLatest(tx, recipient, ids);
  return rows.map(({ object_id, modified }) => ({ id: object_id, modified, origin }));
}

/** Who may read, or has been sent, some version of these objects from an origin: recipients and what each has, the newest version last. */
export async function holdersOf(
  db: Db,
  origin: string,
  ids: readonly string[],
): Promise<Map<string, { readonly ref: ObjectRef; readonly copy: string | null }[]>> {
  const rows = await db.query<{ recipient: string; object_id: string; modified: string; copy: string | null }>(
    `select recipient, object_id, modified, copy from release_decisions
     where origin = $1 and object_id = any($2) and released and withdrawn_at is null
     order by recipient, nullif(modified, '')::timestamptz nulls first, seq`,
    [origin, ids],
  );
  const holders = new Map<string, { ref: ObjectRef; copy: string | null }[]>();
  for (const { recipient, object_id, modified, copy } of rows)
    holders.set(recipient, [...(holders.get(recipient) ?? []), { ref: { id: object_id, modified, origin }, copy }]);
  return holders;
}

/** Which of these objects are decided for a recipient, some version of each: released whole, or judged on this basis. */
export async function decidedIds(
  db: Db,
  recipient: string,
  basis: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await db.query<{ object_id: string }>(
    `select object_id from release_decisions
     where recipient = $1 and object_id = any($2) and ((released and copy is null) or withdrawn_at is not null or basis = $3)`,
    [recipient, ids, basis],
  );
  return new Set(rows.map(({ object_id }) => object_id));
}

/** Notes on the decisions about these versions that somebody who was asked said no, or nobody is asked any more. */
export async function refuseDecisions(
  tx: Db,
  recipient: string,
  refs: readonly ObjectRef[],
  why: 'person-refused' | 'origin-refused' | 'asked-no-more',
  said?: string,
): Promise<void> {
  const text =
    said === undefined
      ? sharingReasons[why]
      : { en: `${sharingReasons[why].en} ${said}`, ko: `${sharingReasons[why].ko} ${said}` };
  await tx.query(
    `update release_decisions set outcome = 'refuse', reasons = $2, basis = case when $6 then '' else basis end
     where recipient = $1 and not released
       and (object_id, modified, origin) in (select * from unnest($3::text[], $4::text[], $5::text[]))`,
    [
      recipient,
      JSON.stringify([{ policy: why, text }]),
      refs.map(({ id }) => id),
      refs.map(({ modified }) => modified),
      refs.map(({ origin }) => origin),
      // Nobody said no: asked for once more, it is decided anew.
      why === 'asked-no-more',
    ],
  );
}

/** What a recipient has of these objects, with the hash of its copies and the incident here that each belongs to. */
export async function releasedTo(
  db: Db,
  recipient: string,
  ids: readonly string[],
): Promise<(ObjectRef & { readonly sha256: string; readonly incident: string | null })[]> {
  const rows = await db.query<{
    object_id: string;
    modified: string;
    origin: string;
    sha256: string;
    incident: string | null;
  }>(
    `select d.object_id, d.modified, d.origin, d.sha256, o.incident from release_decisions d
     join shared_objects o on o.id = d.object_id and o.modified = d.modified and o.origin = d.origin
     where d.recipient = $1 and d.object_id = any($2) and d.released and d.withdrawn_at is null`,
    [recipient, ids],
  );
  return rows.map(({ object_id, ...row }) => ({ id: object_id, ...row }));
}

/** For whom some version of an object has been decided, from each origin; the newest decision. */
export async function recipientsOf(
  db: Db,
  id: string,
): Promise<
  readonly {
    readonly recipient: string;
    readonly origin: string;
    readonly released: boolean;
    readonly purpose: Purpose;
    readonly legalBasis: string | null;
  }[]
> {
  return db.query(
    `select distinct on (recipient, origin) recipient, origin, released and withdrawn_at is null as released, purpose,
       legal_basis as "legalBasis"
     from release_decisions where object_id = $1 order by recipient, origin, seq desc`,
    [id],
  );
}
