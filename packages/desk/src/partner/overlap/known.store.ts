import { instant } from '../../kernel/index.ts';
import { type Identifier, type Known, type Note, nameOf, strictestEach } from '../../overlap/index.ts';
import type { Clock, Db } from '../../platform/index.ts';
import { entriesOf } from './entry.store.ts';

/**
 * What this desk's entries are under a partner's key, once asked: later lists of the partner are compared without a question. Of a
 * desk with which there are no terms any more nothing is kept; it may have been removed while it answered.
 */
export async function keepKnown(tx: Db, desk: string, epoch: number, known: readonly Known[]): Promise<void> {
  await tx.query(
    `insert into overlap_known (desk, epoch, kind, text, output)
     select $1, $2, r.kind, r.text, r.output from unnest($3::text[], $4::text[], $5::text[]) as r (kind, text, output)
     where exists (select 1 from overlap_terms where desk = $1)
     on conflict do nothing`,
    [
      desk,
      epoch,
      known.map(({ entry }) => entry.identifier.kind),
      known.map(({ entry }) => entry.identifier.text),
      known.map(({ output }) => Buffer.from(output).toString('hex')),
    ],
  );
}

/** One for each identifier that is on this desk's list. */
export async function knownUnder(db: Db, desk: string, epoch: number): Promise<Known[]> {
  const rows = await db.query<Identifier & { output: string }>(
    'select kind, text, output from overlap_known where desk = $1 and epoch = $2',
    [desk, epoch],
  );
  const outputs = new Map(rows.map((row) => [nameOf(row), row.output]));
  return strictestEach(await entriesOf(db, { listed: true })).flatMap((entry) => {
    const output = outputs.get(nameOf(entry.identifier));
    return output === undefined ? [] : [{ entry, output: new Uint8Array(Buffer.from(output, 'hex')) }];
  });
}

/** One thing that this desk and a partner both work on, as far as this desk knows. */
export interface Match {
  readonly desk: string;
  readonly entry: string;
  /** On the partner's list. */
  readonly found: boolean;
  /** Asked by the partner, or on its list, and noticed here without its knowing. */
  readonly learned: boolean;
  /** What the partner lets be told. */
  readonly theirNote: Note | null;
  /** What this desk told the partner. */
  readonly told: Note | null;
  readonly session: string | null;
  readonly firstAt: string;
}

export async function keepMatch(
  tx: Db,
  clock: Clock,
  match: Pick<Match, 'desk' | 'entry'> & Partial<Pick<Match, 'found' | 'learned' | 'theirNote' | 'told' | 'session'>>,
): Promise<void> {
  const { desk, entry, found = false, learned = false, theirNote = null, told = null, session = null } = match;
  await tx.query(
    `insert into overlap_matches (desk, entry, found, learned, their_note, told, session, first_at)
     select $1, $2, $3, $4, $5, $6, $7, $8::timestamptz where exists (select 1 from overlap_terms where desk = $1)
     on conflict (desk, entry) do update set found = overlap_matches.found or excluded.found,
       learned = overlap_matches.learned or excluded.learned,
       their_note = coalesce(excluded.their_note, overlap_matches.their_note),
       told = coalesce(excluded.told, overlap_matches.told)`,
    [
      desk,
      entry,
      found,
      learned,
      theirNote === null ? null : JSON.stringify(theirNote),
      told === null ? null : JSON.stringify(told),
      session,
      instant(clock.now()),
    ],
  );
}

/** What pages show at once; the newest, because what is old has been acted on. */
const matchesMax = 1000;

interface MatchRow {
  desk: string;
  entry: string;
  found: boolean;
  learned: boolean;
  their_note: Note | null;
  told: Note | null;
  session: string | null;
  first_at: Date;
}

const matchOf = ({ their_note, first_at, ...row }: MatchRow): Match => ({
  ...row,
  theirNote: their_note,
  firstAt: instant(first_at.getTime()),
});

/** A match beside what it is about. */
export interface NamedMatch extends Match {
  readonly identifier: Identifier;
  /** Of the entry that it was found by. */
  readonly reference: string | null;
}

/** All matches, or those about what entries with one of these references – incidents, cases – name; the latest first. */
export async function matchesAbout(db: Db, references: readonly string[] | null): Promise<NamedMatch[]> {
  const rows = await db.query<MatchRow & Pick<Identifier, 'kind' | 'text'> & { reference: string | null }>(
    `select m.desk, m.entry, m.found, m.learned, m.their_note, m.told, m.session, m.first_at, e.kind, e.text, e.reference
     from overlap_matches m join overlap_entries e on e.id = m.entry
     where $1::text[] is null or (e.kind, e.text) in (select kind, text from overlap_entries where reference = any($1))
     order by m.first_at desc, m.desk, m.entry limit ${matchesMax}`,
    [references],
  );
  return rows.map(({ kind, text, reference, ...row }) => ({
    ...matchOf(row),
    identifier: { kind, text } as Identifier,
    reference,
  }));
}

/** Overlaps with a partner that were first seen since. */
export async function matchesSince(db: Db, desk: string, sinceMs: number): Promise<number> {
  const [row] = await db.query<{ count: string | number }>(
    'select count(*) as count from overlap_matches where desk = $1 and first_at >= $2',
    [desk, instant(sinceMs)],
  );
  return Number(row?.count ?? 0);
}
