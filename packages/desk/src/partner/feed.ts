import { recordAudit } from '../audit/index.ts';
import type { FeedSettings } from '../platform/index.ts';
import { admitFrom, readable, readObjects, sourceParty } from '../sharing/index.ts';
import { FeedFailure, type FeedServer, getContentMax, getPage, postObjects } from './feed.client.ts';
import { authorizationOf, cursorOf, type FeedCursor, keepProgress } from './feed.store.ts';
import type { PartnerContext } from './inbox.ts';
import { collectionNamed, recipientOf } from './taxii-collection.store.ts';

/** Objects asked for and sent at once, unless the other server takes fewer. */
const objectsPerPage = 1000;
/** A server without `next` must give more than its objects of one date at once, or some would never come. */
const objectsPerPageMax = 16_000;
/** After so many pages a run gives way to whatever else waits for the worker. */
const pagesPerRunMax = 100;

export interface FeedRun {
  readonly admitted: number;
  readonly refused: number;
  readonly sent: number;
  /** It stopped before the end, to go on at once. */
  readonly more: boolean;
}

/** Runs a feed from where it stopped. Throws `FeedFailure`; what was done until then is kept. */
export async function runFeed(
  context: PartnerContext,
  feed: FeedSettings,
  { agent, signal }: { readonly agent: string; readonly signal: AbortSignal },
): Promise<FeedRun> {
  const server = { feed: feed.name, url: feed.url, authorization: authorizationOf(feed), agent, signal };
  return feed.direction === 'pull' ? pull(context, feed, server) : push(context, feed, server);
}

/**
 * Pulls page after page. Within a run the server's own `next` leads on; between runs, and where there is no `next`, the date of
 * the last object does, and objects of that very date are asked for once more: others of the same date may have been added
 * since. What comes again is here already and is admitted once.
 */
async function pull(context: PartnerContext, feed: FeedSettings, server: FeedServer): Promise<FeedRun> {
  const { records, clock } = context;
  let cursor = await cursorOf(records, feed);
  let limit = objectsPerPage;
  let began: string | null = null;
  const total = { admitted: 0, refused: 0, sent: 0 };
  for (let pages = 0; pages < pagesPerRunMax; pages += 1) {
    const page = await pageAfter(server, cursor, limit).catch((thrown: unknown) => {
      const isForgotten = thrown instanceof FeedFailure && (thrown.status === 400 || thrown.status === 404);
      if (cursor.next === null || pages > 0 || !isForgotten) throw thrown;
      // The server does not know its place of an earlier run any more.
      return null;
    });
    if (!page) {
      cursor = { ...cursor, next: null };
      continue;
    }
    began ??= page.at;
    const done = await admit(context, feed, page.objects);
    total.admitted += done.admitted;
    total.refused += done.refused;
    const before = cursor;
    if (page.more && page.next !== null) cursor = { ...cursor, next: page.next };
    else {
      // A server that tells no dates: what it had when the run began has been seen.
      const last = page.objects.length === 0 ? null : (page.last ?? (page.more ? null : secondBefore(began)));
      cursor = { ...cursor, next: null, addedAfter: last === null ? cursor.addedAfter : microsecondBefore(last) };
    }
    await records.transaction((tx) => keepProgress(tx, clock, feed.name, cursor, { ...done, sent: 0 }));
    if (!page.more) return { ...total, more: false };
    const isStuck = cursor.next === before.next && cursor.addedAfter === before.addedAfter;
    if (isStuck && (cursor.next !== null || limit >= objectsPerPageMax))
      throw new FeedFailure(server.feed, 'it says that there is more and does not say where');
    limit = isStuck ? limit * 2 : objectsPerPage;
  }
  return { ...total, more: true };
}

const pageAfter = (server: FeedServer, { addedAfter, next }: FeedCursor, limit: number) =>
  getPage(server, { addedAfter, next, limit });

/** Each object for itself; what is not admitted is in quarantine with its reason, and holds up nothing. */
async function admit(context: PartnerContext, feed: FeedSettings, objects: readonly unknown[]) {
  if (objects.length === 0) return { admitted: 0, refused: 0 };
  const origin = `feed:${feed.name}`;
  const party = sourceParty(origin, feed.country ?? context.desk.country, feed.agreement ?? null);
  const source = { party, via: 'feed' as const, unmarked: feed.unmarked, by: origin };
  const { results } = await admitFrom(context.records, context, source, { objects });
  const refused = results.filter(({ rejected }) => rejected !== null).length;
  return { admitted: results.length - refused, refused };
}

