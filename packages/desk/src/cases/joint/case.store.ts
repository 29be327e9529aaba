import type { CaseRevision, Conversion, FactBody, FactTerms, SeenSet, Text, Tlp } from '@gongjo/contract';
import { instant } from '../../kernel/index.ts';
import type { Clock, Db } from '../../platform/index.ts';
import type { HeldRevision } from './revision.ts';

export interface StoredCase {
  readonly id: string;
  /** The desk that opened it; null: this one. */
  readonly origin: string | null;
  readonly title: Text;
  readonly tlp: Tlp;
  readonly openedAt: string;
  readonly openedBy: string;
  readonly recalledAt: string | null;
}

/** Whom a person at this desk has let into a case, or who let this desk in. */
export interface CaseDesk {
  readonly desk: string;
  /** This desk has told it nothing of its own yet: it was invited by that desk and has not answered. */
  readonly invited: boolean;
  readonly legalBasis: string | null;
}

/** A page of a list; an agency's cases are hundreds. */
const casesMax = 1_000;

export async function addCase(
  tx: Db,
  clock: Clock,
  {
    id,
    origin,
    title,
    tlp,
    by,
  }: {
    readonly id: string;
    readonly origin: string | null;
    readonly title: Text;
    readonly tlp: Tlp;
    readonly by: string;
  },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into cases (id, origin, title, tlp, opened_at, opened_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do nothing returning id`,
    [id, origin, JSON.stringify(title), tlp, instant(clock.now()), by],
  );
  return rows.length > 0;
}

interface CaseRow {
  id: string;
  origin: string | null;
  title: Text;
  tlp: Tlp;
  opened_at: Date;
  opened_by: string;
  recalled_at: Date | null;
}

const caseOf = ({ id, origin, title, tlp, opened_at, opened_by, recalled_at }: CaseRow): StoredCase => ({
  ...{ id, origin, title, tlp, openedBy: opened_by },
  openedAt: instant(opened_at.getTime()),
  recalledAt: recalled_at === null ? null : instant(recalled_at.getTime()),
});

export async function findCase(db: Db, id: string): Promise<StoredCase | null> {
  const [row] = await db.query<CaseRow>('select * from cases where id = $1', [id]);
  return row ? caseOf(row) : null;
}

/** Newest first. */
export async function storedCases(db: Db): Promise<StoredCase[]> {
  const rows = await db.query<CaseRow>('select * from cases order by opened_at desc, id limit $1', [casesMax]);
  return rows.map(caseOf);
}

/** The cases of which some revision speaks of an incident; what stands of them says whether they still are about it. */
export async function casesNaming(db: Db, incident: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select distinct c.id from cases c join case_revisions r on r.case_id = c.id
     where r.body ->> 'kind' = 'incident' and r.body ->> 'incident' = $1 and r.recalled_at is null order by c.id`,
    [incident],
  );
  return rows.map(({ id }) => id);
}

export async function caseDesks(db: Db, id: string): Promise<CaseDesk[]> {
  const rows = await db.query<{ desk: string; invited: boolean; legal_basis: string | null }>(
    'select desk, invited, legal_basis from case_desks where case_id = $1 order by added_at, desk',
    [id],
  );
  return rows.map(({ desk, invited, legal_basis }) => ({ desk, invited, legalBasis: legal_basis }));
}

/** Lets a desk into a case. `invited`: that desk let this one in, and nobody here has answered. */
export async function putCaseDesk(
  tx: Db,
  clock: Clock,
  id: string,
  { desk, invited, legalBasis, by }: CaseDesk & { readonly by: string },
): Promise<void> {
  await tx.query(
    `insert into case_desks (case_id, desk, invited, legal_basis, added_at, added_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (case_id, desk) do update set invited = case_desks.invited and excluded.invited,
       legal_basis = coalesce(excluded.legal_basis, case_desks.legal_basis)`,
    [id, desk, invited, legalBasis, instant(clock.now()), by],
  );
}

interface RevisionRow {
  object: string;
  case_id: string;
  fact: string;
  desk: string;
  n: number;
  seen: SeenSet;
  at: Date;
  body: FactBody;
  about: FactTerms;
  tlp: Tlp | null;
  by: string | null;
  kept_here: boolean;
  recalled_at: Date | null;
}

const revisionOf = ({ case_id, at, kept_here, recalled_at, desk, ...row }: RevisionRow): HeldRevision => ({
  ...row,
  desk: desk as HeldRevision['desk'],
  case: case_id,
  at: instant(at.getTime()),
  keptHere: kept_here,
  recalled: recalled_at !== null,
});

const revisionColumns = 'object, case_id, fact, desk, n, seen, at, body, about, tlp, by, kept_here, recalled_at';

