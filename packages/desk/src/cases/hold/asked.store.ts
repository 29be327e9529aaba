import { type HoldAsked, type HoldTold, type Problem, type Tlp, zHoldAsked, zHoldTold } from '@gongjo/contract';
import { instant } from '../../kernel/index.ts';
import { type Clock, type Db, sha256Hex } from '../../platform/index.ts';
import { endStates } from './states.ts';

/** A request that a partner made to this desk. */
export interface StoredAsked {
  readonly desk: string;
  readonly object: string;
  readonly tlp: Tlp;
  readonly asked: HoldAsked;
  readonly receivedAt: string;
}

/** Something that the desk that is asked said. */
export interface StoredWord {
  readonly object: string;
  readonly tlp: Tlp;
  readonly told: HoldTold;
  readonly by: string;
  readonly enteredAt: string;
  readonly problem: Problem | null;
}

interface AskedRow {
  desk: string;
  object: string;
  tlp: Tlp;
  body: unknown;
  received_at: Date;
}

interface WordRow {
  object: string;
  tlp: Tlp;
  body: unknown;
  by: string;
  entered_at: Date;
  problem: Problem | null;
}

/** The page shows this many, in turn of each partner. */
const askedListedMax = 1_000;
const askedColumns = 'desk, object, tlp, body, received_at';
const wordColumns = 'object, tlp, body, by, entered_at, problem';

/** The newest round counts. False where that, or a newer one, is here already. */
export async function keepAsked(
  tx: Db,
  clock: Clock,
  { desk, object, tlp, asked }: Omit<StoredAsked, 'receivedAt'>,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into holds_asked (desk, id, round, object, tlp, body, received_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (desk, id) do update set round = excluded.round, object = excluded.object, tlp = excluded.tlp,
       body = excluded.body, received_at = excluded.received_at
     where holds_asked.round < excluded.round returning id`,
    [desk, asked.hold, asked.round, object, tlp, JSON.stringify(asked), instant(clock.now())],
  );
  return rows.length === 1;
}

export async function findAsked(db: Db, desk: string, id: string, lock = false): Promise<StoredAsked | null> {
  const [row] = await db.query<AskedRow>(
    `select ${askedColumns} from holds_asked where desk = $1 and id = $2${lock ? ' for update' : ''}`,
    [desk, id],
  );
  return row ? askedOf(row) : null;
}

/** Refused or let go by the desk that is asked ($1), or at an end by the word of the one that asks ($2: states in which it is). */
const isOver = `(exists (
    select 1 from hold_words w where w.asker = h.desk and w.asked = $1 and w.hold = h.id and w.problem is null
      and (w.body ->> 'round')::integer = h.round and w.body -> 'what' ->> 'event' in ('refuse', 'release')
  ) or exists (
    select 1 from partner_holds p where p.desk = h.desk and p.id = h.id and (p.revoked or p.body ->> 'state' = any($2))
  ))`;

/** How many requests of a partner are kept here that have not come to an end. */
export async function countAsked(db: Db, us: string, desk: string): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    `select count(*)::integer as n from holds_asked h where h.desk = $3 and not ${isOver}`,
    [us, endStates, desk],
  );
  return row?.n ?? 0;
}

/** Newest first. Where there are more, those that have not come to an end, of each partner in turn: a busy one hides no other. */
export async function listAsked(db: Db, us: string): Promise<StoredAsked[]> {
  const rows = await db.query<AskedRow>(
    `select ${askedColumns} from (
       select *, row_number() over (partition by desk, is_over order by received_at desc, id) as place
       from (select h.*, ${isOver} as is_over from holds_asked h) as judged
       order by is_over, place, received_at desc, desk limit $3) as listed
     order by received_at desc, desk, id`,
    [us, endStates, askedListedMax],
  );
  return rows.map(askedOf);
}

export async function keepAskedDocument(
  tx: Db,
  clock: Clock,
  { desk, hold, content }: { readonly desk: string; readonly hold: string; readonly content: Uint8Array },
): Promise<boolean> {
  const rows = await tx.query(
    `insert into holds_asked_documents (desk, hold, sha256, content, received_at) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning sha256`,
    [desk, hold, sha256Hex(content), content, instant(clock.now())],
  );
  return rows.length === 1;
}

/** The hashes of the documents whose bytes are here. */
export async function askedDocumentsHere(db: Db, desk: string, hold: string): Promise<Set<string>> {
  const rows = await db.query<{ sha256: string }>(
    'select sha256 from holds_asked_documents where desk = $1 and hold = $2',
    [desk, hold],
  );
  return new Set(rows.map(({ sha256 }) => sha256));
}

/** The bytes; null where they are not here or are not those any more. */
export async function readAskedDocument(db: Db, desk: string, hold: string, sha256: string): Promise<Buffer | null> {
  const [row] = await db.query<{ content: Uint8Array }>(
    'select content from holds_asked_documents where desk = $1 and hold = $2 and sha256 = $3',
    [desk, hold, sha256],
  );
  return row && sha256Hex(row.content) === sha256 ? Buffer.from(row.content) : null;
}

/** False where that word is here already. */
export async function keepWord(
  tx: Db,
  { told, object, tlp, by, enteredAt, problem }: StoredWord,
  content: Uint8Array | null = null,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into hold_words (asker, asked, hold, n, object, tlp, body, by, entered_at, content, problem)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning n`,
    [
      ...[told.from, told.desk, told.hold, told.n, object, tlp, JSON.stringify(told), by, enteredAt, content],
      problem === null ? null : JSON.stringify(problem),
    ],
  );
  return rows.length === 1;
}