/** The microsecond before a time with microseconds. */
function microsecondBefore(time: string): string {
  const micros = Number(time.slice(20, 26));
  if (micros > 0) return `${time.slice(0, 20)}${String(micros - 1).padStart(6, '0')}Z`;
  return `${new Date(Date.parse(`${time.slice(0, 19)}Z`) - 1000).toISOString().slice(0, 19)}.999999Z`;
}

function secondBefore(time: string | null): string | null {
  return time && `${new Date(Date.parse(time) - 1000).toISOString().slice(0, 19)}.000000Z`;
}

/** What a server takes that does not say. */
const contentBytesDefault = 1024 * 1024;

/** Sends what a collection may read, in order, each version once; a server that takes less at once gets smaller parts. */
async function push(context: PartnerContext, feed: FeedSettings, server: FeedServer): Promise<FeedRun> {
  const { records, clock } = context;
  const { alias } = await collectionNamed(records, feed.collection ?? '');
  const bytesMax = (await getContentMax(server)) ?? contentBytesDefault;
  let cursor = await cursorOf(records, feed);
  const total = { admitted: 0, refused: 0, sent: 0 };
  for (let pages = 0; pages < pagesPerRunMax; pages += 1) {
    const page = await readable(
      records,
      recipientOf(alias),
      {
        after: cursor.sentTo,
        addedAfter: null,
        limit: objectsPerPage,
        ids: null,
        types: null,
        versions: { all: true, first: false, last: false, at: [] },
        specVersions: null,
      },
      true,
    );
    const { more, next } = page;
    const rows = readObjects(page);
    if (rows.length === 0) {
      await records.transaction((tx) =>
        keepProgress(tx, clock, feed.name, cursor, { admitted: 0, refused: 0, sent: 0 }),
      );
      return { ...total, more: false };
    }
    const done = { sent: 0, refused: 0 };
    for (const part of parts(rows, bytesMax)) {
      const sent = await sendPart(server, part);
      done.sent += sent.sent;
      done.refused += sent.refused;
    }
    cursor = { ...cursor, sentTo: next };
    await records.transaction(async (tx) => {
      await keepProgress(tx, clock, feed.name, cursor, { admitted: 0, ...done });
      await recordAudit(tx, clock, {
        actor: `desk:${context.desk.desk}`,
        action: 'taxii.pushed',
        subject: alias,
        details: { feed: feed.name, ...done },
      });
    });
    total.sent += done.sent;
    total.refused += done.refused;
    if (!more) return { ...total, more: false };
  }
  return { ...total, more: true };
}

type Sent = ReturnType<typeof readObjects>[number];

const envelopeOf = (rows: readonly Sent[]) => `{"objects":[${rows.map(({ body }) => body).join(',')}]}`;

function parts(rows: readonly Sent[], bytesMax: number): Sent[][] {
  const made: Sent[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = Buffer.byteLength(row.body) + 1;
    const last = made.at(-1);
    bytes += size;
    if (last && bytes + envelopeOf([]).length <= bytesMax) last.push(row);
    else {
      made.push([row]);
      bytes = size;
    }
  }
  return made;
}

/** The statuses of a body that will never be taken as it is (section 5.5). */
const unacceptable: ReadonlySet<number> = new Set([400, 413, 422]);

/** Sends a part; where the server refuses it as a whole, its halves, down to the object that is to blame. */
async function sendPart(
  server: FeedServer,
  rows: readonly Sent[],
): Promise<{ readonly sent: number; readonly refused: number }> {
  try {
    return await postObjects(server, envelopeOf(rows));
  } catch (thrown) {
    if (!(thrown instanceof FeedFailure) || thrown.status === null || !unacceptable.has(thrown.status)) throw thrown;
    if (rows.length === 1) return { sent: 0, refused: 1 };
    const middle = Math.ceil(rows.length / 2);
    const first = await sendPart(server, rows.slice(0, middle));
    const second = await sendPart(server, rows.slice(middle));
    return { sent: first.sent + second.sent, refused: first.refused + second.refused };
  }
}

/** The wait after a failure doubles up to this: long enough not to hammer, short enough to notice a recovery. */
const backOffFirstMs = 2_000;
const backOffMaxMs = 15 * 60 * 1000;

/** When to try again: as the server says, at least, and never in step with other desks. `chance` is within [0, 1). */
export function waitAfterFailure(failures: number, retryAfterMs: number | null, chance: number): number {
  const backOffMs = Math.min(backOffMaxMs, backOffFirstMs * 2 ** Math.min(20, failures - 1));
  return (retryAfterMs ?? 0) + backOffMs * (0.5 + chance / 2);
}