/** What counts in a case here, or of one fact: this desk's own, and those of the desks that are in it. */
export async function revisionsOf(db: Db, id: string, us: string, fact: string | null = null): Promise<HeldRevision[]> {
  const rows = await db.query<RevisionRow>(
    `select ${revisionColumns} from case_revisions where case_id = $1 and ($3::text is null or fact = $3)
       and (desk = $2 or desk in (select desk from case_desks where case_id = $1)) order by seq`,
    [id, us, fact],
  );
  return rows.map(revisionOf);
}

/** What this desk has to tell of a case, in the order in which it was written. */
export async function revisionsToTell(db: Db, id: string, us: string): Promise<HeldRevision[]> {
  const rows = await db.query<RevisionRow>(
    `select ${revisionColumns} from case_revisions
     where case_id = $1 and desk = $2 and not kept_here and recalled_at is null order by seq`,
    [id, us],
  );
  return rows.map(revisionOf);
}

export async function countRevisions(db: Db, id: string, desk: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    'select count(*)::integer as count from case_revisions where case_id = $1 and desk = $2',
    [id, desk],
  );
  return row?.count ?? 0;
}

/** Which places of this desk a fact has: what a partner claims to have seen of it must be there. */
export async function placesOf(db: Db, id: string, fact: string, desk: string): Promise<Set<number>> {
  const rows = await db.query<{ n: number }>(
    'select n from case_revisions where case_id = $1 and fact = $2 and desk = $3',
    [id, fact, desk],
  );
  return new Set(rows.map(({ n }) => n));
}

/** The acts of a desk that made evidence of a fact, as its revisions name them. */
export async function conversionsOf(db: Db, id: string, fact: string, desk: string): Promise<Conversion[]> {
  const rows = await db.query<{ conversion: Conversion }>(
    `select about -> 'conversion' as conversion from case_revisions
     where case_id = $1 and fact = $2 and desk = $3 and about -> 'conversion' ->> 'desk' = $3`,
    [id, fact, desk],
  );
  return rows.map(({ conversion }) => conversion);
}

export async function addRevision(
  tx: Db,
  clock: Clock,
  { object, tlp, by, keptHere, ...revision }: CaseRevision & Pick<HeldRevision, 'object' | 'tlp' | 'by' | 'keptHere'>,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into case_revisions (object, case_id, fact, desk, n, seen, at, body, about, tlp, by, kept_here, kept_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (object) do nothing returning object`,
    [
      object,
      revision.case,
      revision.fact,
      revision.desk,
      revision.n,
      JSON.stringify(revision.seen),
      revision.at,
      JSON.stringify(revision.body),
      JSON.stringify(revision.about),
      tlp,
      by,
      keptHere,
      instant(clock.now()),
    ],
  );
  return rows.length > 0;
}

/**
 * Whoever wrote them has taken these back, or marked them otherwise meanwhile. Of a case that this desk takes back itself, what it
 * wrote stands here: its work goes on, and nobody is told of it any more.
 */
export async function recallRevisions(
  tx: Db,
  clock: Clock,
  { desk, isOwn }: { readonly desk: string; readonly isOwn: boolean },
  objects: readonly string[],
): Promise<void> {
  const at = instant(clock.now());
  await tx.query(
    `update case_revisions set recalled_at = coalesce(recalled_at, $3)
     where desk = $1 and object = any($2) and not ($4 and case_id = any($2))`,
    [desk, objects, at, isOwn],
  );
  await tx.query(
    `update cases set recalled_at = coalesce(recalled_at, $3)
     where origin is not distinct from $1::text and id = any($2)`,
    [isOwn ? null : desk, objects, at],
  );
}

/** Cases of which this desk tells somebody. */
export async function sharedCases(db: Db): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select distinct case_id as id from case_desks where not invited order by id limit $1`,
    [casesMax],
  );
  return rows.map(({ id }) => id);
}

export async function keepDocument(
  tx: Db,
  clock: Clock,
  {
    sha256,
    bytes,
    mediaType,
    by,
  }: { readonly sha256: string; readonly bytes: Uint8Array; readonly mediaType: string; readonly by: string },
): Promise<void> {
  await tx.query(
    `insert into case_documents (sha256, bytes, media_type, kept_at, kept_by) values ($1, $2, $3, $4, $5)
     on conflict (sha256) do nothing`,
    [sha256, bytes, mediaType, instant(clock.now()), by],
  );
}

export async function findDocument(db: Db, sha256: string): Promise<{ bytes: Uint8Array; mediaType: string } | null> {
  const [row] = await db.query<{ bytes: Uint8Array; media_type: string }>(
    'select bytes, media_type from case_documents where sha256 = $1',
    [sha256],
  );
  return row ? { bytes: row.bytes, mediaType: row.media_type } : null;
}