/** Of one request between two desks, in the order in which they were said. */
export async function wordsOf(
  db: Db,
  { from, desk, hold }: Pick<HoldTold, 'from' | 'desk' | 'hold'>,
): Promise<StoredWord[]> {
  const rows = await db.query<WordRow>(
    `select ${wordColumns} from hold_words where asker = $1 and asked = $2 and hold = $3 order by n`,
    [from, desk, hold],
  );
  return rows.map(wordOf);
}

/** Names a partner's request among those of all partners. */
export const askedKey = (desk: string, hold: string): string => `${desk} ${hold}`;

/** The same of many requests at once, by `askedKey`. */
export async function wordsOfAll(
  db: Db,
  us: string,
  requests: readonly { readonly desk: string; readonly id: string }[],
): Promise<Map<string, StoredWord[]>> {
  const rows = await db.query<WordRow & { asker: string; hold: string }>(
    `select asker, hold, ${wordColumns} from hold_words
     where asked = $1 and (asker, hold) in (select * from unnest($2::text[], $3::text[])) order by n`,
    [us, requests.map(({ desk }) => desk), requests.map(({ id }) => id)],
  );
  const byRequest = Map.groupBy(rows, ({ asker, hold }) => askedKey(asker, hold));
  return new Map([...byRequest].map(([key, words]) => [key, words.map(wordOf)]));
}

/** What addressees' desks said to a request of this desk; requests have names of their own. */
export async function wordsTold(db: Db, hold: string): Promise<StoredWord[]> {
  const rows = await db.query<WordRow>(
    `select ${wordColumns} from hold_words w where hold = $1 and exists (select 1 from holds h where h.id = w.hold)
     order by entered_at, asked, n`,
    [hold],
  );
  return rows.map(wordOf);
}

export async function noteWordProblem(tx: Db, object: string, problem: Problem): Promise<void> {
  await tx.query('update hold_words set problem = $2 where object = $1', [object, JSON.stringify(problem)]);
}

/** The bytes of the file that a word names; null where they are not here or are not those any more. */
export async function contentOfWord(db: Db, object: string): Promise<Buffer | null> {
  const [row] = await db.query<{ content: Uint8Array | null; sha256: string | null }>(
    `select content, body -> 'what' ->> 'sha256' as sha256 from hold_words where object = $1`,
    [object],
  );
  return row?.content && sha256Hex(row.content) === row.sha256 ? Buffer.from(row.content) : null;
}

/** Nothing more comes of this word: the other side has it, or has refused it. */
export async function noteSettled(tx: Db, object: string): Promise<void> {
  await tx.query('update hold_words set settled = true where object = $1', [object]);
}

/** A request to this desk to which something was said that the other side neither has nor has refused, and these words. */
export interface UnsettledWords {
  readonly desk: string;
  readonly id: string;
  readonly objects: readonly string[];
}

export async function wordsUnsettled(db: Db, us: string): Promise<UnsettledWords[]> {
  return db.query(
    `select asker as desk, hold as id, jsonb_agg(object order by n) as objects from hold_words
     where asked = $1 and not settled group by 1, 2 order by 1, 2 limit $2`,
    [us, askedListedMax],
  );
}

export async function keepParcel(tx: Db, object: string, sha256: string, delivery: string): Promise<void> {
  await tx.query('insert into hold_parcels (object, sha256, delivery) values ($1, $2, $3)', [object, sha256, delivery]);
}

/** The deliveries of the files of a request or a word, by their hashes. */
export async function parcelsOf(db: Db, object: string): Promise<Map<string, string>> {
  const rows = await db.query<{ sha256: string; delivery: string }>(
    'select sha256, delivery from hold_parcels where object = $1',
    [object],
  );
  return new Map(rows.map(({ sha256, delivery }) => [sha256, delivery]));
}

function askedOf({ body, received_at, ...same }: AskedRow): StoredAsked {
  return { ...same, asked: zHoldAsked.parse(body), receivedAt: instant(received_at.getTime()) };
}

function wordOf({ object, tlp, body, by, entered_at, problem }: WordRow): StoredWord {
  return { object, tlp, told: zHoldTold.parse(body), by, enteredAt: instant(entered_at.getTime()), problem };
}
