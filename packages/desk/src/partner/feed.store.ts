import { readFileSync } from 'node:fs';
import type { Problem, TaxiiFeedView } from '@gongjo/contract';
import { detailOf, GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db, FeedSettings } from '../platform/index.ts';

/** How far a feed has come. It is the address's: another address begins anew. */
export interface FeedCursor {
  readonly url: string;
  /** Pull: the date after which the server is asked; null: from the start. */
  readonly addedAfter: string | null;
  /** Pull: the server's place within a run that has not ended. */
  readonly next: string | null;
  /** Push: the place in what the collection may read. */
  readonly sentTo: string;
}

/** What a run did since it was last noted. */
export interface FeedProgress {
  readonly admitted: number;
  readonly refused: number;
  readonly sent: number;
}

interface Row {
  cursor: FeedCursor;
  state: TaxiiFeedView['state'];
  problem: Problem | null;
  last_run_at: Date | null;
  last_contact_at: Date | null;
  failures: number;
  admitted: string;
  refused: string;
  sent: string;
}

async function rowOf(db: Db, name: string): Promise<Row | null> {
  const [row] = await db.query<Row>(
    `select cursor, state, problem, last_run_at, last_contact_at, failures,
       admitted::text as admitted, refused::text as refused, sent::text as sent from taxii_feeds where name = $1`,
    [name],
  );
  return row ?? null;
}

export async function cursorOf(db: Db, { name, url }: FeedSettings): Promise<FeedCursor> {
  const row = await rowOf(db, name);
  return row?.cursor.url === url ? row.cursor : { url, addedAfter: null, next: null, sentTo: '0' };
}

/** What was taken or sent, and the place after it. */
export async function keepProgress(
  tx: Db,
  clock: Clock,
  name: string,
  cursor: FeedCursor,
  { admitted, refused, sent }: FeedProgress,
): Promise<void> {
  await tx.query(
    `insert into taxii_feeds (name, cursor, state, last_run_at, last_contact_at, admitted, refused, sent)
     values ($1, $2, 'ok', $3, $3, $4, $5, $6)
     on conflict (name) do update set cursor = excluded.cursor, state = 'ok', problem = null, failures = 0,
       last_run_at = excluded.last_run_at, last_contact_at = excluded.last_contact_at,
       admitted = taxii_feeds.admitted + excluded.admitted, refused = taxii_feeds.refused + excluded.refused,
       sent = taxii_feeds.sent + excluded.sent`,
    [name, JSON.stringify(cursor), instant(clock.now()), admitted, refused, sent],
  );
}

/** Notes that a run failed; answers how many have in a row. */
export async function noteFailure(tx: Db, clock: Clock, feed: FeedSettings, problem: Problem): Promise<number> {
  const [row] = await tx.query<{ failures: number }>(
    `insert into taxii_feeds (name, cursor, state, problem, last_run_at, failures) values ($1, $2, 'down', $3, $4, 1)
     on conflict (name) do update set state = 'down', problem = excluded.problem, last_run_at = excluded.last_run_at,
       failures = taxii_feeds.failures + 1
     returning failures`,
    [feed.name, JSON.stringify(await cursorOf(tx, feed)), JSON.stringify(problem), instant(clock.now())],
  );
  return row?.failures ?? 1;
}

export async function feedView(db: Db, feed: FeedSettings): Promise<TaxiiFeedView> {
  const row = await rowOf(db, feed.name);
  const at = (time: Date | null | undefined) => (time ? instant(time.getTime()) : null);
  return {
    name: feed.name,
    url: feed.url,
    direction: feed.direction,
    collection: feed.collection ?? null,
    everyMs: feed.everyMs,
    state: row?.state ?? 'idle',
    problem: row?.problem ?? null,
    lastRunAt: at(row?.last_run_at),
    lastContactAt: at(row?.last_contact_at),
    admitted: Number(row?.admitted ?? 0),
    refused: Number(row?.refused ?? 0),
    sent: Number(row?.sent ?? 0),
  };
}

/** The value of `Authorization`, read anew for each run, so that a secret can be changed; null: none is sent. */
export function authorizationOf({ name, user, passwordFile, tokenFile }: FeedSettings): string | null {
  const secretIn = (file: string) => {
    try {
      return readFileSync(file, 'utf8').trim();
    } catch (thrown) {
      throw new GongjoError('feed-failed', { feed: name, detail: detailOf(thrown) });
    }
  };
  if (tokenFile !== undefined) return `Bearer ${secretIn(tokenFile)}`;
  if (user === undefined || passwordFile === undefined) return null;
  return `Basic ${Buffer.from(`${user}:${secretIn(passwordFile)}`, 'utf8').toString('base64')}`;
}
